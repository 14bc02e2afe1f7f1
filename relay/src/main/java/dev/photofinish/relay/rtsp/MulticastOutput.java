package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.OutgoingPacket;
import io.netty.buffer.ByteBuf;

/** A place in a group: its packets are sent by the {@link MulticastFeed}, once for all. */
final class MulticastOutput implements TrackOutput {
  private final Runnable leave;

  /**
   * @param leave called once, at its end
   */
  MulticastOutput(Runnable leave) {
    this.leave = leave;
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void send(OutgoingPacket packet) {
    // It is sent already.
  }

  @Override
  public void report(ByteBuf rtcp) {
    // It is sent already.
  }

  @Override
  public void flush() {
    // The feed does.
  }

  @Override
  public void close() {
    leave.run();
  }
}
