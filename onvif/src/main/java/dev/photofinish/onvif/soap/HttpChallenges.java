package dev.photofinish.onvif.soap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the challenges of a WWW-Authenticate header (RFC 7235 section 4.1) in one pass. */
final class HttpChallenges {
  private static final int MOST = 16;
  private static final int MOST_PARAMETERS = 32;

  /**
   * One challenge.
   *
   * @param parameters by their names in lower case, without quotes
   */
  record Challenge(String scheme, Map<String, String> parameters) {}

  private final String header;
  private int at;

  private HttpChallenges(String header) {
    this.header = header;
  }

  /** The challenges in {@code header}, at most 16; what cannot be read is left out. */
  static List<Challenge> parse(String header) {
    return new HttpChallenges(header).challenges();
  }

  /** The words between commas. */
  static List<String> list(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int comma = text.indexOf(',', from);
      int to = comma < 0 ? text.length() : comma;
      words.add(text.substring(from, to).strip());
      from = to + 1;
    }
    return words;
  }

  private List<Challenge> challenges() {
    List<Challenge> found = new ArrayList<>();
    while (at < header.length() && found.size() < MOST) {
      skipSeparators();
      String word = token();
      if (word.isEmpty()) {
        at++; // not a token: what cannot be read
      } else if (isAssigned()) {
        String value = value();
        if (!found.isEmpty()) {
          add(found.get(found.size() - 1).parameters(), word, value);
        }
      } else {
        found.add(new Challenge(word, new LinkedHashMap<>()));
      }
    }
    return found;
  }

  private static void add(Map<String, String> parameters, String name, String value) {
    if (parameters.size() < MOST_PARAMETERS) {
      parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }
  }

  private void skipSeparators() {
    while (at < header.length() && (isBlank(header.charAt(at)) || header.charAt(at) == ',')) {
      at++;
    }
  }

  private void skipBlanks() {
    while (at < header.length() && isBlank(header.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private String token() {
    int from = at;
    while (at < header.length() && " \t,=\"".indexOf(header.charAt(at)) < 0) {
      at++;
    }
    return header.substring(from, at);
  }

  /** Whether "=" follows, which is then passed. */
  private boolean isAssigned() {
    skipBlanks();
    if (at < header.length() && header.charAt(at) == '=') {
      at++;
      skipBlanks();
      return true;
    }
    return false;
  }

  private String value() {
    if (at >= header.length() || header.charAt(at) != '"') {
      return token();
    }
    at++;
    StringBuilder value = new StringBuilder();
    while (at < header.length() && header.charAt(at) != '"') {
      if (header.charAt(at) == '\\' && at + 1 < header.length()) {
        at++;
      }
      value.append(header.charAt(at++));
    }
    at++;
    return value.toString();
  }
}
