package dev.photofinish.rtsp.dialogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the transport by which the media of a session are asked for: the first of the
 * options by which the camera gives one, each tried once. What is left out on the way is reported
 * here.
 */
final class TransportChoice {
  /** RFC 2326 section 11.3.12; some say 406 Not Acceptable. */
  private static final Set<Integer> UNSUPPORTED = Set.of(461, 406);

  /**
   * Answers of cameras that do not know the status which is meant for it. Left out is what is about
   * the media's address, the session, or a camera that is not ready.
   */
  private static final Set<Integer> MAY_BE_UNSUPPORTED =
      Set.of(400, 403, 415, 451, 456, 462, 501, 551);

  private final DialogueContext dialogue;
  private final SessionTracks tracks;

  /** The media that the present transport, of which none has come yet, may not be taken for. */
  private final Set<Integer> held = new TreeSet<>();

  /** What media were first refused with, by the transport that was asked for first. */
  private final Map<Integer, EndReason> reasons = new LinkedHashMap<>();

  private @Nullable EndReason refusal;

  /** Whether what earlier connections ended at is left out. */
  private boolean avoidsEnds = true;

  TransportChoice(DialogueContext dialogue, SessionTracks tracks) {
    this.dialogue = dialogue;
    this.tracks = tracks;
  }

  static boolean isUnsupported(int status) {
    return UNSUPPORTED.contains(status);
  }

  /** Why the last of the media that were left out was. */
  EndReason refusal() {
    return Objects.requireNonNull(refusal);
  }

  /** All media of another session are asked for. */
  void startAgain() {
    held.clear();
    reasons.clear();
  }

  /** Before what is next is asked for: true where that is by another transport than before. */
  boolean settle() {
    boolean moved = false;
    boolean again = true;
    while (again) {
      moved |= skipFatal();
      again = moveOnFromRefusals();
      moved |= again;
    }
    return moved;
  }

  /**
   * Leaves out the media whose SETUP ended earlier connections. Where that is each of them, the
   * transport may be to blame: another is asked for. Where there is none, all are tried again.
   */
  private boolean skipFatal() {
    boolean moved = false;
    while (avoidsEnds && !tracks.areAny() && tracks.areAllFatal()) {
      String why = "each SETUP of " + tracks.plan() + " ended the connection twice";
      avoidsEnds = moveOn(why);
      moved = true;
      if (!avoidsEnds) {
        tracks.firstPlan();
      }
    }
    for (int place : List.copyOf(tracks.waiting())) {
      if (avoidsEnds && tracks.isFatal(place)) {
        String why = "its SETUP ended the connection twice";
        leaveOut(place, new EndReason(EndReason.Kind.REFUSED, why));
      }
    }
    return moved;
  }

  /**
   * Moves on where all media were refused for what may be the transport's fault. Where one is set
   * up, or there is no other transport, those that were refused are left out.
   */
  private boolean moveOnFromRefusals() {
    if (held.isEmpty() || (!tracks.areAny() && tracks.isAnyComing())) {
      return false;
    }
    EndReason first = Objects.requireNonNull(reasons.get(held.iterator().next()));
    if (!tracks.areAny() && moveOn(first.reason())) {
      return true;
    }
    for (int place : List.copyOf(held)) {
      leaveOut(place, Objects.requireNonNull(reasons.get(place)));
    }
    held.clear();
    return false;
  }

  /** Goes on to the next transport, for all media; false if this is the last. */
  private boolean moveOn(String why) {
    boolean moves = tracks.nextPlan();
    if (moves) {
      tracks.waiting().addAll(held);
      held.clear();
      dialogue.command(new DialogueCommand.TransportRefused(why));
    }
    return moves;
  }

  /**
   * The camera does not take the transport for a media, or gives another: all move on, if none has
   * it yet.
   *
   * @return null where they do, else why the media is to be left out
   */
  @Nullable EndReason refused(int place, EndReason why) {
    if (tracks.areAny()) {
      return why;
    }
    if (moveOn(why.reason())) {
      return null;
    }
    tracks.firstPlan();
    return reasons.getOrDefault(place, why);
  }

  /**
   * The camera refuses a media.
   *
   * @return true where that may be the transport's fault, which the others will tell
   */
  boolean mayBeRefusal(int place, int status, EndReason why) {
    boolean may =
        MAY_BE_UNSUPPORTED.contains(status)
            && !tracks.areAny()
            && !tracks.isBackChannel(place)
            && dialogue.forgives(Quirk.REFUSED_MEDIA);
    if (may) {
      reasons.putIfAbsent(place, why);
      held.add(place);
      tracks.waiting().remove(place);
    }
    return may;
  }

  /** The media does not come. */
  void leaveOut(int place, EndReason why) {
    refusal = why;
    tracks.leaveOut(place, why.reason());
  }
}
