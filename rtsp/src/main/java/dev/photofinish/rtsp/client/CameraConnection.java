package dev.photofinish.rtsp.client;

import dev.photofinish.race.Addresses;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtpHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspLimitException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.session.Dialogue;
import dev.photofinish.rtsp.session.DialogueCommand;
import dev.photofinish.rtsp.session.DialogueEvent;
import dev.photofinish.rtsp.session.DialogueState;
import dev.photofinish.rtsp.session.Ending;
import dev.photofinish.rtsp.session.SilenceWatch;
import dev.photofinish.rtsp.session.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a camera: gives the {@link Dialogue} and the {@link SilenceWatch} their events
 * and their clock, and hands what comes of it to its owner.
 *
 * <p>The last handler of its channel's pipeline, made for that channel alone. Everything happens on
 * the channel's event loop.
 */
final class CameraConnection extends ChannelInboundHandlerAdapter
    implements DialogueCommand.Driver {
  private static final Logger LOG = LoggerFactory.getLogger(CameraConnection.class);

  /** RFC 3550 section 6.2: the recommended minimum between a receiver's reports. */
  private static final long REPORT_INTERVAL_NANOS = 5_000_000_000L;

  /** Messages of the camera that cannot be read, while media flows, before it is given up. */
  private static final int MOST_MALFORMED = 1000;

  private static final long MALFORMED_WINDOW_NANOS = 60_000_000_000L;

  private final Dialogue dialogue;
  private final SilenceWatch silence;
  private final Ticker clock;
  private final boolean secured;
  private final ChannelRoutes routes = new ChannelRoutes();

  private ConnectionOwner owner;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Visit visit;
  private List<Track> tracks = List.of();
  private boolean toldStalled;
  private long undescribed;
  private int malformed;
  private long malformedSince;
  private boolean malformedTold;
  private boolean over;
  private boolean established;
  private String remote = "not connected";
  private boolean begun;
  private @Nullable Ending verdict;
  private boolean reading = true;
  private @Nullable Throwable failure;
  private long reportDue;
  private final EarliestTimer timer;

  /**
   * @param secured whether TLS comes before the dialogue
   * @param clock that of the channel's event loop
   */
  CameraConnection(
      Dialogue dialogue,
      ClientOptions options,
      boolean secured,
      Ticker clock,
      ConnectionOwner owner) {
    this.dialogue = dialogue;
    this.silence = new SilenceWatch(options.stallSuspect(), options.stallTimeout());
    this.secured = secured;
    this.clock = clock;
    this.owner = owner;
    this.timer = new EarliestTimer(clock, this::expired);
  }

  // ---- For the owner

  void owner(ConnectionOwner next) {
    owner = next;
  }

  ConnectionOwner owner() {
    return owner;
  }

  Channel channel() {
    return Objects.requireNonNull(context).channel();
  }

  /** How the client's streams count it; there is one when {@link Racing} made it. */
  Visit visit() {
    return Objects.requireNonNull(visit);
  }

  /** For people: {@code 192.0.2.1:554}. */
  String remote() {
    return remote;
  }

  /** The request without an answer, {@link Dialogue#openRequest}. */
  Optional<String> openRequest() {
    return dialogue.openRequest();
  }

  /** Empty before PLAY was sent. */
  List<Track> tracks() {
    return tracks;
  }

  /** Send the session's first request as soon as the connection is established. */
  void begin() {
    begun = true;
    greet();
  }

  private void greet() {
    if (begun && established && dialogue.state() == DialogueState.IDLE) {
      tell(new DialogueEvent.Connected());
    }
  }

  /** Go on beyond the first response. */
  void choose() {
    tell(new DialogueEvent.Selected());
  }

  /**
   * TEARDOWN, its answer, then the close. What comes until then is dropped.
   *
   * @param ending what the owner is told in the end; null for how the leaving went
   */
  void leave(@Nullable Ending ending) {
    verdict = ending;
    reading(true);
    tell(new DialogueEvent.Teardown());
  }

  /** TEARDOWN, and the close without waiting for an answer that is not to be expected. */
  void abandon(Ending ending) {
    leave(ending);
    end(ending);
  }

  /** Watch for silence anew: media is expected from now on. */
  void watch() {
    toldStalled = false;
    silence.start(now());
    arm();
  }

  /** Back pressure: stop or go on reading; silence is not judged while nothing is read. */
  void reading(boolean read) {
    if (read == reading || over) {
      return;
    }
    reading = read;
    readWhileWritable();
    if (!read) {
      silence.stop();
    } else if (dialogue.state() == DialogueState.PLAYING) {
      watch();
    }
  }

  /**
   * What is not read by the camera is not answered either: for as long as our answers wait to be
   * written, nothing more is read that would ask for others.
   */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    readWhileWritable();
    ctx.fireChannelWritabilityChanged();
  }

  private void readWhileWritable() {
    if (!over) {
      channel().config().setAutoRead(reading && channel().isWritable());
    }
  }

  private long now() {
    return clock.nanoTime();
  }

  // ---- Events

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    visit = ctx.pipeline().get(Visit.class);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    connected(!secured);
  }

  private void connected(boolean complete) {
    remote =
        channel().remoteAddress() instanceof InetSocketAddress address
            ? Addresses.text(address)
            : String.valueOf(channel().remoteAddress());
    established = complete;
    owner.connected(this, complete);
    greet();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event == SslHandshakeCompletionEvent.SUCCESS) {
      connected(true);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (over) {
        return;
      }
      if (message instanceof InterleavedFrame frame) {
        framed(frame);
      } else if (message instanceof Received received) {
        LOG.trace("{} <- {}", remote(), received.message());
        silence.answer(now());
        tell(new DialogueEvent.Received(received.message()));
        tellStalled();
      } else {
        LOG.debug("{}: skipped {}", remote(), message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    arm();
  }

  private void framed(InterleavedFrame frame) {
    if (dialogue.state() == DialogueState.LEAVING) {
      return;
    }
    long now = now();
    ByteBuf content = frame.content();
    int track = routes.track(frame.channel(), content);
    boolean described = track >= 0 && routes.isDescribed(track, content);
    if (track < 0) {
      LOG.debug("{}: frame on channel {}, which nothing was set up on", remote(), frame.channel());
    } else if (routes.isControl(frame.channel()) || !described) {
      control(frame, track, now);
    } else {
      received(frame, track, now);
    }
  }

  /**
   * What comes on the channel of RTCP, or is of no payload type that the track has. RFC 2326
   * section 10.12 puts RTCP on a channel of its own; some cameras send it on the other.
   */
  private void control(InterleavedFrame frame, int track, long now) {
    if (isRtcp(frame.content())) {
      silence.answer(now);
      owner.rtcp(this, track, frame.content(), now);
      tellStalled();
    } else if (!routes.isControl(frame.channel())) {
      undescribed(frame);
    }
  }

  /** RFC 3550 section 5.1: packets of a payload type that is not understood are ignored. */
  private void undescribed(InterleavedFrame frame) {
    if (undescribed++ == 0) {
      int type = frame.content().readableBytes() < 2 ? -1 : frame.content().getByte(1) & 0x7f;
      LOG.info(
          "{}: channel {} carries payload type {}, which the camera does not describe: its packets"
              + " are ignored",
          remote(),
          frame.channel(),
          type);
    }
  }

  private void received(InterleavedFrame frame, int track, long now) {
    try {
      RtpHeader header = RtpHeader.parse(frame.content().nioBuffer());
      toldStalled = false;
      silence.media(header.timestamp(), now);
      owner.rtp(this, track, header, frame.content(), now);
    } catch (RtspFormatException e) {
      LOG.debug("{}: frame at byte {}: {}", remote(), frame.offset(), e.getMessage());
    }
  }

  /** RFC 5761 section 4: the packet types of RTCP are no payload types of RTP. */
  private static boolean isRtcp(ByteBuf content) {
    int type = content.readableBytes() < 4 ? 0 : content.getUnsignedByte(content.readerIndex() + 1);
    return type >= 192 && type <= 223;
  }

  private void tellStalled() {
    if (silence.isStalled() && !toldStalled && !over) {
      toldStalled = true;
      owner.stalled(this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof RtspFormatException wrong) {
      broken(wrong);
    } else {
      failure = cause;
      Future<?> unused = ctx.close();
    }
  }

  /** While media flows one unreadable message does no harm; in the set-up it was the answer. */
  private void broken(RtspFormatException wrong) {
    long now = now();
    if (now - malformedSince >= MALFORMED_WINDOW_NANOS) {
      malformedSince = now;
      malformed = 0;
    }
    if (wrong instanceof RtspLimitException || dialogue.state() != DialogueState.PLAYING) {
      end(new Ending(Ending.Kind.BROKEN, String.valueOf(wrong.getMessage())));
    } else if (++malformed > MOST_MALFORMED) {
      String reason =
          MOST_MALFORMED + " messages within a minute that break the protocol, the last: ";
      end(new Ending(Ending.Kind.BROKEN, reason + wrong.getMessage()));
    } else if (!malformedTold) {
      malformedTold = true;
      LOG.warn("{}: {}; said once for this connection", remote(), wrong.getMessage());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    end(closed());
  }

  private Ending closed() {
    String unanswered = dialogue.unanswered();
    String at = unanswered.isEmpty() ? "" : "; " + unanswered;
    if (failure == null) {
      return new Ending(Ending.Kind.CLOSED, "connection closed by the camera" + at);
    }
    return failure instanceof IOException
        ? new Ending(Ending.Kind.RESET, "connection lost: " + failure.getMessage() + at)
        : new Ending(Ending.Kind.BROKEN, String.valueOf(failure));
  }

  // ---- The dialogue's commands

  private void tell(DialogueEvent event) {
    if (over) {
      return;
    }
    dialogue.handle(event, now());
    for (DialogueCommand next = dialogue.poll(); next != null; next = dialogue.poll()) {
      next.run(this);
    }
    if (dialogue.state() != DialogueState.PLAYING) {
      silence.stop();
    }
    arm();
  }

  @Override
  public void send(RtspMessage message) {
    LOG.trace("{} -> {}", remote(), message);
    write(message);
  }

  private void write(Object message) {
    Future<?> unused = channel().writeAndFlush(message, channel().voidPromise());
  }

  @Override
  public void responded(RtspResponse first) {
    owner.responded(this);
  }

  @Override
  public void prepared(List<Track> prepared) {
    tracks = prepared;
    routes.assign(prepared);
    owner.prepared(this);
  }

  @Override
  public void trackSkipped(MediaDescription media, String reason) {
    LOG.warn("{}: {} is left out: {}", remote(), media.type(), reason);
  }

  @Override
  public void playing() {
    reportDue = now() + REPORT_INTERVAL_NANOS;
    watch();
  }

  @Override
  public void ended(Ending ending) {
    end(ending);
  }

  private void end(Ending ending) {
    if (over) {
      return;
    }
    over = true;
    timer.stop();
    Future<?> unused = channel().close();
    owner.ended(this, verdict == null ? ending : verdict);
  }

  // ---- The timer

  private void arm() {
    if (!over) {
      timer.arm(channel().eventLoop(), deadline());
    }
  }

  private OptionalLong deadline() {
    OptionalLong earliest = earlier(dialogue.deadline(), silence.deadline());
    return dialogue.state() == DialogueState.PLAYING
        ? earlier(earliest, OptionalLong.of(reportDue))
        : earliest;
  }

  private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return one.getAsLong() - other.getAsLong() < 0 ? one : other;
  }

  private void expired() {
    tell(new DialogueEvent.Tick());
    checkSilence();
    report();
    arm();
  }

  private void checkSilence() {
    long now = now();
    switch (over ? SilenceWatch.Finding.NOTHING : silence.check(now)) {
      case NOTHING -> {}
      case SUSPECT -> tell(new DialogueEvent.Ask());
      case DEAD ->
          owner.silent(
              this,
              new Ending(
                  Ending.Kind.DEAD,
                  "neither media for "
                      + millis(silence.silence(now))
                      + " nor an answer within 1 s"));
      case STALLED_OUT ->
          owner.silent(
              this,
              new Ending(
                  Ending.Kind.STALLED,
                  "answers, but no media for " + millis(silence.silence(now))));
    }
  }

  private static String millis(long nanos) {
    return nanos / 1_000_000 + " ms";
  }

  /** RFC 3550 section 6.2: every 5 s. */
  private void report() {
    long now = now();
    if (over || dialogue.state() != DialogueState.PLAYING || now - reportDue < 0) {
      return;
    }
    reportDue = now + REPORT_INTERVAL_NANOS;
    for (int track = 0; track < tracks.size(); track++) {
      byte @Nullable [] report = owner.report(this, track, now);
      if (report != null) {
        int channel =
            ((dev.photofinish.rtsp.session.TrackTransport.Interleaved) tracks.get(track).transport()).channels().rtcp();
        write(new InterleavedFrame(channel, Unpooled.wrappedBuffer(report)));
      }
    }
  }
}
