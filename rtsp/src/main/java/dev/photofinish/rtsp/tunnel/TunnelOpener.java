package dev.photofinish.rtsp.tunnel;

import dev.photofinish.rtsp.dialogue.Authenticator;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.transport.ConnectionEndException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Opens a tunnel by an HTTP request on an attempt's channel, answers HTTP's challenge, and makes
 * room for the tunnel's own handlers, which fire {@link TunnelEvent#OPEN}. Its place is before the
 * RTSP codec.
 */
public final class TunnelOpener extends ChannelInboundHandlerAdapter
    implements HttpLogin.Contender {
  /** What may follow a 401 before the next request. */
  private static final int MAX_SKIPPED_BYTES = 64 * 1024;

  private static final int UNAUTHORIZED = 401;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final Method GET = new Method("GET");

  private final TunnelSettings settings;
  private final boolean secured;
  private final HttpLogin login;
  private final Authenticator authenticator;
  private final TunnelProtocol protocol;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> timeout;
  private @Nullable HttpResponse answer;
  private boolean authorized;
  private boolean open;
  private int skipped;

  /**
   * The opener of one attempt's tunnel.
   *
   * @param secured whether TLS comes first
   * @param login of the attempt's stream
   * @param dialAgain makes the second connection that HTTP needs, by the way of the first
   * @param random draws cookies, keys and client nonces
   */
  public TunnelOpener(
      TunnelSettings settings,
      boolean secured,
      HttpLogin login,
      Function<Consumer<Channel>, Future<Channel>> dialAgain,
      RandomGenerator random) {
    this.settings = settings;
    this.secured = secured;
    this.login = login;
    this.authenticator = new Authenticator(settings.credentials(), settings.scheme(), random);
    this.protocol =
        switch (settings.kind()) {
          case HTTP -> new HttpTunnel(settings, authenticator, dialAgain, random);
          case WEBSOCKET -> new WebSocketTunnel(random);
        };
  }

  // ---- The request

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    ctx.pipeline().addBefore(ctx.name(), null, HttpLimits.newCodec());
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    if (!secured) {
      begin();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event == SslHandshakeCompletionEvent.SUCCESS) {
      begin();
    }
  }

  private void begin() {
    timeout =
        context()
            .executor()
            .schedule(this::expired, settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    List<String> known = login.challenge();
    if (known.isEmpty() || settings.credentials() == null) {
      send();
      return;
    }
    Authenticator.Verdict unused = authenticator.challenged(known, false);
    if (login.isProven()) {
      authenticator.accepted();
    }
    tryCredentials();
  }

  private void expired() {
    String within = " within " + settings.timeout().toMillis() + " ms";
    fail(EndReason.Kind.SILENT, "the tunnel was not open" + within + ": " + protocol);
  }

  private void tryCredentials() {
    if (login.enter(this)) {
      send();
    }
  }

  @Override
  public String server() {
    return settings.host();
  }

  @Override
  public void proceed() {
    context().executor().execute(this::send);
  }

  private void send() {
    if (!context().channel().isActive() || context().isRemoved()) {
      return;
    }
    Optional<String> authorization = authenticator.authorization(GET, settings.target());
    authorized = authorization.isPresent();
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, settings.target(), Unpooled.EMPTY_BUFFER);
    HttpHeaders headers = request.headers();
    headers.set(HttpHeaderNames.HOST, settings.host());
    headers.set(HttpHeaderNames.USER_AGENT, settings.userAgent());
    authorization.ifPresent(value -> headers.set(HttpHeaderNames.AUTHORIZATION, value));
    protocol.ask(headers);
    Future<?> unused = context().writeAndFlush(request, context().voidPromise());
  }

  // ---- The answer

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (open || !(message instanceof HttpObject)) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      if (message instanceof HttpResponse head) {
        head(head);
      } else if (message instanceof HttpContent content && answer != null) {
        body(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(HttpResponse head) {
    int status = head.status().code();
    boolean understood = head.decoderResult().isSuccess();
    if (understood && status / 100 == 1 && status != SWITCHING_PROTOCOLS) {
      return; // the final answer follows
    }
    if (!understood) {
      fail(HttpAnswers.notHttp(head));
    } else if (status == UNAUTHORIZED && HttpUtil.isKeepAlive(head)) {
      answer = head;
    } else if (status == UNAUTHORIZED) {
      challenged(head, false);
    } else if (status / 100 != 2 && status != SWITCHING_PROTOCOLS) {
      fail(HttpAnswers.refused("GET " + settings.target(), head));
    } else {
      accepted(head);
    }
  }

  private void accepted(HttpResponse head) {
    String objection = protocol.objection(head);
    if (objection != null) {
      fail(
          EndReason.Kind.NO_TRANSPORT,
          HttpAnswers.said("GET " + settings.target(), head) + objection);
      return;
    }
    if (authorized) {
      authenticator.accepted();
      login.accepted();
    }
    if (protocol.opensWithHead()) {
      open(head);
    } else {
      answer = head;
    }
  }

  /** The rest of an answer after which another exchange, or the tunnel, begins. */
  private void body(HttpContent content) {
    HttpResponse head = Objects.requireNonNull(answer);
    skipped += content.content().readableBytes();
    if (skipped > MAX_SKIPPED_BYTES) {
      answer = null;
      String most = " with more than " + MAX_SKIPPED_BYTES + " bytes";
      fail(EndReason.Kind.BROKEN, HttpAnswers.said("GET " + settings.target(), head) + most);
    } else if (content instanceof LastHttpContent) {
      answer = null;
      skipped = 0;
      if (head.status().code() == UNAUTHORIZED) {
        challenged(head, context().channel().isActive());
      } else {
        open(head);
      }
    }
  }

  /**
   * @param again whether the connection takes another request
   */
  private void challenged(HttpResponse head, boolean again) {
    List<String> challenges = head.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE);
    Authenticator.Verdict verdict = authenticator.challenged(challenges, authorized);
    String said = HttpAnswers.said("GET " + settings.target(), head);
    if (verdict == Authenticator.Verdict.ANSWER && again) {
      tryCredentials();
    } else if (verdict == Authenticator.Verdict.ANSWER) {
      login.remember(challenges);
      fail(EndReason.Kind.REFUSED, said + " and closed; the next attempt shows credentials");
    } else {
      EndReason end = new EndReason(verdict.end(), said + ": " + authenticator.reason(verdict));
      login.refused(this, end); // before its end hands the turn on
      fail(end);
    }
  }

  @Override
  public void refused(EndReason end) {
    context().executor().execute(() -> fail(end));
  }

  private void open(HttpResponse head) {
    open = true;
    protocol.open(context(), head);
  }

  // ---- The end

  private void fail(EndReason.Kind kind, String reason) {
    fail(new EndReason(kind, reason));
  }

  private void fail(EndReason end) {
    if (!context().isRemoved()) {
      context().fireExceptionCaught(new ConnectionEndException(end));
    }
  }

  /** The tunnel's handlers have taken its place, or the channel is closed. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (timeout != null) {
      timeout.cancel(false);
    }
    login.leave(this);
  }
}
