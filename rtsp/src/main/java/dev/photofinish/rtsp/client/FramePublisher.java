package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Frame;
import java.util.Objects;
import java.util.concurrent.Flow;

/** Publishes the frames of a stream to any number of subscribers, each at its own pace. */
final class FramePublisher implements Flow.Publisher<Frame> {
  private final StreamFrames frames;
  private final FrameOptions options;

  FramePublisher(StreamFrames frames, FrameOptions options) {
    this.frames = frames;
    this.options = options;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Frame> subscriber) {
    Objects.requireNonNull(subscriber);
    new DefaultFrameSubscription(frames, options, subscriber).start();
  }
}
