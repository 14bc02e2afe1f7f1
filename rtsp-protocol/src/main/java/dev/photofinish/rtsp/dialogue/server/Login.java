package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.Challenge;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.DigestAlgorithm;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Challenges readers and judges their answers (RFC 7616, RFC 7617). How long it takes shows neither
 * whether there is such a user nor how much of an answer is right, and what was offered is never
 * shown.
 *
 * <p>The {@code uri} of an answer need not be the request's: live555 answers all with the URL of
 * its DESCRIBE. An answer holds for one nonce, which holds for one connection.
 */
final class Login {
  /** The worth of an answer. */
  enum Verdict {
    GRANTED,
    /** No answer yet, nothing wrong. */
    MISSING,
    /** Right, but for a nonce that is old, or a second time. */
    STALE,
    WRONG
  }

  /**
   * @param user empty unless granted
   */
  record Judgement(Verdict verdict, String user) {}

  /** In place of a user who is not there, so that the same work is done. */
  private static final UserHashes NOBODY = new UserHashes("0".repeat(32), "0".repeat(64));

  private final Access access;
  private final boolean encrypted;
  private final Nonce nonce;

  Login(Access access, boolean encrypted, Nonce nonce) {
    this.access = access;
    this.encrypted = encrypted;
    this.nonce = nonce;
  }

  Judgement judge(RtspRequest request, long now) {
    Optional<String> header = request.headers().first(HeaderNames.AUTHORIZATION);
    if (header.isEmpty()) {
      return new Judgement(Verdict.MISSING, "");
    }
    try {
      Authorization offered = Authorization.parse(header.get());
      if (offered instanceof Authorization.Digest digest) {
        return judge(digest, request, now);
      }
      Credentials credentials = ((Authorization.Basic) offered).credentials();
      boolean right = matches(credentials) && encrypted;
      return judgement(right ? Verdict.GRANTED : Verdict.WRONG, credentials.user());
    } catch (RtspFormatException e) {
      return new Judgement(Verdict.WRONG, "");
    }
  }

  private Judgement judge(Authorization.Digest digest, RtspRequest request, long now) {
    Optional<UserHashes> stored = access.find(digest.user());
    UserHashes hashes = stored.orElse(NOBODY);
    boolean sha256 = digest.effectiveAlgorithm() == DigestAlgorithm.SHA_256;
    boolean offered = sha256 || digest.effectiveAlgorithm() == DigestAlgorithm.MD5;
    boolean answers = digest.isAnswerOf(sha256 ? hashes.sha256() : hashes.md5(), request.method());
    boolean right =
        answers && offered && stored.isPresent() && digest.realm().equals(access.realm());
    if (!right) {
      return judgement(Verdict.WRONG, "");
    }
    return judgement(nonce.isFresh(digest, now) ? Verdict.GRANTED : Verdict.STALE, digest.user());
  }

  private static Judgement judgement(Verdict verdict, String user) {
    return new Judgement(verdict, verdict == Verdict.GRANTED ? user : "");
  }

  private boolean matches(Credentials credentials) {
    Optional<UserHashes> stored = access.find(credentials.user());
    String expected = stored.orElse(NOBODY).sha256();
    String offered = DigestAlgorithm.SHA_256.userHash(credentials, access.realm());
    boolean same = MessageDigest.isEqual(bytes(expected), bytes(offered));
    return same && stored.isPresent();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The challenges that follow a verdict, the strongest first (RFC 7616 section 3.7). MD5 is the
   * last of Digest: FFmpeg before 8 and live555 answer the last one.
   */
  Headers challenges(Verdict verdict, long now) {
    boolean stale = verdict == Verdict.STALE;
    String value = stale ? nonce.renewed(now) : nonce.value(now);
    List<Challenge> challenges = new ArrayList<>();
    challenges.add(digest(DigestAlgorithm.SHA_256, value, stale));
    challenges.add(digest(DigestAlgorithm.MD5, value, stale));
    if (encrypted) {
      challenges.add(new Challenge.Basic(access.realm()));
    }
    Headers headers = Headers.empty();
    for (Challenge challenge : challenges) {
      headers = headers.plus(HeaderNames.WWW_AUTHENTICATE, challenge.toString());
    }
    return headers;
  }

  private Challenge digest(DigestAlgorithm algorithm, String value, boolean stale) {
    return new Challenge.Digest(
        access.realm(), value, Optional.empty(), Optional.of(algorithm), true, stale);
  }
}
