package dev.photofinish.relay.rtsp;

import dev.photofinish.connect.channel.SegmentedDatagrams;
import dev.photofinish.relay.source.DatagramRun;
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
  static final int MOST_A_MILLISECOND = DatagramRun.MOST;

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  /** One datagram, or several that the kernel is handed as one. */
  private record Datagrams(DatagramPacket packet, int count) {}

  private final Channel channel;
  private final Ticker clock;
  private final int mostBytes;
  private final Queue<Datagrams> waiting = new ArrayDeque<>();
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

  /** What all readers of the channel are sent waits for its flush, and is no reader's fault. */
  boolean hasRoom() {
    if (waitingBytes >= mostBytes) {
      return false;
    }
    if (!channel.isWritable()) {
      channel.flush();
    }
    return channel.isWritable();
  }

  /** Sends {@code content}, whose reference is taken over. */
  void send(ByteBuf content, InetSocketAddress to) {
    send(new Datagrams(new DatagramPacket(content, to), 1));
  }

  /** Sends a run, whose content stays the caller's. */
  void send(DatagramRun run, InetSocketAddress to) {
    ByteBuf content = run.content().retainedDuplicate();
    if (run.count() == 1) {
      send(content, to);
    } else {
      send(new Datagrams(SegmentedDatagrams.of(content, run.size(), to), run.count()));
    }
  }

  private void send(Datagrams next) {
    if (closed) {
      next.packet.release();
    } else if (waiting.isEmpty() && mayBeSentNow(next.count)) {
      Future<?> unused = channel.write(next.packet, channel.voidPromise());
    } else {
      waiting.add(next);
      waitingBytes += next.packet.content().readableBytes();
    }
  }

  private boolean mayBeSentNow(int count) {
    long now = clock.nanoTime();
    if (now - window >= MILLISECOND) {
      window = now;
      sentInWindow = 0;
    }
    if (sentInWindow + count > MOST_A_MILLISECOND) {
      return false;
    }
    sentInWindow += count;
    return true;
  }

  void flush() {
    channel.flush();
    if (!waiting.isEmpty() && timer == null) {
      timer = channel.eventLoop().schedule(this::goOn, 1, TimeUnit.MILLISECONDS);
    }
  }

  private void goOn() {
    timer = null;
    while (!waiting.isEmpty() && mayBeSentNow(waiting.element().count)) {
      DatagramPacket packet = waiting.remove().packet;
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
    waiting.forEach(one -> one.packet.release());
    waiting.clear();
    waitingBytes = 0;
  }
}
