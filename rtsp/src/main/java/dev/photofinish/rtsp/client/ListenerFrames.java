package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Frame;
import org.jspecify.annotations.Nullable;

/** Reports frames to the listeners of a stream. */
final class ListenerFrames implements FrameSink {
  private final CameraStream stream;
  private final CameraListener listeners;

  ListenerFrames(CameraStream stream, CameraListener listeners) {
    this.stream = stream;
    this.listeners = listeners;
  }

  @Override
  public void frame(MediaStream media, Frame frame, boolean waits) {
    listeners.frame(stream, media, frame);
  }

  @Override
  public void over(@Nullable String failure) {
    // The listeners have heard of it as a state.
  }
}
