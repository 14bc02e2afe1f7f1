package dev.photofinish.camera;

/** A scheme by which a camera asks for user and password. */
public enum AuthScheme {
  /** RFC 7617. */
  BASIC(""),
  /** RFC 2617 Digest, without {@code algorithm}, as most cameras send it. */
  DIGEST("MD5"),
  /** RFC 7616 Digest with {@code algorithm=SHA-256}. */
  DIGEST_SHA_256("SHA-256");

  private final String algorithm;

  AuthScheme(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The name of its hash in the Java platform; empty for Basic. */
  String algorithm() {
    return algorithm;
  }
}
