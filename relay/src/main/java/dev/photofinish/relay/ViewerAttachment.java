package dev.photofinish.relay;

import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.View;
import dev.photofinish.rtp.format.Frame;
import java.time.Instant;
import java.util.function.Consumer;

/** A viewer's place at a camera, which counts what it is handed. */
final class ViewerAttachment implements View, FrameViewer {
  private final FrameViewer viewer;
  private final ReaderInfo info;
  private final Consumer<ViewerAttachment> detach;
  private final Instant since = Instant.now();
  private volatile long frames;
  private volatile long bytes;
  private volatile boolean closed;

  /**
   * @param detach takes it when it leaves, on any thread
   */
  ViewerAttachment(FrameViewer viewer, ReaderInfo info, Consumer<ViewerAttachment> detach) {
    this.viewer = viewer;
    this.info = info;
    this.detach = detach;
  }

  ReaderInfo info() {
    return info;
  }

  ReaderStatus status() {
    return new ReaderStatus(info, since, frames, bytes, 0);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // written on the source's loop alone
  public void frame(Frame frame) {
    if (!closed) {
      frames++;
      bytes += frame.content().readableBytes();
      viewer.frame(frame);
    }
  }

  @Override
  public void ended(String reason) {
    if (!closed) {
      closed = true;
      viewer.ended(reason);
    }
  }

  @Override
  public void close() {
    closed = true;
    detach.accept(this);
  }
}
