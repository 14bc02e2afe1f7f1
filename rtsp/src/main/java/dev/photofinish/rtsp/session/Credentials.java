package dev.photofinish.rtsp.session;

/** A user and a password. They never appear in a text made from this. */
public record Credentials(String user, String password) {

  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
