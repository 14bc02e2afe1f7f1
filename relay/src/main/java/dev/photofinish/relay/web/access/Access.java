package dev.photofinish.relay.web.access;

/**
 * The answer to an {@link AccessRequest}.
 *
 * @param verdict whether the request is served
 * @param text for the one who asked: why not, and what to do; with {@link Verdict#UNKNOWN} the
 *     challenge (RFC 9110 section 11.6.1)
 * @param grants what else its sender may do; nothing unless it is served
 */
public record Access(Verdict verdict, String text, Grants grants) {
  /** Served. */
  public static final Access ALLOWED = new Access(Verdict.ALLOWED, "", Grants.ALL);

  private static final Grants NOTHING = (right, camera) -> false;

  /** The verdict on a request. */
  public enum Verdict {
    ALLOWED,
    /** 401: it says nothing, or nothing right, of who sent it. */
    UNKNOWN,
    /** 403 */
    FORBIDDEN,
    /** 404: nothing that its sender may know of. */
    HIDDEN
  }

  /** Served to someone who has these rights and no others. */
  public static Access allowed(Grants grants) {
    return new Access(Verdict.ALLOWED, "", grants);
  }

  /** Not served to anyone from there. */
  public static Access forbidden(String reason) {
    return new Access(Verdict.FORBIDDEN, reason, NOTHING);
  }

  /** Answered as if there were no such camera. */
  public static Access hidden() {
    return new Access(Verdict.HIDDEN, "There is no camera of this name.", NOTHING);
  }

  /** Not served before its sender says who it is, such as {@code Basic realm="Photofinish"}. */
  public static Access unknown(String challenge) {
    return new Access(Verdict.UNKNOWN, challenge, NOTHING);
  }
}
