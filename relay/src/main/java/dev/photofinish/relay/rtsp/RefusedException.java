package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.PlaceTakenException;
import dev.photofinish.relay.source.SourceUnavailableException;
import dev.photofinish.rtsp.dialogue.server.Refusal;
import java.util.concurrent.CompletionException;

/** Thrown where a reader cannot have what it asks for. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int UNAVAILABLE = 503;

  private final transient Refusal refusal;

  RefusedException(int status, String reason) {
    super(reason, null, false, false);
    refusal = new Refusal(status, reason);
  }

  /** The answer to a reader whose request failed so. */
  static Refusal refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RefusedException refused) {
      return refused.refusal;
    }
    if (cause instanceof PlaceTakenException taken) {
      return new Refusal(UNAVAILABLE, String.valueOf(cause.getMessage()), taken.retryAfter());
    }
    return cause instanceof SourceUnavailableException unavailable
        ? new Refusal(UNAVAILABLE, String.valueOf(cause.getMessage()), unavailable.retryAfter())
        : new Refusal(UNAVAILABLE, "");
  }
}
