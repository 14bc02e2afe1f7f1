package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what holds for all requests, and leads each to what answers its method. */
final class Router {
  private final Sessions sessions;
  private final Streams streams;
  private final SettingUp setup;
  private final Playing playing;
  private final Publishing publishing;

  Router(
      Sessions sessions, Streams streams, SettingUp setup, Playing playing, Publishing publishing) {
    this.sessions = sessions;
    this.streams = streams;
    this.setup = setup;
    this.playing = playing;
    this.publishing = publishing;
  }

  void route(Exchange exchange, long now) {
    RtspRequest request = exchange.request();
    List<String> unknown = Requirements.unknown(request);
    if (!request.version().equals(RtspRequest.VERSION)) {
      exchange.answer(Status.VERSION_NOT_SUPPORTED);
    } else if (request.cseq().isEmpty()) {
      exchange.answer(Status.BAD_REQUEST);
    } else if (!unknown.isEmpty()) {
      exchange.answer(
          Status.OPTION_NOT_SUPPORTED,
          Headers.of(HeaderNames.UNSUPPORTED, String.join(", ", unknown)));
    } else if (!Methods.SERVED.contains(request.method())) {
      String served = Methods.text(Methods.SERVED);
      exchange.answer(
          Methods.refusal(request.method()),
          Headers.of(HeaderNames.ALLOW, served, HeaderNames.PUBLIC, served));
    } else {
      served(exchange, now);
    }
  }

  private void served(Exchange exchange, long now) {
    StreamUrl url = null;
    if (!exchange.request().uri().equals("*")) {
      try {
        url = StreamUrl.parse(exchange.request().uri());
      } catch (RtspFormatException e) {
        exchange.answer(Status.BAD_REQUEST);
        return;
      }
    }
    Method method = exchange.request().method();
    if (method.equals(Method.DESCRIBE) || method.equals(Method.ANNOUNCE)) {
      describe(exchange, url, now);
    } else {
      inSession(exchange, url, now);
    }
  }

  /** A session that the client may name is of no matter to DESCRIBE and ANNOUNCE. */
  private void describe(Exchange exchange, @Nullable StreamUrl url, long now) {
    if (url == null) {
      exchange.answer(Status.BAD_REQUEST);
    } else if (exchange.request().method().equals(Method.DESCRIBE)) {
      streams.describe(exchange, url, now);
    } else {
      publishing.announce(exchange, url, now);
    }
  }

  /** RFC 2326 section 11.3.5: the session is missing, unknown, or timed out. */
  private void inSession(Exchange exchange, @Nullable StreamUrl url, long now) {
    Optional<String> id = Sessions.id(exchange.request());
    if (id.isEmpty()) {
      withoutSession(exchange, url, now);
      return;
    }
    ServedSession session = sessions.find(id.get());
    boolean another = session != null && url != null && !session.covers(url);
    if (session == null || (another && !mayNameAnything(exchange.request()))) {
      exchange.answer(Status.SESSION_NOT_FOUND);
    } else {
      exchange.of(session);
      withSession(exchange, url, session, now);
    }
  }

  /** Readers keep a session alive by the server's URL too. */
  private static boolean mayNameAnything(RtspRequest request) {
    Method method = request.method();
    return method.equals(Method.OPTIONS)
        || method.equals(Method.GET_PARAMETER)
        || method.equals(Method.SET_PARAMETER);
  }

  private void withoutSession(Exchange exchange, @Nullable StreamUrl url, long now) {
    switch (exchange.request().method().name()) {
      case "OPTIONS" -> options(exchange);
      case "GET_PARAMETER", "SET_PARAMETER" -> parameters(exchange);
      case "SETUP" -> {
        if (url == null) {
          exchange.answer(Status.BAD_REQUEST);
        } else if (publishing.isMeant(exchange.request(), url)) {
          publishing.begin(exchange, url, now);
        } else {
          setup.begin(exchange, url, now);
        }
      }
      default -> exchange.answer(Status.SESSION_NOT_FOUND);
    }
  }

  private void withSession(
      Exchange exchange, @Nullable StreamUrl url, ServedSession session, long now) {
    switch (exchange.request().method().name()) {
      case "OPTIONS" -> options(exchange);
      case "GET_PARAMETER", "SET_PARAMETER" -> parameters(exchange);
      default -> {
        if (session.isPublishing()) {
          publishing.inSession(exchange, url, session, now);
        } else {
          reading(exchange, url, session, now);
        }
      }
    }
  }

  private void reading(
      Exchange exchange, @Nullable StreamUrl url, ServedSession session, long now) {
    switch (exchange.request().method().name()) {
      case "PLAY" -> playing.play(exchange, url, session, now);
      case "PAUSE" -> playing.pause(exchange, url, session);
      case "TEARDOWN" -> playing.tearDown(exchange, url, session);
      case "RECORD" -> exchange.notNow(session);
      default -> {
        if (url == null) {
          exchange.answer(Status.BAD_REQUEST);
        } else {
          setup.add(exchange, url, session, now);
        }
      }
    }
  }

  private static void options(Exchange exchange) {
    exchange.answer(Status.OK, Headers.of(HeaderNames.PUBLIC, Methods.text(Methods.SERVED)));
  }

  /**
   * RFC 2326 section 10.8: "GET_PARAMETER with no entity body may be used to test client or server
   * liveness". There is no parameter to get or set.
   */
  private static void parameters(Exchange exchange) {
    boolean none = exchange.request().body().text().isBlank();
    exchange.answer(none ? Status.OK : Status.PARAMETER_NOT_UNDERSTOOD);
  }
}
