package dev.photofinish.rtsp.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One camera, kept up: connected by racing, watched, and connected again when it drops, until it is
 * closed or gives up. Every method may be called from any thread.
 */
public interface CameraStream extends AutoCloseable {

  /** The address asked for, without user and password. */
  String url();

  CameraState state();

  /** What was set up on the latest connection that got so far; empty before. */
  List<MediaStream> streams();

  StreamStatistics statistics();

  /** Time since the stream was opened, on the clock of {@link StreamStatistics#at}. */
  Duration age();

  boolean autoRead();

  /**
   * Back pressure: with {@code false} the client stops reading from the connection, so that TCP
   * makes the camera wait. Keep-alives go on; silence is not judged while nothing is read.
   */
  void autoRead(boolean read);

  /**
   * Completes with this stream when media first comes, and fails with a {@link
   * CameraFailedException} if the stream ends before.
   */
  CompletionStage<CameraStream> playing();

  /**
   * Completes when the stream is over and everything it held is released: with the last statistics
   * after {@link #close}, with a {@link CameraFailedException} after it gave up.
   */
  CompletionStage<StreamStatistics> ended();

  /**
   * Closes in order: TEARDOWN on the connection, its answer (1 s at most), then the connection. The
   * stage is that of {@link #ended}.
   */
  CompletionStage<StreamStatistics> closeAsync();

  /**
   * {@link #closeAsync} and waits for it. From a listener's method, which runs on the thread that
   * would have to do the work, it does not wait. An interrupt stops the waiting, not the closing,
   * and stays set.
   */
  @Override
  void close();
}
