package dev.photofinish.rtsp.message;

/**
 * A user and a password.
 *
 * <p>No {@code toString} shows the password; only an {@link Authorization} header's value holds
 * what is made from it.
 */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
