package dev.photofinish.rtsp.dialogue;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A thing that cameras do and the RFC does not allow, which may be forgiven. Never an {@code if} on
 * a vendor: a quirk is what is seen, its doc names where.
 */
public enum Quirk {
  /** Answers SETUP with other interleaved channels than asked for: go2rtc. */
  OTHER_CHANNELS(true),

  /**
   * Answers SETUP without naming channels; the ones asked for hold. RFC 2326 section 12.39 lets a
   * server choose but not keep silent. No camera is known by name.
   */
  NO_CHANNELS(true),

  /**
   * Leaves CSeq out of an answer; it is taken for the answer to the oldest request. RFC 2326
   * section 12.17 requires it. No camera is known by name.
   */
  NO_CSEQ(true),

  /**
   * Answers with another CSeq than the request's: HiSilicon's streaming server with 0 where CSeq is
   * not the last header (Foscam C1), Tapo C220 and C520WS with the number before in the refusal of
   * a keep-alive. Taken for the answer to the only open request where no other comes within 1 s,
   * and for the oldest one's from then on.
   */
  WRONG_CSEQ(true),

  /**
   * Sends no Session header with SETUP, so that later requests carry none (RFC 2326 section 12.37).
   * No camera is known by name.
   */
  NO_SESSION(true),

  /**
   * Refuses SETUP of one media, or answers it with a transport that was not asked for, and serves
   * the others: ONVIF cameras that describe metadata which is switched off.
   */
  REFUSED_MEDIA(true);

  private final boolean forgiven;

  Quirk(boolean forgiven) {
    this.forgiven = forgiven;
  }

  /** Those forgiven unless options say otherwise. */
  public static Set<Quirk> defaults() {
    Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    Arrays.stream(values()).filter(q -> q.forgiven).forEach(quirks::add);
    return Collections.unmodifiableSet(quirks);
  }
}
