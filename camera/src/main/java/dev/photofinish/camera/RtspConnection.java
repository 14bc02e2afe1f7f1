package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One client's connection: reads requests, answers each when its time has come, in order. */
final class RtspConnection extends SimpleChannelInboundHandler<Object> implements Client {

  /** A client that asks faster than a slow camera answers is cut off here. */
  private static final int MAX_PENDING = 100;

  private final Device device;
  private final HttpTunnels tunnels;
  private final CameraContext context;
  private final Channel channel;
  private final int number;
  private final RequestHandler handler;
  private final Set<CameraSession> sessions = new LinkedHashSet<>();
  private boolean silent;
  private boolean admitted;
  private boolean granted;
  private boolean reset;
  private int pending;
  private boolean answered;
  private long lastDue;
  private String closeReason = "by the client";
  private @Nullable Future<?> hangUp;

  RtspConnection(Device device, HttpTunnels tunnels, Channel channel) {
    this.device = device;
    this.tunnels = tunnels;
    this.context = device.context();
    this.channel = channel;
    this.number = device.nextNumber();
    this.handler = new RequestHandler(device, this);
    this.lastDue = context.now();
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public InetSocketAddress local() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public InetSocketAddress remote() {
    return (InetSocketAddress) channel.remoteAddress();
  }

  @Override
  public String peer() {
    return NetUtil.toSocketAddressString(remote());
  }

  @Override
  public Set<CameraSession> sessions() {
    return sessions;
  }

  @Override
  public void silence() {
    silent = true;
  }

  /** Whether nothing is answered. */
  boolean silent() {
    return silent || context.mute();
  }

  /** The client has shown its credentials already, to open a tunnel. */
  void granted() {
    granted = true;
  }

  @Override
  public boolean isGranted() {
    return granted;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!tunnels.mayComplete(this)) {
      admit();
    }
  }

  /** It is a client of its own, not the second connection of one: from now on it is counted. */
  void admit() {
    tunnels.decided(this);
    if (admitted) {
      return;
    }
    admitted = true;
    device.connected(this);
    Duration after = context.options().get(Knob.HANG_UP_AFTER);
    if (!after.isZero()) {
      hangUp =
          context
              .loop()
              .schedule(
                  () -> close(context.options().get(Knob.HANG_UP_BY), "hung up"),
                  after.toNanos(),
                  TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (hangUp != null) {
      hangUp.cancel(false);
    }
    tunnels.decided(this);
    if (admitted) {
      device.closed(this, closeReason);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object message) {
    receive(message);
  }

  /** A request or a frame came, on this connection or on the POST of its tunnel. */
  void receive(Object message) {
    if (message instanceof ClientFrame frame) {
      sessions.forEach(session -> device.received(session, frame));
    } else if (message instanceof RtspRequest request) {
      requested(request);
    }
  }

  private void requested(RtspRequest request) {
    context.tally().request(number, request.method(), request.uri());
    if (++pending > MAX_PENDING) {
      close(HangUp.RST, MAX_PENDING + " requests without waiting for an answer");
      return;
    }
    long now = context.now();
    long due = now + delayNanos();
    lastDue = due - lastDue > 0 ? due : lastDue;
    answered = true;
    if (lastDue - now <= 0 && pending == 1) {
      answer(request);
    } else {
      var unused =
          context.loop().schedule(() -> answer(request), lastDue - now, TimeUnit.NANOSECONDS);
    }
  }

  private long delayNanos() {
    int first = answered ? 0 : context.options().get(Knob.FIRST_ANSWER_MS);
    return TimeUnit.MILLISECONDS.toNanos(context.options().get(Knob.ANSWER_MS) + first);
  }

  private void answer(RtspRequest request) {
    pending--;
    if (!silent() && channel.isActive()) {
      handler.handle(request);
    }
  }

  @Override
  public void send(RtspResponse response) {
    var unused =
        channel.writeAndFlush(
            Unpooled.wrappedBuffer(response.encode(context.options())), channel.voidPromise());
  }

  /** Ends the connection; a reset goes past TLS, whose close would be a farewell. */
  @Override
  public void close(HangUp how, String reason) {
    if (!channel.isOpen()) {
      return;
    }
    closeReason = "by the camera: " + reason;
    if (how == HangUp.RST) {
      reset = true;
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      var unused = channel.pipeline().firstContext().close();
    } else {
      var unused = channel.close();
    }
  }

  /** Ends the connection in the way in which {@code other} was ended. */
  void closeLike(RtspConnection other) {
    close(other.reset ? HangUp.RST : HangUp.FIN, "its tunnel was closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(cause);
  }

  /** What came cannot be understood, or the connection is broken. */
  void failed(Throwable cause) {
    if (cause instanceof DecoderException && !(cause.getCause() instanceof SSLException)) {
      context.tally().record(Kind.MALFORMED, number, String.valueOf(cause.getMessage()));
      if (!silent()) {
        send(new RtspResponse(400));
      }
      close(HangUp.FIN, "what the client sent is not RTSP");
    } else {
      closeReason = "after an error: " + cause.getMessage();
      var unused = channel.close();
    }
  }
}
