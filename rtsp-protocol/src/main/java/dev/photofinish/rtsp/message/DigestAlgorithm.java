package dev.photofinish.rtsp.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The hash of a Digest challenge (RFC 7616 section 6.1, RFC 2617 section 3.2.1). */
public enum DigestAlgorithm {
  MD5("MD5", "MD5", false),
  MD5_SESS("MD5-sess", "MD5", true),
  SHA_256("SHA-256", "SHA-256", false),
  SHA_256_SESS("SHA-256-sess", "SHA-256", true),
  SHA_512_256("SHA-512-256", "SHA-512/256", false),
  SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256", true);

  private final String token;
  private final String hash;
  private final boolean session;

  DigestAlgorithm(String token, String hash, boolean session) {
    this.token = token;
    this.hash = hash;
    this.session = session;
  }

  static Optional<DigestAlgorithm> of(String token) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.token.equalsIgnoreCase(token))
        .findFirst();
  }

  /** The name as it stands in the header. */
  public String token() {
    return token;
  }

  /**
   * The hash of {@code user:realm:password}, in lower-case hex: all that a server needs to know of
   * a password. It is as good as the password in that realm.
   */
  public String userHash(Credentials credentials, String realm) {
    return hash(credentials.user() + ":" + realm + ":" + credentials.password());
  }

  /** Whether the first hash takes in the nonces (the {@code -sess} variants). */
  boolean isSession() {
    return session;
  }

  /** The hash of the text in UTF-8, in lower-case hex. */
  String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no " + hash, e);
    }
  }
}
