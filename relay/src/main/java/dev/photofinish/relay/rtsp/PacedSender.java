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
    var packet = new DatagramPacket(content, to);
    if (closed) {
      packet.release();
    } else if (waiting.isEmpty() && mayBeSentNow(1)) {
      Future<?> unused = channel.write(packet, channel.voidPromise());
    } else {
      waiting.add(packet);
      waitingBytes += content.readableBytes();
    }
  }

  /** Sends a run, as one where all of it may be sent now; its content stays the caller's. */
  void send(DatagramRun run, InetSocketAddress to) {
    ByteBuf content = run.content();
    if (run.count() > 1 && !closed && waiting.isEmpty() && mayBeSentNow(run.count())) {
      DatagramPacket all = SegmentedDatagrams.of(content.retainedDuplicate(), run.size(), to);
      Future<?> unused = channel.write(all, channel.voidPromise());
      return;
    }
    int end = content.writerIndex();
    for (int at = content.readerIndex(); at < end; at += run.size()) {
      send(content.retainedSlice(at, Math.min(run.size(), end - at)), to);
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
    while (!waiting.isEmpty() && mayBeSentNow(1)) {
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
