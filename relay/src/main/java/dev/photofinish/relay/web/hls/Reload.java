package dev.photofinish.relay.web.hls;

import dev.photofinish.relay.web.hls.WaitingRequests.Outcome;
import dev.photofinish.relay.web.http.RefusedException;
import java.util.Optional;

/**
 * The part of a stream that a request for a playlist waits for: the directives of a Blocking
 * Playlist Reload (draft-pantos-hls-rfc8216bis section 6.2.5.2).
 *
 * @param segment a Media Sequence Number; negative where the request waits for nothing
 * @param part a Part Index in that segment; negative where all of the segment is waited for
 */
record Reload(long segment, long part) {
  static final Reload NONE = new Reload(-1, -1);

  static final String SEGMENT = "_HLS_msn";
  static final String PART = "_HLS_part";

  /** The Media Sequence Number of the playlist's last segment may be exceeded by so much. */
  private static final int MOST_AHEAD = 2;

  /** Far more than any stream has. */
  private static final int MOST_DIGITS = 15;

  /**
   * The directives of a request.
   *
   * @throws RefusedException where they are not numbers, or there is a part without its segment
   */
  static Reload of(Optional<String> segment, Optional<String> part) {
    if (segment.isEmpty() && part.isPresent()) {
      throw RefusedException.badRequest(PART + " needs " + SEGMENT + " beside it.");
    }
    return segment.isEmpty()
        ? NONE
        : new Reload(
            number(SEGMENT, segment.get()), part.isEmpty() ? -1 : number(PART, part.get()));
  }

  /** Whether it is no blocking reload. */
  boolean isPlain() {
    return segment < 0;
  }

  private static long number(String name, String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    if (!isNumber) {
      throw RefusedException.badRequest(
          name + " must be a number of up to " + MOST_DIGITS + " digits.");
    }
    return Long.parseLong(text);
  }

  /**
   * What becomes of a request for a playlist that has come so far.
   *
   * @param next the number of the segment that is not complete yet
   * @param lastParts how many parts the segment before it has
   * @param openParts how many parts of it are there
   */
  Outcome outcome(long next, int lastParts, int openParts, Targets targets) {
    if (segment > next - 1 + MOST_AHEAD || isPartTooFar(next, openParts, targets)) {
      return Outcome.TOO_FAR;
    }
    boolean isThere;
    if (segment >= next) {
      isThere = segment == next && part >= 0 && part < openParts;
    } else {
      // "a Part Index greater than that of the final Partial Segment of the Parent Segment": "the
      // Server MUST treat the request as one for Part Index 0 of the following Parent Segment"
      isThere = segment < next - 1 || part < lastParts || openParts > 0;
    }
    return isThere ? Outcome.REACHED : Outcome.WAITS;
  }

  private boolean isPartTooFar(long next, int openParts, Targets targets) {
    long last = segment == next ? openParts - 1 : -1;
    return segment >= next && part > last + targets.advancePartLimit();
  }
}
