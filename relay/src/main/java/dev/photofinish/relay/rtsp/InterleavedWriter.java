package dev.photofinish.relay.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.OptionalLong;

/**
 * Writes frames to a reader's connection, below the encoder of messages, and observes whether they
 * are taken. What waits is bounded by the channel's own account of it, bytes and buffers.
 */
final class InterleavedWriter {
  /** In vain, at equal distances, before a reader is stuck. */
  private static final int LOOKS = 4;

  private final ChannelHandlerContext below;
  private final Ticker clock;
  private final int queueBytes;
  private final long timeoutNanos;
  private final Runnable taken;
  private final Runnable watched;
  private boolean begun;
  private long waiting;

  /** When something was taken, or it was looked in vain. */
  private long lookedAt;

  private int inVain;

  /**
   * @param below writes what is no message any more
   * @param timeoutNanos after which a reader that takes nothing {@link #isStuck}
   * @param taken called when what was written has gone to the reader's host, or some of it
   * @param watched called when something waits after a flush, so that there is a {@link #deadline}
   */
  InterleavedWriter(
      ChannelHandlerContext below,
      Ticker clock,
      int queueBytes,
      long timeoutNanos,
      Runnable taken,
      Runnable watched) {
    this.below = below;
    this.clock = clock;
    this.timeoutNanos = timeoutNanos;
    this.taken = taken;
    this.watched = watched;
    this.queueBytes = queueBytes;
  }

  /** Media is written from now on; until then answers alone wait, which are less. */
  void open() {
    below
        .channel()
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(queueBytes / 2, queueBytes));
  }

  boolean hasRoom() {
    return below.channel().isWritable();
  }

  /** Writes with the next {@link #flush}. */
  void write(ByteBuf bytes) {
    if (!begun) {
      begun = true;
      observe();
    }
    Future<?> unused = below.write(bytes, below.voidPromise());
  }

  /** A four-byte header of an interleaved frame, written before its content. */
  void writeHeader(int channel, int length) {
    write(below.alloc().ioBuffer(4).writeByte('$').writeByte(channel).writeShort(length));
  }

  void flush() {
    if (begun) {
      begun = false;
      waiting = pending();
      below.flush();
      observe();
      if (waiting > 0) {
        watched.run();
      }
    }
  }

  /**
   * Whether bytes wait of which none was taken for as long as the timeout. It is looked several
   * times: where this host had no time for either, once was too few for the reader.
   */
  boolean isStuck() {
    observe();
    long now = clock.nanoTime();
    if (waiting > 0 && now - lookedAt >= timeoutNanos / LOOKS) {
      lookedAt = now;
      inVain++;
    }
    return inVain >= LOOKS;
  }

  /** When to ask whether it {@link #isStuck}. */
  OptionalLong deadline() {
    return waiting > 0 ? OptionalLong.of(lookedAt + timeoutNanos / LOOKS) : OptionalLong.empty();
  }

  private void observe() {
    long now = pending();
    if (now < waiting) {
      lookedAt = clock.nanoTime();
      inVain = 0;
      taken.run();
    } else if (waiting == 0) {
      lookedAt = clock.nanoTime();
      inVain = 0;
    }
    waiting = now;
  }

  private long pending() {
    ChannelOutboundBuffer buffer = below.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }
}
