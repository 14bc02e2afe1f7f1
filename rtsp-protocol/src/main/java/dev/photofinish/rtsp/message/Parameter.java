package dev.photofinish.rtsp.message;

import java.util.List;
import java.util.Optional;

/**
 * One {@code name=value} or {@code name} of a header or of an SDP line.
 *
 * @param name as written
 * @param value without quotes; empty if there is no equals sign
 */
public record Parameter(String name, Optional<String> value) {

  static Parameter parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return new Parameter(text, Optional.empty());
    }
    String value = Syntax.unquote(text.substring(equals + 1).trim());
    return new Parameter(text.substring(0, equals).trim(), Optional.of(value));
  }

  /** Reads parameters between separators that are not within quotes; empty parts are skipped. */
  public static List<Parameter> parseAll(String text, char separator) {
    return Syntax.split(text, separator).stream().map(Parameter::parse).toList();
  }

  boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }

  /** The value, or nothing for a parameter without one. */
  String text() {
    return value.orElse("");
  }

  /** As it stands in a header: quoted where the value needs it. */
  @Override
  public String toString() {
    return value.map(text -> name + "=" + written(text)).orElse(name);
  }

  /**
   * As it stands in {@code fmtp} of a session description: without quotes, as players read it raw
   * and RFC 6184 section 8.2.1 writes it, but for a value that holds a separator.
   */
  public String toFmtp() {
    return value.map(text -> name + "=" + writtenInFmtp(text)).orElse(name);
  }

  private static String writtenInFmtp(String text) {
    return text.indexOf(';') >= 0 || text.indexOf('"') >= 0 ? Syntax.quote(text) : text;
  }

  private static String written(String text) {
    return text.chars().anyMatch(c -> c <= ' ' || ";,\"".indexOf(c) >= 0)
        ? Syntax.quote(text)
        : text;
  }
}
