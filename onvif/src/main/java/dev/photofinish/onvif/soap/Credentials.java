package dev.photofinish.onvif.soap;

/**
 * The user name and the password of a camera. The password is in no text that this makes but what
 * is hashed.
 */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return "Credentials[user=" + user + "]";
  }
}
