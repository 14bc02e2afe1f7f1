package dev.photofinish.rtsp.client;

import java.time.Duration;

/**
 * Takes what a {@link StreamPublisher} reports, on its event loop: it must not block. An exception
 * thrown here is logged and otherwise ignored.
 */
public interface PublishListener {
  /** Takes everything and does nothing. */
  PublishListener NONE = new PublishListener() {};

  /**
   * The server takes the stream from now on.
   *
   * @param remote its address, such as {@code 192.0.2.1:8554}
   */
  default void recording(StreamPublisher publisher, String remote) {}

  /**
   * The connection is lost, or could not be made; it is tried again.
   *
   * @param attempt from 1
   * @param reason human-readable; what the server sent is escaped and cut
   */
  default void retry(StreamPublisher publisher, int attempt, Duration delay, String reason) {}

  /**
   * The server takes less than is sent: frames are dropped, of video up to the next key frame. Once
   * each time that it begins.
   */
  default void fellBehind(StreamPublisher publisher) {}

  /** It gave up, for good. */
  default void failed(StreamPublisher publisher, String reason) {}
}
