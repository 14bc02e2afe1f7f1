package dev.photofinish.rtsp.message;

/**
 * A request (RFC 2326 section 6); servers send them too.
 *
 * @param uri the request's target as it stands in its first line: an absolute URL or {@code *}
 * @param version of RTSP that its first line names, {@code 1.0} in all that this library sends
 */
public record RtspRequest(Method method, String uri, Headers headers, Body body, String version)
    implements RtspMessage {
  /** The version of RFC 2326. */
  public static final String VERSION = "1.0";

  /** Refuses a target or a version that would break out of its line. */
  public RtspRequest {
    if (!version.chars().allMatch(c -> c == '.' || TextScanner.isDigit(c))) {
      throw new IllegalArgumentException("Not a version: " + Excerpt.of(version));
    }
    if (uri.isEmpty() || uri.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "A request's target has no white space and is not empty: " + Excerpt.of(uri));
    }
  }

  /** A request of version 1.0. */
  public RtspRequest(Method method, String uri, Headers headers, Body body) {
    this(method, uri, headers, body, VERSION);
  }

  /** A request without a body. */
  public static RtspRequest of(Method method, String uri, Headers headers) {
    return new RtspRequest(method, uri, headers, Body.empty());
  }

  @Override
  public String startLine() {
    return method + " " + Excerpt.hideCredentials(uri) + " RTSP/" + version;
  }

  /** The request to be shown: what the peer wrote is escaped, credentials are hidden. */
  @Override
  public String toString() {
    return Excerpt.show(startLine()) + " " + headers + (body.isEmpty() ? "" : " + " + body);
  }
}
