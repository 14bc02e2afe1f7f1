package dev.photofinish.relay.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends datagrams at most {@value #MOST_A_MILLISECOND} a millisecond: a group of pictures or a
 * large key frame that came in one go fits into the receiver's socket buffer (208 KiB on Linux, of
 * which a datagram of 1,400 bytes takes 2,304) while that is read.
 */
final class PacedSender {
  static final int MOST_A_MILLISECOND = 32;

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private final Channel channel;
  private final Ticker clock;
  private final int mostBytes;
  private final Queue<DatagramPacket> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private long window;
  private int sentInWindow;
  private @Nullable Future<?> timer;
  private boolean closed;

  /**
   * @param channel of the calling event loop
   * @param mostBytes that may wait
   */
  PacedSender(Channel channel, Ticker clock, int mostBytes) {
    this.channel = channel;
    this.clock = clock;
    this.mostBytes = mostBytes;
    this.window = clock.nanoTime() - MILLISECOND;
  }

  boolean hasRoom() {
    return waitingBytes < mostBytes && channel.isWritable();
  }

  /** Sends {@code content}, whose reference is taken over. */
  void send(ByteBuf content, InetSocketAddress to) {
    var packet = new DatagramPacket(content, to);
    if (closed) {
      packet.release();
    } else if (waiting.isEmpty() && mayBeSentNow()) {
      Future<?> unused = channel.write(packet, channel.voidPromise());
    } else {
      waiting.add(packet);
      waitingBytes += content.readableBytes();
    }
  }

  private boolean mayBeSentNow() {
    long now = clock.nanoTime();
    if (now - window >= MILLISECOND) {
      window = now;
      sentInWindow = 0;
    }
    return sentInWindow++ < MOST_A_MILLISECOND;
  }

  void flush() {
    channel.flush();
    if (!waiting.isEmpty() && timer == null) {
      timer = channel.eventLoop().schedule(this::goOn, 1, TimeUnit.MILLISECONDS);
    }
  }

  private void goOn() {
    timer = null;
    while (!waiting.isEmpty() && mayBeSentNow()) {
      DatagramPacket packet = waiting.remove();
      waitingBytes -= packet.content().readableBytes();
      Future<?> unused = channel.write(packet, channel.voidPromise());
    }
    flush();
  }

  /** Drops what waits. */
  void close() {
    closed = true;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    waiting.forEach(DatagramPacket::release);
    waiting.clear();
    waitingBytes = 0;
  }
}
