package dev.photofinish.rtsp.client;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Opens streams of cameras and keeps them up. One client serves any number of cameras; its threads,
 * sockets and timers are gone after {@link #close}.
 *
 * <p>The three forms do the same: {@link #start} reports to a listener alone, {@link #openAsync}
 * adds a stage, {@link #open} waits for it.
 */
public final class RtspClient implements AutoCloseable {

  public RtspClient() {}

  /** Starts connecting and returns at once. */
  public CameraStream start(Camera camera, CameraListener listener) {
    return Optional.<CameraStream>empty().orElseThrow();
  }

  /** As {@link #start}; the stage completes when media first comes. Cancelling it closes. */
  public CompletionStage<CameraStream> openAsync(Camera camera, CameraListener listener) {
    return start(camera, listener).playing();
  }

  /**
   * As {@link #start}, and waits until media comes.
   *
   * @throws CameraFailedException when the stream gave up before
   * @throws InterruptedException when the waiting thread was interrupted; the stream is closed
   */
  public CameraStream open(Camera camera, CameraListener listener)
      throws IOException, InterruptedException {
    return Optional.<CameraStream>empty().orElseThrow();
  }

  /** Closes every stream in order, all at once, then the threads. */
  @Override
  public void close() {}
}
