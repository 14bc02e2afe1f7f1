package dev.photofinish.rtsp.tunnel;

import dev.photofinish.connect.cause.CauseMapper;
import dev.photofinish.rtsp.dialogue.Authenticator;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.transport.ConnectionEndException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * RTSP over HTTP as QuickTime brought it up ("Tunnelling RTSP and RTP over HTTP", Apple): the
 * camera's side of the dialogue is the body of the answer to a GET, ours the body of a POST on a
 * connection of its own; a cookie tells the camera that they belong together.
 */
final class HttpTunnel implements TunnelProtocol {
  private static final String TYPE = "application/x-rtsp-tunnelled";
  private static final String COOKIE = "x-sessioncookie";

  /** What QuickTime announces; nobody counts, since a session has no length beforehand. */
  private static final int ANNOUNCED_LENGTH = 32_767;

  private static final String LONG_AGO = "Sun, 9 Jan 1972 00:00:00 GMT";
  private static final Method POST = new Method("POST");
  private static final int COOKIE_BYTES = 16;

  private final TunnelSettings settings;
  private final Authenticator authenticator;
  private final Function<Consumer<Channel>, Future<Channel>> dialAgain;
  private final String cookie;

  /**
   * @param authenticator has answered the challenge that GET met
   */
  HttpTunnel(
      TunnelSettings settings,
      Authenticator authenticator,
      Function<Consumer<Channel>, Future<Channel>> dialAgain,
      RandomGenerator random) {
    this.settings = settings;
    this.authenticator = authenticator;
    this.dialAgain = dialAgain;
    byte[] bytes = new byte[COOKIE_BYTES];
    random.nextBytes(bytes);
    this.cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void ask(HttpHeaders headers) {
    headers.set(HttpHeaderNames.ACCEPT, TYPE);
    addCommon(headers);
  }

  private void addCommon(HttpHeaders headers) {
    headers.set(COOKIE, cookie);
    headers.set(HttpHeaderNames.PRAGMA, "no-cache");
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
  }

  /** Cameras that leave the type out are forgiven, since nothing else has that cookie. */
  @Override
  public @Nullable String objection(HttpResponse answer) {
    if (answer.status().code() != 200) {
      return "; expected 200";
    }
    String type = answer.headers().get(HttpHeaderNames.CONTENT_TYPE, TYPE);
    return type.strip().toLowerCase(Locale.ROOT).startsWith(TYPE)
        ? null
        : " with content type " + HttpAnswers.shown(type) + "; expected " + TYPE;
  }

  @Override
  public boolean opensWithHead() {
    return true;
  }

  /** What a camera says of the length of its answer means nothing, but chunks have to be undone. */
  @Override
  public void open(ChannelHandlerContext opener, HttpResponse answer) {
    ChannelPipeline pipeline = opener.pipeline();
    Future<Channel> second = dialAgain.apply(post -> prepare(post, opener.channel()));
    if (HttpUtil.isTransferEncodingChunked(answer)) {
      pipeline.addAfter(pipeline.context(HttpClientCodec.class).name(), null, new ChunkedBody());
    } else {
      pipeline.remove(HttpClientCodec.class);
    }
    second.addListener(done -> dialled(opener, second));
  }

  private static void prepare(Channel post, Channel get) {
    post.pipeline().addLast(HttpLimits.newCodec(), new PostConnection(get));
  }

  private void dialled(ChannelHandlerContext opener, Future<Channel> second) {
    if (opener.isRemoved()) {
      return;
    }
    if (!second.isSuccess()) {
      String why = "the second connection of the tunnel (POST) failed: ";
      opener.fireExceptionCaught(
          new ConnectionEndException(
              new EndReason(EndReason.Kind.CLOSED, why + CauseMapper.detail(second.cause()))));
      return;
    }
    Channel post = second.getNow();
    Future<?> unused = post.writeAndFlush(head(), post.voidPromise());
    ChannelPipeline pipeline = opener.pipeline();
    PostWriter writer = new PostWriter(post);
    pipeline.replace(opener.handler(), null, writer);
    pipeline.context(writer).fireUserEventTriggered(TunnelEvent.OPEN);
  }

  private HttpRequest head() {
    HttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, settings.target());
    HttpHeaders headers = request.headers();
    headers.set(HttpHeaderNames.HOST, settings.host());
    headers.set(HttpHeaderNames.USER_AGENT, settings.userAgent());
    authenticator
        .authorization(POST, settings.target())
        .ifPresent(value -> headers.set(HttpHeaderNames.AUTHORIZATION, value));
    addCommon(headers);
    headers.set(HttpHeaderNames.CONTENT_TYPE, TYPE);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, ANNOUNCED_LENGTH);
    headers.set(HttpHeaderNames.EXPIRES, LONG_AGO);
    return request;
  }

  @Override
  public String toString() {
    return "RTSP over HTTP";
  }
}
