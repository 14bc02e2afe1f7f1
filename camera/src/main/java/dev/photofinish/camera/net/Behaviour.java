package dev.photofinish.camera.net;

/**
 * The treatment of a connection that a server accepted.
 *
 * @param millis when it does it, in milliseconds; 0 and more
 * @param answer what it sends, for {@link Kind#ANSWER}; ISO 8859-1, so a character is a byte
 */
public record Behaviour(Kind kind, long millis, String answer) {

  /** The kinds of treatment. */
  public enum Kind {
    MUTE,
    RESET,
    CLOSE,
    ANSWER
  }

  /** Nothing, ever. */
  public static final Behaviour MUTE = new Behaviour(Kind.MUTE, 0, "");

  public Behaviour {
    if (millis < 0) {
      throw new IllegalArgumentException("a delay is 0 ms or more, not " + millis);
    }
  }

  /** RST, {@code millis} after the accept. */
  public static Behaviour reset(long millis) {
    return new Behaviour(Kind.RESET, millis, "");
  }

  /** FIN, {@code millis} after the accept. */
  public static Behaviour close(long millis) {
    return new Behaviour(Kind.CLOSE, millis, "");
  }

  /** {@code answer}, {@code millis} after the first byte that came. */
  public static Behaviour answer(long millis, String answer) {
    return new Behaviour(Kind.ANSWER, millis, answer);
  }
}
