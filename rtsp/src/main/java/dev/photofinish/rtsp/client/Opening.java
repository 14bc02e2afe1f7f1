package dev.photofinish.rtsp.client;

import dev.photofinish.retry.TryFailure;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** The opening of a stream, until its media first comes. Who gives it up closes the stream. */
record Opening(CameraStream stream) {
  /** Completes when media comes; its future may be cancelled. */
  CompletionStage<CameraStream> stage() {
    CompletableFuture<CameraStream> playing = stream.playing().toCompletableFuture();
    CompletableFuture<?> unused =
        playing.whenComplete(
            (opened, failure) -> {
              if (playing.isCancelled()) {
                stream.closeAsync();
              }
            });
    return playing;
  }

  /**
   * Waits until media comes.
   *
   * @throws CameraFailedException when the stream gave up before
   */
  CameraStream await() throws IOException, InterruptedException {
    try {
      return stream.playing().toCompletableFuture().get();
    } catch (InterruptedException e) {
      stream.closeAsync();
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      TryFailure failure =
          cause instanceof CameraFailedException failed ? failed.failure() : TryFailure.OTHER;
      throw new CameraFailedException(String.valueOf(cause.getMessage()), failure, cause);
    }
  }
}
