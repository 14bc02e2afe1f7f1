package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads WWW-Authenticate headers.
 *
 * <p>A comma separates parameters and challenges alike: a part begins a challenge if it is a scheme
 * alone or a scheme, white space and a parameter.
 */
final class ChallengeParser {
  private ChallengeParser() {}

  static List<Challenge> parse(List<String> values) throws RtspFormatException {
    var challenges = new ArrayList<Challenge>();
    RtspFormatException first = null;
    for (AuthParameters parameters : parameters(values)) {
      try {
        challenges.add(challenge(parameters));
      } catch (RtspFormatException e) {
        first = first == null ? e : first;
      }
    }
    if (challenges.isEmpty()) {
      throw first == null ? noChallenge(values) : first;
    }
    return challenges;
  }

  private static RtspFormatException noChallenge(List<String> values) {
    return new RtspFormatException(
        "WWW-Authenticate header",
        String.join(", ", values),
        "a challenge, for example Basic realm=\"x\"");
  }

  private static List<AuthParameters> parameters(List<String> values) {
    var all = new ArrayList<AuthParameters>();
    for (String value : values) {
      for (String part : Syntax.split(value, ',')) {
        var scanner = new TextScanner(part);
        String scheme = scanner.run(ChallengeParser::isOfScheme);
        boolean separated = scanner.space();
        String rest = scanner.rest();
        if (!isParameter(part) && isScheme(scheme, separated, rest)) {
          all.add(new AuthParameters(scheme));
          addTo(all, rest);
        } else {
          addTo(all, part);
        }
      }
    }
    return all;
  }

  /** Whether {@code part} is a name, an equals sign and perhaps a value. */
  private static boolean isParameter(String part) {
    var scanner = new TextScanner(part);
    boolean named = !scanner.run(c -> !TextScanner.isSpace(c) && c != '=' && c != '"').isEmpty();
    scanner.space();
    return named && scanner.take('=');
  }

  private static boolean isScheme(String name, boolean separated, String rest) {
    boolean letter = !name.isEmpty() && isLetter(name.charAt(0));
    return letter && (rest.isEmpty() || (separated && !rest.equals("=")));
  }

  private static boolean isOfScheme(int c) {
    return isLetter(c) || TextScanner.isDigit(c) || c == '_' || c == '-';
  }

  private static boolean isLetter(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static void addTo(List<AuthParameters> all, String part) {
    if (!part.isEmpty() && !all.isEmpty()) {
      all.get(all.size() - 1).add(Parameter.parse(part));
    }
  }

  private static Challenge challenge(AuthParameters parameters) throws RtspFormatException {
    if (parameters.isScheme("Basic")) {
      return new Challenge.Basic(parameters.find("realm").orElse(""));
    }
    if (parameters.isScheme("Digest")) {
      return digest(parameters);
    }
    return new Challenge.Unsupported(parameters.scheme());
  }

  private static Challenge digest(AuthParameters parameters) throws RtspFormatException {
    Optional<String> named = parameters.find("algorithm").filter(name -> !name.isEmpty());
    Optional<DigestAlgorithm> algorithm = named.flatMap(DigestAlgorithm::of);
    if (named.isPresent() && algorithm.isEmpty()) {
      return new Challenge.Unsupported("Digest algorithm=" + named.get());
    }
    Optional<String> qop = parameters.find("qop").filter(offer -> !offer.isBlank());
    boolean auth = qop.filter(ChallengeParser::offersAuth).isPresent();
    if (qop.isPresent() && !auth) {
      return new Challenge.Unsupported("Digest qop=" + qop.get());
    }
    return new Challenge.Digest(
        parameters.require("realm"),
        parameters.require("nonce"),
        parameters.find("opaque"),
        algorithm,
        auth,
        parameters.find("stale").orElse("").equalsIgnoreCase("true"));
  }

  private static boolean offersAuth(String qop) {
    return Syntax.split(qop, ',').stream().anyMatch("auth"::equalsIgnoreCase);
  }
}
