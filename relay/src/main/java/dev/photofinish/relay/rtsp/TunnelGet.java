package dev.photofinish.relay.rtsp;

import io.netty.buffer.ByteBuf;

/** The GET of an HTTP tunnel as its POST sees it. */
interface TunnelGet {
  /** The POST has come; both end together. Called on the event loop of the POST. */
  void join(TunnelPost post);

  /** Takes over bytes of the POST; {@code done} runs when they are handled. Any thread calls it. */
  void inject(ByteBuf bytes, Runnable done);

  /** Whether answers are not waiting to be written. */
  boolean isWritable();

  /** The POST is closed. */
  void end();
}
