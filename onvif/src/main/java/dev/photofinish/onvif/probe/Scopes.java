package dev.photofinish.onvif.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The words about a device in its scopes (ONVIF Core Specification, section 7.3.3).
 *
 * @param name empty if it gives none, as the others
 * @param hardware mostly the model
 * @param location its parts separated by commas
 */
public record Scopes(String name, String hardware, String location) {
  static final String PREFIX = "onvif://www.onvif.org/";
  static final int MOST = 64;
  static final int LONGEST = 256;

  /** A device that gave none. */
  public static final Scopes NONE = new Scopes("", "", "");

  static Scopes of(List<String> scopes) {
    return new Scopes(
        join(values(scopes, "name/")),
        join(values(scopes, "hardware/")),
        join(values(scopes, "location/")));
  }

  /** Each value once: cameras say the same under {@code location/} and {@code location/city/}. */
  private static Collection<String> values(List<String> scopes, String kind) {
    List<String> values = new ArrayList<>();
    String prefix = PREFIX + kind;
    for (String scope : scopes) {
      if (scope.startsWith(prefix)) {
        values.add(decode(scope.substring(scope.lastIndexOf('/') + 1)));
      }
    }
    return new LinkedHashSet<>(values);
  }

  private static String join(Collection<String> values) {
    String all = String.join(", ", values.stream().filter(value -> !value.isBlank()).toList());
    return all.length() <= LONGEST ? all : all.substring(0, LONGEST);
  }

  /** Percent-encoded UTF-8; what is not encoded well stays as it is. */
  private static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
      bytes[length++] = value < 0 ? bytes[i] : (byte) value;
      i += value < 0 ? 0 : 2;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
  }

  private static int hex(byte high, byte low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : first * 16 + second;
  }
}
