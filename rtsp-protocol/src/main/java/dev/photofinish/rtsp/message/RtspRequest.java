package dev.photofinish.rtsp.message;

/**
 * A request (RFC 2326 section 6); servers send them too.
 *
 * @param uri the request's target as it stands in its first line: an absolute URL or {@code *}
 */
public record RtspRequest(Method method, String uri, Headers headers, Body body)
    implements RtspMessage {

  /** Refuses a target that would break out of its line. */
  public RtspRequest {
    if (uri.isEmpty() || uri.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "A request's target has no white space and is not empty: " + Excerpt.of(uri));
    }
  }

  /** A request without a body. */
  public static RtspRequest of(Method method, String uri, Headers headers) {
    return new RtspRequest(method, uri, headers, Body.empty());
  }

  @Override
  public String startLine() {
    return method + " " + Excerpt.hideCredentials(uri) + " RTSP/1.0";
  }

  @Override
  public String toString() {
    return startLine() + " " + headers + (body.isEmpty() ? "" : " + " + body);
  }
}
