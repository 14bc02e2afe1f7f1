package dev.photofinish.relay.web.access;

/**
 * The answer to an {@link AccessRequest}.
 *
 * @param verdict whether the request is served
 * @param text for the one who asked: why not, and what to do; with {@link Verdict#UNKNOWN} the
 *     challenge (RFC 9110 section 11.6.1)
 */
public record Access(Verdict verdict, String text) {
  /** Served. */
  public static final Access ALLOWED = new Access(Verdict.ALLOWED, "");

  /** Whether a request is served. */
  public enum Verdict {
    ALLOWED,
    /** 401: it says nothing, or nothing right, of who asks. */
    UNKNOWN,
    /** 403 */
    FORBIDDEN
  }

  /** Not served to anyone from there. */
  public static Access forbidden(String reason) {
    return new Access(Verdict.FORBIDDEN, reason);
  }

  /** Not served before its sender says who it is, such as {@code Basic realm="Photofinish"}. */
  public static Access unknown(String challenge) {
    return new Access(Verdict.UNKNOWN, challenge);
  }
}
