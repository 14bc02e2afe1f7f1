package dev.photofinish.relay.web.http;

import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A request and the way to its answer. Answers may come from any thread. */
public final class Exchange {
  private static final int MOST_PARAMETERS = 32;

  private final ChannelHandlerContext context;
  private final Answers connection;
  private final FullHttpRequest request;
  private final Map<String, String> names;
  private final byte[] body;
  private Grants grants = Grants.ALL;
  private Grants lasting = Grants.ALL;
  private BooleanSupplier allowed = () -> true;

  /** Answers the requests of a connection; called on its event loop. */
  interface Answers {
    /** Answers the present request, unless it was answered. */
    void reply(ChannelHandlerContext context, FullHttpRequest request, Response response);

    /** Answers with a file, which it closes in any case. */
    void file(ChannelHandlerContext context, FullHttpRequest request, FileAnswer answer);

    /**
     * Begins an answer without an end.
     *
     * @param allowed whether its user still has the right to it
     */
    void stream(ChannelHandlerContext context, String contentType, BooleanSupplier allowed);

    /** Makes the connection a WebSocket, as long as it is allowed. */
    void upgrade(
        ChannelHandlerContext context,
        FullHttpRequest request,
        ChannelHandler handler,
        BooleanSupplier allowed);
  }

  /**
   * @param names values of the names in the route's path
   */
  Exchange(
      ChannelHandlerContext context,
      Answers connection,
      FullHttpRequest request,
      Map<String, String> names) {
    this.context = context;
    this.connection = connection;
    this.request = request;
    this.names = names;
    this.body = ByteBufUtil.getBytes(request.content());
  }

  /** The value of a name in the route's path. */
  public String name(String name) {
    String value = names.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not in the path");
    }
    return value;
  }

  /** It is served by this right of its sender. */
  void allowed(Grants granted, Right right, Optional<String> camera) {
    grants = granted;
    lasting = new LastingGrants(granted, client());
    allowed = () -> lasting.has(right, camera);
  }

  /** What its sender may do. */
  public Grants grants() {
    return grants;
  }

  /** The same for as long as an answer without an end lasts: what cannot be asked is no right. */
  public Grants lastingGrants() {
    return lasting;
  }

  /** The first value of a parameter behind the question mark. */
  public Optional<String> parameter(String name) {
    List<String> values =
        new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, MOST_PARAMETERS)
            .parameters()
            .get(name);
    return values == null ? Optional.empty() : Optional.of(values.get(0));
  }

  public Optional<String> header(CharSequence name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  public byte[] body() {
    return body;
  }

  public Channel channel() {
    return context.channel();
  }

  /** Where the request came from, such as {@code 192.0.2.7:51234}. */
  public String client() {
    return context.channel().remoteAddress() instanceof InetSocketAddress remote
        ? NetUtil.toSocketAddressString(remote)
        : "";
  }

  public void reply(Response response) {
    if (context.executor().inEventLoop()) {
      connection.reply(context, request, response);
    } else {
      context.executor().execute(() -> connection.reply(context, request, response));
    }
  }

  /**
   * Answers with a file, or the part of it that was asked for.
   *
   * @throws RefusedException where there is none
   */
  public void file(Path path, String contentType) {
    FileAnswer answer = new FileAnswer(path, contentType, header(HttpHeaderNames.RANGE));
    context.executor().execute(() -> connection.file(context, request, answer));
  }

  /** Answers with the error that a failure is. */
  public void fail(Throwable failure) {
    reply(Failures.response(failure));
  }

  /**
   * Begins an answer without an end; the channel then takes {@link
   * io.netty.handler.codec.http.HttpContent}. It ends where its user has lost the right to it. On
   * the event loop alone.
   */
  public void stream(String contentType) {
    connection.stream(context, contentType, allowed);
  }

  /**
   * Makes the connection a WebSocket, whose frames {@code handler} gets, and {@link RightRevoked}
   * where its user has lost the right to it. On the event loop alone.
   */
  public void upgrade(ChannelHandler handler) {
    if (!"websocket".equalsIgnoreCase(header(HttpHeaderNames.UPGRADE).orElse(""))) {
      throw new RefusedException(
          HttpResponseStatus.UPGRADE_REQUIRED, "This address is for WebSocket alone.");
    }
    connection.upgrade(context, request, handler, allowed);
  }
}
