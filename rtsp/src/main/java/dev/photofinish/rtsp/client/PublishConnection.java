package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.codec.RtspEncoder;
import dev.photofinish.rtsp.codec.RtspLimits;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PublishCommand;
import dev.photofinish.rtsp.dialogue.PublishDialogue;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.loop.EarliestTimer;
import dev.photofinish.rtsp.loop.PendingEvents;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.transport.EndOfChannel;
import dev.photofinish.rtsp.transport.MalformedMessages;
import dev.photofinish.rtsp.transport.OrderlyClose;
import dev.photofinish.rtsp.transport.OutgoingPorts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a publisher: gives its dialogue what the channel brings, and sends media once
 * the server takes it. {@link #send} is called on any thread, everything else on its event loop.
 */
final class PublishConnection extends ChannelInboundHandlerAdapter
    implements PublishCommand.Driver, FrameSender.Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(PublishConnection.class);

  /** Several seconds of video. */
  private static final WriteBufferWaterMark MOST_WAITING =
      new WriteBufferWaterMark(2 << 20, 4 << 20);

  private static final int MOST_UNFLUSHED = 64;

  /** A server that takes nothing for so long is gone. */
  private static final long STUCK = TimeUnit.SECONDS.toNanos(10);

  /** Takes what becomes of it. */
  interface Owner {
    /**
     * The server takes the stream.
     *
     * @param overUdp whether its media go as datagrams
     */
    void recording(PublishConnection connection, boolean overUdp);

    void ended(PublishConnection connection, EndReason end);
  }

  private final Channel channel;
  private final String remote;
  private final PublishDialogue dialogue;
  private final Ticker clock;
  private final Owner owner;
  private final PendingEvents pending = new PendingEvents();
  private final EarliestTimer timer;
  private final OutgoingPorts ports;
  private final ServerReports reports;

  /** Where it records; null while it does not. */
  private volatile @Nullable Way way;

  private final MalformedMessages malformed = new MalformedMessages();
  private OptionalLong stuckAt = OptionalLong.empty();
  private @Nullable Throwable failure;
  private boolean over;

  PublishConnection(
      Channel channel, PublishDialogue dialogue, Ticker clock, ServerReports reports, Owner owner) {
    this.channel = channel;
    this.remote =
        channel.remoteAddress() instanceof InetSocketAddress address
            ? NetUtil.toSocketAddressString(address)
            : String.valueOf(channel.remoteAddress());
    this.dialogue = dialogue;
    this.clock = clock;
    this.owner = owner;
    this.reports = reports;
    this.ports = new OutgoingPorts(channel, MOST_WAITING, reports::take);
    this.timer = new EarliestTimer(clock, late -> expired());
  }

  /** Begins to speak. */
  void begin() {
    channel.config().setWriteBufferWaterMark(MOST_WAITING);
    channel
        .pipeline()
        .addFirst(new OrderlyClose())
        .addLast(
            new FlushConsolidationHandler(MOST_UNFLUSHED, true),
            new RtspDecoder(RtspLimits.DEFAULT),
            new RtspEncoder(),
            this);
    channel.config().setAutoRead(true); // off until now: nothing that came before is lost
    if (channel.isActive()) {
      event(() -> dialogue.connected(clock.nanoTime()));
    } else {
      pending.run(() -> ended(new EndReason(EndReason.Kind.CLOSED, "it was closed at once")));
    }
  }

  /** Human-readable: {@code 192.0.2.1:8554}. */
  String remote() {
    return remote;
  }

  /** Whether the server has answered anything. */
  boolean wasAnswered() {
    return dialogue.wasAnswered();
  }

  /**
   * Sends a packet of a track; false where it is dropped, since too much waits already.
   *
   * @param control whether it is RTCP
   */
  boolean send(int track, boolean control, ByteBuf packet) {
    if (way == null || isFull()) {
      return false;
    }
    write(track, control, packet);
    return true;
  }

  @Override
  public boolean isFull() {
    return !channel.isWritable() || ports.isFull();
  }

  @Override
  public void write(int track, boolean control, ByteBuf packet) {
    Way open = way;
    if (open != null) {
      open.write(track, control, packet);
    }
  }

  /** The way of the packets: frames on this connection, or ports. */
  private interface Way {
    void write(int track, boolean control, ByteBuf packet);
  }

  private void frame(List<Pair> channels, int track, boolean control, ByteBuf packet) {
    if (track < channels.size()) {
      int number = control ? channels.get(track).rtcp() : channels.get(track).rtp();
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
          () -> ended(new EndReason(EndReason.Kind.DEAD, remote() + " took nothing for 10 s")));
    } else {
      event(() -> dialogue.tick(now));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof Received received) {
        event(() -> dialogue.received(received.message(), clock.nanoTime()));
      } else if (message instanceof InterleavedFrame frame) {
        reports.take(frame.content());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** What a server that does not read asks is not read either: the answers would have to wait. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    channel.config().setAutoRead(channel.isWritable());
    stuckAt =
        channel.isWritable() ? OptionalLong.empty() : OptionalLong.of(clock.nanoTime() + STUCK);
    arm();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof RtspFormatException wrong) {
      malformed
          .add(remote, wrong, way != null, clock.nanoTime())
          .ifPresent(end -> pending.run(() -> ended(end)));
    } else {
      failure = cause;
      Future<?> unused = context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    pending.run(() -> ended(EndOfChannel.of(failure, "the server", dialogue.unanswered())));
  }

  // ---- From the dialogue

  @Override
  public void send(RtspMessage message) {
    Future<?> unused = channel.writeAndFlush(message, channel.voidPromise());
  }

  @Override
  public void openPorts(int track) {
    ports.open(
        track,
        pair -> event(() -> dialogue.portsOpened(pair, clock.nanoTime())),
        why -> event(() -> dialogue.portsFailed(why, clock.nanoTime())));
  }

  @Override
  public void transportRefused(String reason) {
    LOG.info("{}: {}; another transport is asked for", remote, reason);
  }

  @Override
  public void recording(List<TrackTransport> tracks) {
    List<Pair> channels = new ArrayList<>();
    List<TrackTransport.Udp> flows = new ArrayList<>();
    for (TrackTransport track : tracks) {
      if (track instanceof TrackTransport.Udp udp) {
        flows.add(udp);
      } else if (track instanceof TrackTransport.Interleaved interleaved) {
        channels.add(interleaved.channels());
      }
    }
    if (flows.isEmpty()) {
      way = (track, control, packet) -> frame(channels, track, control, packet);
    } else {
      ports.begin(flows);
      way = ports::send;
    }
    owner.recording(this, !flows.isEmpty());
  }

  @Override
  public void ended(EndReason end) {
    if (!over) {
      over = true;
      way = null;
      ports.close();
      timer.stop();
      OrderlyClose.close(channel); // whether or not the server takes what waits
      owner.ended(this, end);
    }
  }
}
