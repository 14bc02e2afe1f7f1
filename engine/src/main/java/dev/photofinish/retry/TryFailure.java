package dev.photofinish.retry;

/** The reason why a try (one race and the dialogue after it) brought no media. */
public enum TryFailure {
  /** Every dial was refused at once: the host is up, its server is not. */
  REFUSED_AT_ONCE("the host refuses connections"),
  /** The device takes no further client: 453 or 503. */
  AT_CAPACITY("the device is full"),
  /** The device accepted and reset before it answered: it is full, or going down. */
  RESET_AFTER_ACCEPT("the device accepts connections and resets them"),
  /** The device does not accept the credentials. */
  WRONG_CREDENTIALS("the credentials are wrong"),
  /** The device asks for credentials, and there are none. */
  CREDENTIALS_NEEDED("the camera asks for a user and a password, and none were given"),
  /** The device asks for a login in no way that the client can answer. */
  LOGIN_UNKNOWN("the camera offers no way to log in that is known here"),
  /** The device knows no stream at the address that was asked for. */
  NO_SUCH_STREAM("the camera has no stream at this address; check the path of the URL"),
  /** The device has nothing of the recording that was asked for. */
  NO_SUCH_RANGE("the camera has nothing to play in this range; check it against its recordings"),
  /** The device offers its media by no transport that the client speaks. */
  NO_TRANSPORT(
      "the camera sends its media by no transport that is supported and the option transport allows"),
  /** The name servers know no host of this name. */
  NO_SUCH_NAME("there is no host of this name; check the URL and the name server"),
  /**
   * TLS ended at the camera's certificate: not signed by a known authority, expired, of another
   * name.
   */
  NOT_TRUSTED("the camera's certificate is not trusted; tls-insecure takes any"),
  /** Anything else, silence included. */
  OTHER("the try failed");

  private final String words;

  TryFailure(String words) {
    this.words = words;
  }

  /** Whether only a change of the device, the network or the URL will help. */
  boolean isLasting() {
    return switch (this) {
      case NO_SUCH_STREAM, NO_SUCH_RANGE, NO_TRANSPORT, NO_SUCH_NAME, NOT_TRUSTED -> true;
      default -> false;
    };
  }

  /** For a sentence, such as {@code the device is full}. */
  String words() {
    return words;
  }
}
