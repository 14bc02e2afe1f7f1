package dev.photofinish.rtsp.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The Session header (RFC 2326 section 12.37): {@code id;timeout=60}.
 *
 * @param id opaque; it ends at the first semicolon or white space
 * @param timeout time without a request after which the server drops the session; empty if the
 *     server does not say, which means 60 s
 */
public record SessionHeader(String id, Optional<Duration> timeout) {
  /** What a server means that names no timeout. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Reads the value. A timeout that is not a positive number of seconds counts as not given; other
   * parameters are ignored.
   *
   * @throws RtspFormatException if there is no id
   */
  public static SessionHeader parse(String value) throws RtspFormatException {
    String id = new TextScanner(value.trim()).run(c -> c != ';' && !TextScanner.isSpace(c));
    if (id.isEmpty()) {
      throw new RtspFormatException(
          "Session header", value, "an id, for example 12345678;timeout=60");
    }
    List<Parameter> parameters = Parameter.parseAll(value.trim().substring(id.length()), ';');
    return new SessionHeader(id, timeout(parameters));
  }

  private static Optional<Duration> timeout(List<Parameter> parameters) {
    return parameters.stream()
        .filter(parameter -> parameter.is("timeout"))
        .map(parameter -> Syntax.unsigned(parameter.text()))
        .filter(seconds -> seconds.orElse(0) > 0)
        .map(seconds -> Duration.ofSeconds(seconds.getAsInt()))
        .findFirst();
  }

  /** The timeout that holds: the server's, or 60 s. */
  public Duration effectiveTimeout() {
    return timeout.orElse(DEFAULT_TIMEOUT);
  }

  /** The header's value. */
  @Override
  public String toString() {
    return id + timeout.map(time -> ";timeout=" + time.toSeconds()).orElse("");
  }
}
