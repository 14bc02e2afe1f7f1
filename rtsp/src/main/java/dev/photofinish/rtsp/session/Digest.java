package dev.photofinish.rtsp.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers one Digest challenge for as long as its nonce lasts: RFC 7616, and RFC 2617 and RFC 2069
 * for cameras that never heard of it. MD5 and SHA-256, with and without {@code -sess}; {@code
 * qop=auth} or none.
 */
final class Digest {
  private final Challenge challenge;
  private final Credentials credentials;
  private final RandomGenerator random;
  private final String algorithm;
  private final MessageDigest hash;
  private final boolean session;
  private final boolean qop;
  private int count;

  /**
   * @throws IllegalArgumentException for a challenge that is not {@link #isUsable}
   */
  Digest(Challenge challenge, Credentials credentials, RandomGenerator random) {
    this.challenge = challenge;
    this.credentials = credentials;
    this.random = random;
    this.algorithm = algorithm(challenge);
    this.session = algorithm.endsWith("-SESS");
    this.hash = messageDigest(session ? algorithm.substring(0, algorithm.length() - 5) : algorithm);
    this.qop = challenge.parameter("qop") != null;
  }

  static boolean isUsable(Challenge challenge) {
    return challenge.isDigest() && strength(challenge) > 0 && offersAuth(challenge);
  }

  /** 0 for an algorithm not known here; of two challenges the stronger has the higher. */
  static int strength(Challenge challenge) {
    return switch (algorithm(challenge)) {
      case "SHA-256", "SHA-256-SESS" -> 2;
      case "MD5", "MD5-SESS" -> 1;
      default -> 0;
    };
  }

  private static boolean offersAuth(Challenge challenge) {
    @Nullable String qop = challenge.parameter("qop");
    return qop == null
        || Arrays.stream(qop.split(",")).anyMatch(o -> o.strip().equalsIgnoreCase("auth"));
  }

  /** The value of the {@code Authorization} header for one request. */
  String authorization(String method, String uri) {
    count++;
    String nc = String.format(Locale.ROOT, "%08x", count);
    String cnonce = qop || session ? String.format(Locale.ROOT, "%016x", random.nextLong()) : "";
    StringBuilder header = new StringBuilder("Digest");
    quoted(header, "username", credentials.user());
    quoted(header, "realm", challenge.parameter("realm", ""));
    quoted(header, "nonce", challenge.parameter("nonce", ""));
    quoted(header, "uri", uri);
    quoted(header, "response", response(method, uri, nc, cnonce));
    if (challenge.parameter("algorithm") != null) {
      header.append(", algorithm=").append(challenge.parameter("algorithm"));
    }
    if (challenge.parameter("opaque") != null) {
      quoted(header, "opaque", challenge.parameter("opaque", ""));
    }
    if (qop) {
      header.append(", qop=auth, nc=").append(nc);
    }
    if (qop || session) {
      quoted(header, "cnonce", cnonce);
    }
    return header.toString();
  }

  /** RFC 7616 section 3.4.1; without qop, RFC 2069 section 2.1.2. */
  private String response(String method, String uri, String nc, String cnonce) {
    String nonce = challenge.parameter("nonce", "");
    String a1 =
        hash(
            credentials.user()
                + ":"
                + challenge.parameter("realm", "")
                + ":"
                + credentials.password());
    if (session) {
      a1 = hash(a1 + ":" + nonce + ":" + cnonce); // RFC 7616 section 3.4.2
    }
    String a2 = hash(method + ":" + uri);
    return qop
        ? hash(a1 + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + a2)
        : hash(a1 + ":" + nonce + ":" + a2);
  }

  private String hash(String text) {
    return HexFormat.of().formatHex(hash.digest(text.getBytes(UTF_8)));
  }

  private static void quoted(StringBuilder header, String name, String value) {
    header
        .append(header.length() == 6 ? " " : ", ")
        .append(name)
        .append("=\"")
        .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
        .append('"');
  }

  /** RFC 7616 section 3.3: MD5 where the challenge names none. */
  private static String algorithm(Challenge challenge) {
    return challenge.parameter("algorithm", "MD5").strip().toUpperCase(Locale.ROOT);
  }

  private static MessageDigest messageDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(
          algorithm + " is not a digest algorithm known here; expected MD5 or SHA-256", e);
    }
  }
}
