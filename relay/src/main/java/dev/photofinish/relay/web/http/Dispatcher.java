package dev.photofinish.relay.web.http;

import dev.photofinish.relay.web.access.Access;
import dev.photofinish.relay.web.access.AccessRequest;
import dev.photofinish.relay.web.access.Authorizer;
import dev.photofinish.relay.web.access.Right;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the route of a request, after looking at whom it is for, where it is from and who sent it.
 */
final class Dispatcher {
  private final List<Route> routes;
  private final SameSite site;
  private final Authorizer authorizer;

  Dispatcher(List<Route> routes, SameSite site, Authorizer authorizer) {
    this.routes = List.copyOf(routes);
    this.site = site;
    this.authorizer = authorizer;
  }

  /** A route with the values of the names in its path. */
  private record Match(Route route, Map<String, String> names) {}

  /**
   * @throws RefusedException for a request that is not served
   */
  void dispatch(
      ChannelHandlerContext context, Exchange.Answers connection, FullHttpRequest request) {
    AbsoluteForm.resolve(request);
    if (!site.isForUs(request.headers())) {
      throw new RefusedException(
          HttpResponseStatus.MISDIRECTED_REQUEST,
          "The relay is not known by this host name: use its address, or allow the name.");
    }
    Match match = find(request);
    boolean secure = context.pipeline().get(SslHandler.class) != null;
    if ((match.route.isChange() || match.route.upgrade())
        && site.isFromElsewhere(request.headers(), secure)) {
      throw new RefusedException(
          HttpResponseStatus.FORBIDDEN, "A page of another site must not do this.");
    }
    Exchange exchange = new Exchange(context, connection, request, match.names);
    authorize(context, match, exchange, request, secure);
  }

  private void authorize(
      ChannelHandlerContext context,
      Match match,
      Exchange exchange,
      FullHttpRequest request,
      boolean secure) {
    if (match.route.right() == Right.NONE) {
      match.route.handler().handle(exchange);
      return;
    }
    AccessRequest asked =
        new AccessRequest(
            match.route.right(),
            Optional.ofNullable(match.names.get("name")),
            ((InetSocketAddress) context.channel().remoteAddress()).getAddress(),
            secure,
            Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION)));
    CompletableFuture<Access> access = authorizer.check(asked).toCompletableFuture();
    if (access.isDone()) {
      serve(match, exchange, asked, access);
    } else {
      var unused =
          access.whenComplete(
              (known, failure) ->
                  context.executor().execute(() -> serve(match, exchange, asked, access)));
    }
  }

  private static void serve(
      Match match, Exchange exchange, AccessRequest asked, CompletableFuture<Access> decided) {
    try {
      Access access = decided.join();
      switch (access.verdict()) {
        case ALLOWED -> {
          exchange.allowed(access.grants(), asked.right(), asked.camera());
          match.route.handler().handle(exchange);
        }
        case UNKNOWN ->
            exchange.reply(
                Response.text(HttpResponseStatus.UNAUTHORIZED, "Log in to see this.")
                    .with(HttpHeaderNames.WWW_AUTHENTICATE, access.text()));
        case FORBIDDEN ->
            exchange.reply(Response.text(HttpResponseStatus.FORBIDDEN, access.text()));
        case HIDDEN -> exchange.reply(Response.text(HttpResponseStatus.NOT_FOUND, access.text()));
      }
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }

  private Match find(FullHttpRequest request) {
    List<String> segments = segments(request.uri());
    HttpMethod method =
        request.method().equals(HttpMethod.HEAD) ? HttpMethod.GET : request.method();
    List<String> allowed = new ArrayList<>();
    for (Route route : routes) {
      Optional<Map<String, String>> names = route.match(segments);
      if (names.isPresent()) {
        if (route.method().equals(method)) {
          return new Match(route, names.get());
        }
        allowed.add(route.method().name());
        if (route.method().equals(HttpMethod.GET)) {
          allowed.add(HttpMethod.HEAD.name());
        }
      }
    }
    if (allowed.isEmpty()) {
      throw RefusedException.notFound("There is nothing at this address.");
    }
    throw RefusedException.methodNotAllowed(String.join(", ", allowed));
  }

  private static List<String> segments(String uri) {
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    if (!path.startsWith("/")) {
      throw RefusedException.badRequest("The address must begin with a slash.");
    }
    try {
      List<String> decoded = new ArrayList<>();
      for (String segment : Route.segments(path)) {
        decoded.add(QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")));
      }
      return decoded;
    } catch (IllegalArgumentException e) {
      throw RefusedException.badRequest("The address has a percent sign that encodes nothing.");
    }
  }
}
