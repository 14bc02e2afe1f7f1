package dev.photofinish.rtsp.transport;

import io.netty.channel.Channel;

/**
 * The reading of a connection: as its owner wants, and only while the camera reads what we write.
 * While our answers wait to be written, nothing is read that would ask for more.
 */
final class FlowControl {
  private final ConnectionContext context;
  private boolean reading = true;

  FlowControl(ConnectionContext context) {
    this.context = context;
  }

  /** Stops or goes on reading; whether that is a change. */
  boolean reading(boolean read) {
    if (read == reading || context.isOver()) {
      return false;
    }
    reading = read;
    readWhileWritable();
    return true;
  }

  /** The camera reads what we write, or does not any more. */
  void writabilityChanged() {
    readWhileWritable();
    if (!context.isOver() && context.channel().isWritable()) {
      context.owner().writable();
    }
  }

  private void readWhileWritable() {
    if (!context.isOver()) {
      Channel channel = context.channel();
      channel.config().setAutoRead(reading && channel.isWritable());
    }
  }
}
