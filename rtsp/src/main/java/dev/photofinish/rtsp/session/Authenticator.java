package dev.photofinish.rtsp.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges met on one connection, and knows when to stop: cameras lock accounts, so
 * credentials that were refused are never sent again.
 *
 * <p>Of several challenges the strongest is answered: Digest with SHA-256, Digest with MD5, Basic.
 */
final class Authenticator {

  /** What to do about a 401. */
  enum Verdict {
    /** Send the request again: it will carry credentials. */
    ANSWER,
    /** There is nothing to answer with. */
    NO_CREDENTIALS,
    /** The credentials were sent and refused. */
    WRONG_CREDENTIALS,
    /** The camera asks for something that is not known here. */
    UNKNOWN_SCHEME
  }

  /** A camera that calls every nonce stale would be answered for ever. */
  private static final int MAX_RENEWALS = 2;

  private final @Nullable Credentials credentials;
  private final RandomGenerator random;
  private @Nullable Challenge challenge;
  private @Nullable Digest digest;
  private boolean accepted;
  private int renewals;

  /**
   * @param credentials null where none may be sent to this host
   * @param random draws the client's nonces
   */
  Authenticator(@Nullable Credentials credentials, RandomGenerator random) {
    this.credentials = credentials;
    this.random = random;
  }

  /** The {@code Authorization} header of the next request; empty before any challenge. */
  Optional<String> authorization(String method, String uri) {
    if (challenge == null || credentials == null) {
      return Optional.empty();
    }
    return Optional.of(digest == null ? basic(credentials) : digest.authorization(method, uri));
  }

  /** A request that carried credentials was answered with anything but 401. */
  void accepted() {
    accepted = true;
    renewals = 0;
  }

  /**
   * A 401 came.
   *
   * @param headers the values of {@code WWW-Authenticate}
   * @param carried whether the refused request carried credentials
   */
  Verdict challenged(List<String> headers, boolean carried) {
    if (credentials == null) {
      return Verdict.NO_CREDENTIALS;
    }
    Optional<Challenge> strongest = strongest(Challenge.parse(headers));
    if (strongest.isEmpty()) {
      return carried ? Verdict.WRONG_CREDENTIALS : Verdict.UNKNOWN_SCHEME;
    }
    if (carried && !isRenewal(strongest.get())) {
      return Verdict.WRONG_CREDENTIALS;
    }
    renewals += carried ? 1 : 0;
    adopt(strongest.get(), credentials);
    return Verdict.ANSWER;
  }

  private void adopt(Challenge strongest, Credentials own) {
    challenge = strongest;
    digest = strongest.isDigest() ? new Digest(strongest, own, random) : null;
    accepted = false;
  }

  /**
   * Whether only the nonce is too old. Cameras forget to say {@code stale=true}; credentials that
   * this connection has seen accepted are not wrong now, so a new nonce is tried once.
   */
  private boolean isRenewal(Challenge offered) {
    if (challenge == null || !offered.isDigest() || renewals == MAX_RENEWALS) {
      return false;
    }
    boolean newNonce = !offered.parameter("nonce", "").equals(challenge.parameter("nonce", ""));
    return newNonce && (offered.isStale() || accepted);
  }

  private static Optional<Challenge> strongest(List<Challenge> offered) {
    return offered.stream()
        .filter(c -> c.isBasic() || Digest.isUsable(c))
        .max(Comparator.comparingInt(c -> c.isBasic() ? 0 : Digest.strength(c)));
  }

  private static String basic(Credentials own) {
    String pair = own.user() + ":" + own.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
