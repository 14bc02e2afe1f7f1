package dev.photofinish.rtsp.stream;

import dev.photofinish.race.Cause;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.dialogue.EndReason;

/**
 * The consequences of each kind of end: the only place that distinguishes them.
 *
 * @param whenAnswered the failure of a try that ended like this without media, where the camera had
 *     answered
 * @param weight among the ends of a race's attempts, the one with the most says what to do; 0 says
 *     nothing
 * @param cause of an attempt that ended like this in its race
 */
public record EndMeaning(TryFailure whenAnswered, int weight, Cause cause) {

  /** The meaning of an end. */
  public static EndMeaning of(EndReason end) {
    return switch (end.kind()) {
      case UNAUTHORIZED -> new EndMeaning(TryFailure.WRONG_CREDENTIALS, 3, Cause.PROTOCOL);
      case LOGIN_NEEDED -> new EndMeaning(TryFailure.CREDENTIALS_NEEDED, 3, Cause.PROTOCOL);
      case LOGIN_UNKNOWN -> new EndMeaning(TryFailure.LOGIN_UNKNOWN, 3, Cause.PROTOCOL);
      case NOT_FOUND -> new EndMeaning(TryFailure.NO_SUCH_STREAM, 2, Cause.PROTOCOL);
      case NO_SUCH_RANGE -> new EndMeaning(TryFailure.NO_SUCH_RANGE, 2, Cause.PROTOCOL);
      case NO_TRANSPORT -> new EndMeaning(TryFailure.NO_TRANSPORT, 2, Cause.PROTOCOL);
      case REDIRECTED -> new EndMeaning(TryFailure.OTHER, 2, Cause.PROTOCOL);
      case NOT_RTSP -> new EndMeaning(TryFailure.OTHER, 1, Cause.PROTOCOL);
      case AT_CAPACITY -> new EndMeaning(TryFailure.AT_CAPACITY, 1, Cause.PROTOCOL);
      case RESET -> new EndMeaning(TryFailure.OTHER, 0, Cause.RESET);
      case CLOSED, ENDED_BY_CAMERA, PLAYED_TO_THE_END ->
          new EndMeaning(TryFailure.OTHER, 0, Cause.CLOSED);
      case SILENT, DEAD, STALLED, UNREACHED -> new EndMeaning(TryFailure.OTHER, 0, Cause.TIMEOUT);
      case LOCAL -> new EndMeaning(TryFailure.OTHER, 0, Cause.LOCAL);
      case LEFT, REFUSED, TRANSPORT_REFUSED, SESSION_LOST, BROKEN ->
          new EndMeaning(TryFailure.OTHER, 0, Cause.PROTOCOL);
    };
  }

  /**
   * The failure of a try that ended like this without media. A camera that answers before it resets
   * has taken the client.
   */
  public TryFailure failure(boolean answered) {
    return cause == Cause.RESET && !answered ? TryFailure.RESET_AFTER_ACCEPT : whenAnswered;
  }

  /** Whether the camera refused for want of the right credentials. */
  public boolean isAboutCredentials() {
    return switch (whenAnswered) {
      case WRONG_CREDENTIALS, CREDENTIALS_NEEDED, LOGIN_UNKNOWN -> true;
      default -> false;
    };
  }
}
