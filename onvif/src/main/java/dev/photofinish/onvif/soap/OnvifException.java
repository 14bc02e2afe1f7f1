package dev.photofinish.onvif.soap;

/** The reason why a camera did not do what was asked, as one sentence for its owner. */
public final class OnvifException extends Exception {
  private static final long serialVersionUID = 1;

  /** The kinds, by what a caller may try next. */
  public enum Kind {
    /** No ONVIF service answered: another address may. */
    NOT_THERE,
    /** The credentials were refused, or missing: trying again may lock the account. */
    REFUSED,
    /** The service lacks the operation: another service may have it. */
    UNSUPPORTED,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;

  public OnvifException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public OnvifException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
