package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.DigestAlgorithm;

/**
 * A user's password as it is stored: the hashes of {@code user:realm:password} that Digest needs
 * (RFC 7616 section 3.4.2). They do not show the password, but with them anyone can log in to this
 * realm: keep them as secret as it. No {@code toString} shows them.
 *
 * @param md5 in lower-case hex
 * @param sha256 in lower-case hex
 */
public record UserHashes(String md5, String sha256) {

  /** The hashes of these credentials in this realm. */
  public static UserHashes of(Credentials credentials, String realm) {
    return new UserHashes(
        DigestAlgorithm.MD5.userHash(credentials, realm),
        DigestAlgorithm.SHA_256.userHash(credentials, realm));
  }

  @Override
  public String toString() {
    return "UserHashes[***]";
  }
}
