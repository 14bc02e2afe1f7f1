package dev.photofinish.onvif.soap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Digest challenge of HTTP (RFC 7616; RFC 2069 where it offers no qop) and the answers to it.
 *
 * @param algorithm the platform's name of the hash
 * @param qop whether it offers {@code qop=auth}
 */
public record DigestChallenge(
    String realm, String nonce, String opaque, String algorithm, boolean qop, boolean stale) {

  /** The first challenge among {@code headers} (WWW-Authenticate) that can be answered. */
  public static Optional<DigestChallenge> first(List<String> headers) {
    return headers.stream()
        .flatMap(header -> HttpChallenges.parse(header).stream())
        .flatMap(challenge -> of(challenge).stream())
        .findFirst();
  }

  private static Optional<DigestChallenge> of(HttpChallenges.Challenge challenge) {
    Map<String, String> parameters = challenge.parameters();
    String algorithm =
        switch (parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT)) {
          case "MD5" -> "MD5";
          case "SHA-256" -> "SHA-256";
          default -> "";
        };
    String qop = parameters.getOrDefault("qop", "");
    boolean offersAuth =
        HttpChallenges.list(qop).stream().anyMatch(word -> word.equalsIgnoreCase("auth"));
    if (!challenge.scheme().equalsIgnoreCase("digest")
        || algorithm.isEmpty()
        || !parameters.containsKey("nonce")
        || (!qop.isEmpty() && !offersAuth)
        || !parameters.values().stream().allMatch(DigestChallenge::isPrintable)) {
      return Optional.empty();
    }
    return Optional.of(
        new DigestChallenge(
            parameters.getOrDefault("realm", ""),
            parameters.getOrDefault("nonce", ""),
            parameters.getOrDefault("opaque", ""),
            algorithm,
            offersAuth,
            parameters.getOrDefault("stale", "").equalsIgnoreCase("true")));
  }

  /** What is sent back must be fit for a header. */
  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /**
   * The Authorization header of a POST.
   *
   * @param path the request target, with its query
   * @param count of the requests with this nonce, from 1
   * @param cnonce random text of letters and digits
   */
  public String answer(Credentials credentials, String path, int count, String cnonce) {
    String first = hash(credentials.user() + ":" + realm + ":" + credentials.password());
    String second = hash("POST:" + path);
    String nc = HexFormat.of().toHexDigits(count);
    String middle = qop ? nonce + ":" + nc + ":" + cnonce + ":auth" : nonce;
    StringBuilder header = new StringBuilder("Digest username=").append(quote(credentials.user()));
    header.append(", realm=").append(quote(realm)).append(", nonce=").append(quote(nonce));
    header.append(", uri=").append(quote(path));
    header.append(", response=\"").append(hash(first + ":" + middle + ":" + second)).append('"');
    header.append(", algorithm=").append(algorithm);
    if (!opaque.isEmpty()) {
      header.append(", opaque=").append(quote(opaque));
    }
    if (qop) {
      header.append(", qop=auth, nc=").append(nc).append(", cnonce=\"").append(cnonce).append('"');
    }
    return header.toString();
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  private String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5 and SHA-256", e);
    }
  }
}
