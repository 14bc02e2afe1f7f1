package dev.photofinish.rtsp.message;

import dev.photofinish.rtsp.message.Authorization.ClientNonce;
import java.util.Optional;

/** Computes the hash of RFC 7616 section 3.4.1. */
final class DigestResponse {
  private DigestResponse() {}

  static Authorization.Digest answer(
      Challenge.Digest challenge,
      Credentials credentials,
      Method method,
      String uri,
      String clientNonce,
      int count) {
    boolean counted = challenge.qopAuth() || challenge.effectiveAlgorithm().isSession();
    var unanswered =
        new Authorization.Digest(
            credentials.user(),
            challenge.realm(),
            challenge.nonce(),
            uri,
            "",
            challenge.opaque(),
            challenge.algorithm(),
            counted
                ? Optional.of(new ClientNonce(clientNonce, count, challenge.qopAuth()))
                : Optional.empty());
    String userHash = challenge.effectiveAlgorithm().userHash(credentials, challenge.realm());
    return withResponse(unanswered, of(unanswered, userHash, method));
  }

  private static Authorization.Digest withResponse(Authorization.Digest digest, String response) {
    return new Authorization.Digest(
        digest.user(),
        digest.realm(),
        digest.nonce(),
        digest.uri(),
        response,
        digest.opaque(),
        digest.algorithm(),
        digest.counted());
  }

  /**
   * {@code KD(H(A1), nonce:nc:cnonce:qop:H(A2))}, or without the middle where there is no qop.
   *
   * @param userHash that of {@link DigestAlgorithm#userHash}
   */
  static String of(Authorization.Digest digest, String userHash, Method method) {
    DigestAlgorithm algorithm = digest.effectiveAlgorithm();
    String first = firstHash(digest, userHash, algorithm);
    String second = algorithm.hash(method + ":" + digest.uri());
    String middle =
        digest
            .counted()
            .filter(ClientNonce::qop)
            .map(nonce -> String.format("%08x:%s:auth:", nonce.count(), nonce.value()))
            .orElse("");
    return algorithm.hash(first + ":" + digest.nonce() + ":" + middle + second);
  }

  private static String firstHash(
      Authorization.Digest digest, String userHash, DigestAlgorithm algorithm) {
    if (!algorithm.isSession()) {
      return userHash;
    }
    String clientNonce = digest.counted().map(ClientNonce::value).orElse("");
    return algorithm.hash(userHash + ":" + digest.nonce() + ":" + clientNonce);
  }
}
