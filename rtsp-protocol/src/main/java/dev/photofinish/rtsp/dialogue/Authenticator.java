package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.Challenge;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.DigestAlgorithm;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges met on one connection, and knows when to stop: cameras lock accounts, so
 * credentials that were refused are never sent again.
 *
 * <p>Of several challenges the strongest is answered: Digest with SHA-512-256, SHA-256, MD5, then
 * Basic.
 */
public final class Authenticator {

  /** The consequence of a 401. */
  public enum Verdict {
    /** Send the request again: it will carry credentials. */
    ANSWER,
    NO_CREDENTIALS,
    WRONG_CREDENTIALS,
    UNKNOWN_SCHEME;

    /** The end of a dialogue that cannot go on without the login; none for {@link #ANSWER}. */
    public EndReason.Kind end() {
      return switch (this) {
        case ANSWER -> throw new IllegalStateException("a challenge that is answered is no end");
        case NO_CREDENTIALS -> EndReason.Kind.LOGIN_NEEDED;
        case WRONG_CREDENTIALS -> EndReason.Kind.UNAUTHORIZED;
        case UNKNOWN_SCHEME -> EndReason.Kind.LOGIN_UNKNOWN;
      };
    }

    /** Human-readable: why it cannot be answered. */
    private String reason() {
      return switch (this) {
        case ANSWER -> "credentials follow";
        case NO_CREDENTIALS -> "user and password are needed";
        case WRONG_CREDENTIALS -> "user or password is wrong";
        case UNKNOWN_SCHEME -> "it asks for neither Digest nor Basic as known here";
      };
    }
  }

  private static final Comparator<Challenge> WEAKEST_FIRST =
      Comparator.<Challenge, Boolean>comparing(c -> c instanceof Challenge.Digest)
          .thenComparing(Authenticator::algorithm);

  /** A camera that calls every nonce stale would be answered for ever. */
  private static final int MAX_RENEWALS = 2;

  private final @Nullable Credentials credentials;
  private final AuthenticationScheme scheme;
  private final RandomGenerator random;
  private @Nullable Challenge challenge;
  private int requests;
  private boolean accepted;
  private int renewals;
  private boolean basicTried;
  private boolean basicLeft;
  private boolean refused;

  /** What was offered last, as the camera wrote it. */
  private List<String> offers = List.of();

  /**
   * @param credentials null where none may be sent to this host
   * @param scheme the only one to use, or any
   * @param random draws the client's nonces
   */
  public Authenticator(
      @Nullable Credentials credentials, AuthenticationScheme scheme, RandomGenerator random) {
    this.credentials = credentials;
    this.scheme = scheme;
    this.random = random;
  }

  /** The {@code Authorization} header of the next request; empty before any challenge. */
  public Optional<String> authorization(Method method, String uri) {
    if (challenge == null || credentials == null || refused) {
      return Optional.empty();
    }
    String nonce = String.format(Locale.ROOT, "%016x", random.nextLong());
    return Optional.of(
        Authorization.answer(challenge, credentials, method, uri, nonce, ++requests).headerValue());
  }

  /** A request that carried credentials was answered with anything but 401. */
  public void accepted() {
    accepted = true;
    renewals = 0;
  }

  /**
   * A 401 came.
   *
   * @param headers the values of {@code WWW-Authenticate}
   * @param carried whether the refused request carried credentials
   */
  public Verdict challenged(List<String> headers, boolean carried) {
    if (credentials == null) {
      return Verdict.NO_CREDENTIALS;
    }
    if (refused) {
      return Verdict.WRONG_CREDENTIALS;
    }
    offers = headers;
    basicLeft =
        scheme == AuthenticationScheme.DIGEST
            && known(headers).stream().anyMatch(Challenge.Basic.class::isInstance);
    Optional<Challenge> strongest = strongest(headers);
    if (strongest.isEmpty()) {
      refused = carried;
      return carried ? Verdict.WRONG_CREDENTIALS : Verdict.UNKNOWN_SCHEME;
    }
    Challenge next = strongest.get();
    if (carried && !isRenewal(next)) {
      Optional<Challenge> basic = basicAfterRefusedDigest(headers);
      if (basic.isEmpty()) {
        refused = true;
        return Verdict.WRONG_CREDENTIALS;
      }
      basicTried = true;
      next = basic.get();
    }
    renewals += carried ? 1 : 0;
    challenge = next;
    requests = 0;
    accepted = false;
    return Verdict.ANSWER;
  }

  /**
   * Human-readable: why a challenge with this verdict is not answered, and of what is not known for
   * certain no more than was seen.
   */
  public String reason(Verdict verdict) {
    if (verdict == Verdict.UNKNOWN_SCHEME && offers.isEmpty()) {
      return "it asks for a login and names no way to log in (WWW-Authenticate is missing)";
    }
    if (verdict == Verdict.UNKNOWN_SCHEME && scheme != AuthenticationScheme.AUTO) {
      String name = scheme.name().toLowerCase(Locale.ROOT);
      return "it does not offer the auth-scheme that was chosen (" + name + ")";
    }
    if (verdict == Verdict.UNKNOWN_SCHEME) {
      return verdict.reason() + ": " + Excerpt.of(String.join(", ", offers));
    }
    if (verdict != Verdict.WRONG_CREDENTIALS) {
      return verdict.reason();
    }
    if (basicLeft) {
      return "Digest was refused; Basic was offered too and not tried (auth-scheme is digest)";
    }
    return (basicTried ? "Digest and Basic were refused: " : "") + verdict.reason();
  }

  /**
   * Some cameras offer Digest and Basic and take Basic alone: it is tried once, where it is offered
   * again after a Digest that this connection never saw accepted.
   */
  private Optional<Challenge> basicAfterRefusedDigest(List<String> headers) {
    boolean allowed = scheme == AuthenticationScheme.AUTO && !basicTried && !accepted;
    return !allowed || !(challenge instanceof Challenge.Digest)
        ? Optional.empty()
        : known(headers).stream().filter(c -> c instanceof Challenge.Basic).findFirst();
  }

  /**
   * Whether only the nonce is too old. Cameras forget to say {@code stale=true}; credentials that
   * this connection has seen accepted are not wrong now, so a new nonce is tried once.
   */
  private boolean isRenewal(Challenge offered) {
    if (!(offered instanceof Challenge.Digest next)
        || !(challenge instanceof Challenge.Digest last)) {
      return false;
    }
    return renewals < MAX_RENEWALS
        && !next.nonce().equals(last.nonce())
        && (next.stale() || accepted);
  }

  private Optional<Challenge> strongest(List<String> headers) {
    return known(headers).stream().filter(this::isWanted).max(WEAKEST_FIRST);
  }

  private boolean isWanted(Challenge offered) {
    return switch (scheme) {
      case AUTO -> true;
      case DIGEST -> offered instanceof Challenge.Digest;
      case BASIC -> offered instanceof Challenge.Basic;
    };
  }

  private static List<Challenge> known(List<String> headers) {
    try {
      return Challenge.parseAll(headers).stream()
          .filter(c -> !(c instanceof Challenge.Unsupported))
          .toList();
    } catch (RtspFormatException e) {
      return List.of();
    }
  }

  private static DigestAlgorithm algorithm(Challenge offered) {
    return offered instanceof Challenge.Digest digest
        ? digest.effectiveAlgorithm()
        : DigestAlgorithm.MD5;
  }
}
