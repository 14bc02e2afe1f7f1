package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads WWW-Authenticate headers.
 *
 * <p>A comma separates parameters and challenges alike: a part begins a challenge if it is a scheme
 * alone or a scheme, white space and a parameter.
 */
final class ChallengeParser {
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)(?:\\s+([^=\\s].*|=.+))?", Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile("[^\\s=\"]+\\s*=.*", Pattern.DOTALL);

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
        Matcher scheme = SCHEME.matcher(part);
        if (!PARAMETER.matcher(part).matches() && scheme.matches()) {
          all.add(new AuthParameters(scheme.group(1)));
          addTo(all, scheme.group(2) == null ? "" : scheme.group(2));
        } else {
          addTo(all, part);
        }
      }
    }
    return all;
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
