package dev.photofinish.rtsp.message;

/**
 * One header line: a name in the sender's spelling and a value without surrounding white space.
 *
 * @param name compared without case
 * @param value folded lines are joined by one space
 */
public record Header(String name, String value) {
  static final String CREDENTIALS_HIDDEN = "***";

  /** Refuses what would break out of its line. */
  public Header {
    if (!Syntax.isToken(name)) {
      throw new IllegalArgumentException("Not a header name: " + Excerpt.of(name));
    }
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("The value of " + name + " must be one line");
    }
  }

  boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }

  private boolean isSecret() {
    return is(HeaderNames.AUTHORIZATION) || is("Proxy-Authorization") || is(HeaderNames.KEY_MGMT);
  }

  /** The line to be shown: credentials and keys are hidden. */
  @Override
  public String toString() {
    return name + ": " + (isSecret() ? CREDENTIALS_HIDDEN : Excerpt.show(value));
  }
}
