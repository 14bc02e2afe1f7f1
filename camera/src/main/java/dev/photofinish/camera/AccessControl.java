package dev.photofinish.camera;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for credentials and judges them: Basic (RFC 7617) and Digest (RFC 2617, RFC 7616). Nonces
 * carry their time and a seal, so none has to be remembered. The caller gives the time.
 */
final class AccessControl {

  enum Verdict {
    GRANTED,
    MISSING,
    STALE,
    WRONG,
    LOCKED
  }

  private static final String REALM = "Photofinish camera";

  /** A name begins at a word's start alone, and nothing is tried twice: the work is linear. */
  private static final Pattern PARAMETER =
      Pattern.compile("\\b(\\w++)\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s,\"]++))");

  private final CameraOptions options;
  private final String seal;
  private boolean locked;
  private int wrong;
  private long lockedUntil;

  /**
   * @param secret makes nonces of this camera unlike those of another
   */
  AccessControl(CameraOptions options, long secret) {
    this.options = options;
    this.seal = Long.toHexString(secret);
  }

  /** Forgets that the account is locked, as a camera that restarts. */
  void unlock() {
    locked = false;
    wrong = 0;
  }

  /** Whether the account is locked, for the right credentials too. */
  boolean locked(long now) {
    return locked && now - lockedUntil < 0;
  }

  /**
   * @param now nanoseconds of any monotonic clock
   */
  Verdict judge(RtspRequest request, long now) {
    if (!options.protectedByPassword()) {
      return Verdict.GRANTED;
    }
    if (locked(now)) {
      return Verdict.LOCKED;
    }
    locked = false;
    Verdict verdict =
        request
            .header("Authorization")
            .map(value -> judge(request.method(), value, now))
            .orElse(Verdict.MISSING);
    if (verdict == Verdict.WRONG) {
      wrong(now);
    } else if (verdict == Verdict.GRANTED) {
      wrong = 0;
    }
    return verdict;
  }

  private void wrong(long now) {
    if (++wrong < options.get(Knob.LOCK_AFTER)) {
      return;
    }
    wrong = 0;
    locked = !options.get(Knob.LOCK_FOR).isZero();
    lockedUntil = now + options.get(Knob.LOCK_FOR).toNanos();
  }

  private Verdict judge(String method, String authorization, long now) {
    String[] parts = authorization.strip().split("\\s+", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "basic" -> judgeBasic(rest);
      case "digest" -> judgeDigest(method, parameters(rest), now);
      default -> Verdict.WRONG;
    };
  }

  private Verdict judgeBasic(String token) {
    byte[] expected =
        (options.get(Knob.USER) + ":" + options.get(Knob.PASSWORD))
            .getBytes(StandardCharsets.UTF_8);
    boolean right = token.equals(Base64.getEncoder().encodeToString(expected));
    return right && offers(AuthScheme.BASIC) ? Verdict.GRANTED : Verdict.WRONG;
  }

  private Verdict judgeDigest(String method, Map<String, String> given, long now) {
    boolean sha = given.getOrDefault("algorithm", "MD5").equalsIgnoreCase("SHA-256");
    AuthScheme scheme = sha ? AuthScheme.DIGEST_SHA_256 : AuthScheme.DIGEST;
    String nonce = given.getOrDefault("nonce", "");
    boolean right =
        offers(scheme)
            && options.get(Knob.USER).equals(given.get("username"))
            && expected(scheme, method, given).equals(given.get("response"));
    if (!right) {
      return Verdict.WRONG;
    }
    return fresh(nonce, now) ? Verdict.GRANTED : Verdict.STALE;
  }

  private boolean offers(AuthScheme scheme) {
    return options.get(Knob.AUTH).contains(scheme);
  }

  /** RFC 7616 section 3.4.1; without {@code qop} the form of RFC 2069 that cameras still use. */
  private String expected(AuthScheme scheme, String method, Map<String, String> given) {
    String secret =
        hash(scheme, options.get(Knob.USER) + ":" + REALM + ":" + options.get(Knob.PASSWORD));
    String request = hash(scheme, method + ":" + given.get("uri"));
    String middle = given.getOrDefault("nonce", "");
    if (given.containsKey("qop")) {
      middle += ":" + given.get("nc") + ":" + given.get("cnonce") + ":" + given.get("qop");
    }
    return hash(scheme, secret + ":" + middle + ":" + request);
  }

  /** The values of {@code WWW-Authenticate}, one a configured scheme. */
  List<String> challenges(boolean stale, long now) {
    return options.get(Knob.AUTH).stream().map(scheme -> challenge(scheme, stale, now)).toList();
  }

  private String challenge(AuthScheme scheme, boolean stale, long now) {
    if (scheme == AuthScheme.BASIC) {
      return "Basic realm=\"" + REALM + "\"";
    }
    return "Digest realm=\""
        + REALM
        + "\", nonce=\""
        + nonce(now)
        + "\""
        + (scheme == AuthScheme.DIGEST ? "" : ", algorithm=" + scheme.algorithm())
        + (options.get(Knob.DIGEST_QOP) ? ", qop=\"auth\"" : "")
        + (stale ? ", stale=true" : "");
  }

  private String nonce(long time) {
    String stamp = HexFormat.of().toHexDigits(time);
    return stamp + hash(AuthScheme.DIGEST, stamp + seal).substring(0, 16);
  }

  private boolean fresh(String nonce, long now) {
    if (!nonce.matches("[0-9a-f]{32}")) {
      return false;
    }
    long time = HexFormat.fromHexDigitsToLong(nonce, 0, 16);
    long lifetime = options.get(Knob.NONCE_LIFETIME).toNanos();
    return nonce.equals(nonce(time)) && (lifetime == 0 || now - time <= lifetime);
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
    }
    return parameters;
  }

  private static String hash(AuthScheme scheme, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(scheme.algorithm());
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5 and SHA-256", e);
    }
  }
}
