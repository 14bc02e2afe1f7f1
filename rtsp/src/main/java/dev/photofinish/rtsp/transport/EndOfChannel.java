package dev.photofinish.rtsp.transport;

import dev.photofinish.connect.cause.CauseMapper;
import dev.photofinish.rtsp.dialogue.EndReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says why a connection is over whose channel was closed under it. */
public final class EndOfChannel {
  private EndOfChannel() {}

  /**
   * The reason.
   *
   * @param failure what was wrong with the channel; null if the peer closed it
   * @param peer who that is, {@code the camera}
   * @param unanswered which request was not answered, human-readable; empty if all were
   */
  public static EndReason of(@Nullable Throwable failure, String peer, String unanswered) {
    String at = unanswered.isEmpty() ? "" : "; " + unanswered;
    if (failure == null) {
      return new EndReason(EndReason.Kind.CLOSED, "connection closed by " + peer + at);
    }
    return failure instanceof IOException
        ? new EndReason(
            EndReason.Kind.RESET, "connection lost: " + CauseMapper.detail(failure) + at)
        : new EndReason(EndReason.Kind.BROKEN, String.valueOf(failure));
  }
}
