package dev.photofinish.retry;

/** Why a try (one race and the dialogue after it) brought no media. */
public enum TryFailure {
  /** Every dial was refused at once: the host is up, its server is not. */
  REFUSED_AT_ONCE("the host refuses connections"),
  /** The device has no place for one more client: 453, 503, or reset after accept. */
  AT_CAPACITY("the device is full"),
  /** The device does not accept the credentials. */
  WRONG_CREDENTIALS("the credentials are wrong"),
  /** The device asks for credentials, and there are none. */
  CREDENTIALS_NEEDED("the camera asks for a user and a password, and none were given"),
  /** Anything else, silence included. */
  OTHER("the try failed");

  private final String words;

  TryFailure(String words) {
    this.words = words;
  }

  /** For a sentence, such as {@code the device is full}. */
  String words() {
    return words;
  }
}
