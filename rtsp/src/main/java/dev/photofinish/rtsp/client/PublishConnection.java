package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.codec.RtspEncoder;
import dev.photofinish.rtsp.codec.RtspLimits;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PublishCommand;
import dev.photofinish.rtsp.dialogue.PublishDialogue;
import dev.photofinish.rtsp.loop.EarliestTimer;
import dev.photofinish.rtsp.loop.PendingEvents;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a publisher: gives its dialogue what the channel brings, and sends media once
 * the server takes it. {@link #send} is called on any thread, everything else on its event loop.
 */
final class PublishConnection extends ChannelInboundHandlerAdapter
    implements PublishCommand.Driver, FrameSender.Outlet {
  /** Several seconds of video. */
  private static final WriteBufferWaterMark MOST_WAITING =
      new WriteBufferWaterMark(2 << 20, 4 << 20);

  private static final int MOST_UNFLUSHED = 64;

  /** A server that takes nothing for so long is gone. */
  private static final long STUCK = TimeUnit.SECONDS.toNanos(10);

  /** Takes what becomes of it. */
  interface Owner {
    void recording(PublishConnection connection);

    void ended(PublishConnection connection, EndReason end);
  }

  private final Channel channel;
  private final String remote;
  private final PublishDialogue dialogue;
  private final Ticker clock;
  private final Owner owner;
  private final PendingEvents pending = new PendingEvents();
  private final EarliestTimer timer;
  private volatile List<Pair> channels = List.of();
  private OptionalLong stuckAt = OptionalLong.empty();
  private boolean over;

  PublishConnection(Channel channel, PublishDialogue dialogue, Ticker clock, Owner owner) {
    this.channel = channel;
    this.remote =
        channel.remoteAddress() instanceof InetSocketAddress address
            ? NetUtil.toSocketAddressString(address)
            : String.valueOf(channel.remoteAddress());
    this.dialogue = dialogue;
    this.clock = clock;
    this.owner = owner;
    this.timer = new EarliestTimer(clock, late -> expired());
  }

  /** Begins to speak. */
  void begin() {
    channel.config().setWriteBufferWaterMark(MOST_WAITING);
    channel
        .pipeline()
        .addLast(
            new FlushConsolidationHandler(MOST_UNFLUSHED, true),
            new RtspDecoder(RtspLimits.DEFAULT),
            new RtspEncoder(),
            this);
    channel.config().setAutoRead(true); // off until now: nothing that came before is lost
    if (channel.isActive()) {
      event(() -> dialogue.connected(clock.nanoTime()));
    } else {
      pending.run(() -> over(new EndReason(EndReason.Kind.CLOSED, "it was closed at once")));
    }
  }

  /** Human-readable: {@code 192.0.2.1:8554}. */
  String remote() {
    return remote;
  }

  /**
   * Sends a packet of a track; false where it is dropped, since too much waits already.
   *
   * @param control whether it is RTCP
   */
  boolean send(int track, boolean control, ByteBuf packet) {
    if (track >= channels.size() || isFull()) {
      return false;
    }
    write(track, control, packet);
    return true;
  }

  @Override
  public boolean isFull() {
    return !channel.isWritable();
  }

  @Override
  public void write(int track, boolean control, ByteBuf packet) {
    List<Pair> open = channels;
    if (track < open.size()) {
      int number = control ? open.get(track).rtcp() : open.get(track).rtp();
      Future<?> unused =
          channel.writeAndFlush(
              new InterleavedFrame(number, packet.retainedDuplicate()), channel.voidPromise());
    }
  }

  void leave() {
    event(() -> dialogue.tearDown(clock.nanoTime()));
  }

  // ---- Events

  private void event(Runnable event) {
    pending.run(
        () -> {
          if (!over) {
            event.run();
            for (var next = dialogue.poll(); next != null && !over; next = dialogue.poll()) {
              next.run(this);
            }
            arm();
          }
        });
  }

  private void arm() {
    if (!over) {
      timer.arm(channel.eventLoop(), dialogue.deadline());
      timer.arm(channel.eventLoop(), stuckAt);
    }
  }

  private void expired() {
    long now = clock.nanoTime();
    if (stuckAt.isPresent() && now - stuckAt.getAsLong() >= 0) {
      pending.run(
          () -> over(new EndReason(EndReason.Kind.DEAD, remote() + " took nothing for 10 s")));
    } else {
      event(() -> dialogue.tick(now));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof Received received) {
        event(() -> dialogue.received(received.message(), clock.nanoTime()));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    stuckAt =
        channel.isWritable() ? OptionalLong.empty() : OptionalLong.of(clock.nanoTime() + STUCK);
    arm();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    boolean wrong = cause instanceof RtspFormatException;
    EndReason.Kind kind = wrong ? EndReason.Kind.BROKEN : EndReason.Kind.RESET;
    pending.run(() -> over(new EndReason(kind, remote() + ": " + cause.getMessage())));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    String why = remote() + " closed the connection";
    pending.run(() -> over(new EndReason(EndReason.Kind.CLOSED, why)));
  }

  // ---- From the dialogue

  @Override
  public void send(RtspMessage message) {
    Future<?> unused = channel.writeAndFlush(message, channel.voidPromise());
  }

  @Override
  public void recording(List<Pair> open) {
    channels = open;
    owner.recording(this);
  }

  @Override
  public void ended(EndReason end) {
    over(end);
  }

  private void over(EndReason end) {
    if (!over) {
      over = true;
      channels = List.of();
      timer.stop();
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      owner.ended(this, end);
    }
  }
}
