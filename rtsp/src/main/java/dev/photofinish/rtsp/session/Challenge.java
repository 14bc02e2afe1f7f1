package dev.photofinish.rtsp.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 7235 section 4.1, RFC 7616 section 3.3).
 *
 * @param scheme in lower case
 * @param parameters by name in lower case, unquoted
 */
record Challenge(String scheme, Map<String, String> parameters) {

  private static final Pattern SCHEME =
      Pattern.compile("\\G[\\s,]*([A-Za-z][\\w-]*)(?:\\s+(?=[\\w-]+\\s*=)|\\s*(?=,|$))");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\G[\\s,]*([\\w-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)(?:\"|$)|([^\\s,\"]*))");

  /** Every challenge of every header value; what cannot be read is passed over. */
  static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    headers.forEach(header -> parse(header, challenges));
    return challenges;
  }

  private static void parse(String header, List<Challenge> into) {
    Matcher scheme = SCHEME.matcher(header);
    int at = 0;
    while (scheme.find(at)) {
      Map<String, String> parameters = new LinkedHashMap<>();
      at = parameters(header, scheme.end(), parameters);
      into.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
    }
  }

  private static int parameters(String header, int from, Map<String, String> into) {
    Matcher parameter = PARAMETER.matcher(header);
    int at = from;
    while (parameter.find(at)) {
      String quoted = parameter.group(2);
      String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      into.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
      at = parameter.end();
    }
    return at;
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  String parameter(String name, String absent) {
    return parameters.getOrDefault(name, absent);
  }

  boolean isBasic() {
    return scheme.equals("basic");
  }

  boolean isDigest() {
    return scheme.equals("digest") && parameters.containsKey("nonce");
  }

  /** RFC 7616 section 3.3: the digest was right, only its nonce was too old. */
  boolean isStale() {
    return parameter("stale", "false").equalsIgnoreCase("true");
  }
}
