package dev.photofinish.rtsp.tunnel;

import dev.photofinish.connect.cause.PeerText;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.RetryAfter;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.Headers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The meaning of HTTP answers that open no tunnel, in words for the camera's owner. */
final class HttpAnswers {
  private static final int MAX_SHOWN = 200;

  private HttpAnswers() {}

  /** Such as {@code GET /stream was answered HTTP 404 Not Found}. */
  static String said(String request, HttpResponse answer) {
    String status = answer.status().code() + " " + answer.status().reasonPhrase();
    return shown(request) + " was answered HTTP " + shown(status.strip());
  }

  /** At most {@value #MAX_SHOWN} characters of what a peer, or a user, wrote. */
  static String shown(String text) {
    return PeerText.shown(Excerpt.show(text), MAX_SHOWN);
  }

  static EndReason refused(String request, HttpResponse answer) {
    String said = said(request, answer);
    return switch (answer.status().code()) {
      case 404, 405, 406, 426, 501 ->
          new EndReason(
              EndReason.Kind.NO_TRANSPORT,
              said + ": the camera has no such tunnel at this port and path");
      case 453, 503 -> atCapacity(said, answer);
      case 301, 302, 303, 307, 308 ->
          new EndReason(
              EndReason.Kind.REFUSED,
              said + location(answer.headers().get(HttpHeaderNames.LOCATION)));
      default -> new EndReason(EndReason.Kind.REFUSED, said);
    };
  }

  private static String location(@Nullable String location) {
    return location == null
        ? " without a Location"
        : " to " + shown(location) + ", which is not followed: name that address instead";
  }

  /**
   * Servers answer 503 to a tunnel that they do not know too (GStreamer's to WebSocket): only with
   * a time to wait is it taken for a lack of places.
   */
  private static EndReason atCapacity(String said, HttpResponse answer) {
    Duration wait =
        RetryAfter.of(
            Headers.of(
                "Retry-After",
                answer.headers().get(HttpHeaderNames.RETRY_AFTER, ""),
                "Date",
                answer.headers().get(HttpHeaderNames.DATE, "")));
    if (wait.isZero() && answer.status().code() == 503) {
      return new EndReason(EndReason.Kind.REFUSED, said);
    }
    String asked = wait.isZero() ? "" : ", Retry-After " + wait.toSeconds() + " s";
    return new EndReason(
        EndReason.Kind.AT_CAPACITY, said + asked, null, answer.status().code(), wait);
  }

  /**
   * A camera that speaks RTSP alone on this port, or something else. The decoder's message quotes
   * what stands in place of HTTP's version.
   */
  static EndReason notHttp(HttpResponse answer) {
    String why = String.valueOf(answer.decoderResult().cause().getMessage());
    if (why.contains("RTSP/")) {
      return new EndReason(
          EndReason.Kind.NO_TRANSPORT,
          "the request for a tunnel was answered in RTSP, not in HTTP: the camera has no tunnel at"
              + " this port");
    }
    return new EndReason(
        EndReason.Kind.BROKEN,
        "the request for a tunnel was answered by something that is not HTTP: " + shown(why));
  }
}
