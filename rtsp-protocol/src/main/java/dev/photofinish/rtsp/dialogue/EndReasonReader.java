package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import java.util.Optional;

/** Reads the reason for an end out of the headers that tell it. */
final class EndReasonReader {
  private EndReasonReader() {}

  /** 453 or 503, with the time for which the camera asks to be left alone. */
  static EndReason atCapacity(String said, RtspResponse response) {
    Duration retryAfter = RetryAfter.of(response.headers());
    String asked = retryAfter.isZero() ? "" : ", Retry-After " + retryAfter.toSeconds() + " s";
    return new EndReason(
        EndReason.Kind.AT_CAPACITY, said + asked, null, response.status(), retryAfter);
  }

  /**
   * A redirect, in an answer or as a request.
   *
   * @param base that a relative Location belongs to
   */
  static EndReason redirected(String said, Headers headers, RtspUrl base) {
    Optional<String> location = headers.first(HeaderNames.LOCATION);
    if (location.isEmpty()) {
      return new EndReason(EndReason.Kind.REFUSED, said + " without a Location");
    }
    try {
      RtspUrl url = resolved(location.get(), base);
      String to = said + " to " + Excerpt.show(url.toString());
      return new EndReason(EndReason.Kind.REDIRECTED, to, url, 0, Duration.ZERO);
    } catch (RtspFormatException e) {
      String to = said + " to " + Excerpt.of(location.get());
      return new EndReason(EndReason.Kind.BROKEN, to + ", which is no address of RTSP");
    }
  }

  /** An answer that is no success, to a request without which there is no session. */
  static EndReason refusal(String said, RtspResponse response, RtspUrl base) {
    int status = response.status();
    if (status >= 300 && status < 400) {
      return redirected(said, response.headers(), base);
    }
    return switch (status) {
      case 404 -> new EndReason(EndReason.Kind.NOT_FOUND, said);
      case 453, 503 -> atCapacity(said, response);
      case 461 -> new EndReason(EndReason.Kind.NO_TRANSPORT, said);
      default -> new EndReason(EndReason.Kind.REFUSED, said);
    };
  }

  /** A challenge that cannot be answered. */
  static EndReason noLogin(String said, Authenticator by, Authenticator.Verdict verdict) {
    return new EndReason(verdict.end(), said + ": " + by.reason(verdict));
  }

  private static RtspUrl resolved(String location, RtspUrl base) throws RtspFormatException {
    return location.contains("://") ? RtspUrl.parse(location) : base.resolve(location);
  }
}
