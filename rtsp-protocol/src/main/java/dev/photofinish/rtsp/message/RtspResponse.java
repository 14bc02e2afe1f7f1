package dev.photofinish.rtsp.message;

/**
 * A response (RFC 2326 section 7).
 *
 * @param status three digits, 100 to 999; what cameras answer outside of the RFC's list is kept
 * @param reason human-readable, may be empty
 */
public record RtspResponse(int status, String reason, Headers headers, Body body)
    implements RtspMessage {

  /** Refuses what cannot be written as a status line. */
  public RtspResponse {
    if (status < 100 || status > 999) {
      throw new IllegalArgumentException("A status is 100 to 999: " + status);
    }
    if (reason.chars().anyMatch(c -> c == '\r' || c == '\n')) {
      throw new IllegalArgumentException("A reason is one line: " + Excerpt.of(reason));
    }
  }

  /** A response without a body. */
  public static RtspResponse of(int status, String reason, Headers headers) {
    return new RtspResponse(status, reason, headers, Body.empty());
  }

  /** Whether the status is 200 to 299. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  @Override
  public String startLine() {
    return "RTSP/1.0 " + status + (reason.isEmpty() ? "" : " " + reason);
  }

  /** The response to be shown: what the peer wrote is escaped, credentials are hidden. */
  @Override
  public String toString() {
    return Excerpt.show(startLine()) + " " + headers + (body.isEmpty() ? "" : " + " + body);
  }
}
