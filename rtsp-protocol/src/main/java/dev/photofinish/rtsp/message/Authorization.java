package dev.photofinish.rtsp.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The Authorization header: a client's answer to a {@link Challenge}.
 *
 * <p>{@link #headerValue()} is for the wire alone; {@code toString} hides the secret.
 */
public sealed interface Authorization {

  /** What goes on the wire. */
  String headerValue();

  /** User and password in base 64 of UTF-8 (RFC 7617). */
  record Basic(Credentials credentials) implements Authorization {
    @Override
    public String headerValue() {
      return AuthorizationText.basic(credentials);
    }

    @Override
    public String toString() {
      return "Basic ***";
    }
  }

  /**
   * A hash of user, password and nonce (RFC 2617 section 3.2.2, RFC 7616 section 3.4).
   *
   * @param uri the target of the request that carries the header
   * @param response the hash
   * @param counted client nonce and count, which a challenge with {@code qop} asks for
   */
  record Digest(
      String user,
      String realm,
      String nonce,
      String uri,
      String response,
      Optional<String> opaque,
      Optional<DigestAlgorithm> algorithm,
      Optional<ClientNonce> counted)
      implements Authorization {

    @Override
    public String headerValue() {
      return AuthorizationText.digest(this);
    }

    @Override
    public String toString() {
      return "Digest ***";
    }

    /** The algorithm that the answer was made with. */
    public DigestAlgorithm effectiveAlgorithm() {
      return algorithm.orElse(DigestAlgorithm.MD5);
    }

    /**
     * Whether this is the answer of someone who knows the credentials, for servers.
     *
     * @param method of the request that carried the header
     */
    public boolean isAnswerOf(Credentials credentials, Method method) {
      return user.equals(credentials.user())
          && isAnswerOf(effectiveAlgorithm().userHash(credentials, realm), method);
    }

    /**
     * Whether this is the answer of someone who knows the password, for servers that do not. How
     * long it takes does not show how much of the answer is right.
     *
     * @param userHash {@link DigestAlgorithm#userHash} by {@link #effectiveAlgorithm}
     * @param method of the request that carried the header
     */
    public boolean isAnswerOf(String userHash, Method method) {
      return MessageDigest.isEqual(
          response.getBytes(StandardCharsets.UTF_8),
          DigestResponse.of(this, userHash, method).getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Proof against replay (RFC 2617 section 3.2.2).
   *
   * @param value the client's random text
   * @param count how many requests used the server's nonce, this one included, from 1
   * @param qop whether the challenge offered {@code qop=auth}; a {@code -sess} algorithm without it
   *     needs the value alone
   */
  record ClientNonce(String value, int count, boolean qop) {}

  /**
   * The answer to a challenge.
   *
   * @param uri target of the request, as in its first line
   * @param clientNonce fresh random text for this server nonce, of letters and digits
   * @param count how many requests used the server's nonce, this one included, from 1
   * @throws IllegalArgumentException for a challenge that is not supported
   */
  static Authorization answer(
      Challenge challenge,
      Credentials credentials,
      Method method,
      String uri,
      String clientNonce,
      int count) {
    if (challenge instanceof Challenge.Basic) {
      return new Basic(credentials);
    }
    if (challenge instanceof Challenge.Digest digest) {
      return DigestResponse.answer(digest, credentials, method, uri, clientNonce, count);
    }
    throw new IllegalArgumentException("Cannot answer " + challenge);
  }

  /**
   * Reads a header's value, for servers.
   *
   * @throws RtspFormatException that never quotes the value
   */
  static Authorization parse(String value) throws RtspFormatException {
    return AuthorizationText.parse(value);
  }
}
