package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Frame;
import org.jspecify.annotations.Nullable;

/** Takes the frames of a stream, on its event loop. */
interface FrameSink {
  /**
   * One frame of a media, valid during the call; retained to keep it.
   *
   * @param waits whether the camera waits while nothing is read, so that nothing has to be dropped
   */
  void frame(MediaStream media, Frame frame, boolean waits);

  /**
   * Nothing follows.
   *
   * @param failure why the stream gave up; null if it did not
   */
  void over(@Nullable String failure);
}
