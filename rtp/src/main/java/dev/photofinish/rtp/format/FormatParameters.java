package dev.photofinish.rtp.format;

import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The parameters of an fmtp attribute: {@code name=value} after {@code name=value}. */
final class FormatParameters {
  /** Of names; more come from nobody, and are left out. */
  private static final int MOST = 64;

  private final Map<String, String> values = new HashMap<>();

  FormatParameters(String text) {
    int at = 0;
    while (at < text.length() && values.size() < MOST) {
      int end = text.indexOf(';', at);
      end = end < 0 ? text.length() : end;
      add(text.substring(at, end));
      at = end + 1;
    }
  }

  /** The first of a name counts. */
  private void add(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    String value = equals < 0 ? "" : parameter.substring(equals + 1);
    if (!name.isBlank()) {
      values.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), value.strip());
    }
  }

  /**
   * @param name in lower case
   */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A number from 0 up; empty also where the value is none. */
  OptionalInt number(String name) {
    String value = values.getOrDefault(name, "");
    boolean digits = !value.isEmpty() && value.length() < 10;
    for (int i = 0; i < value.length() && digits; i++) {
      digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    return digits ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
  }

  int number(String name, int otherwise) {
    return number(name).orElse(otherwise);
  }

  /** Bytes in base64, missing padding tolerated; empty where the text is not base64. */
  static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Bytes in hexadecimal; empty where the value is something else. */
  Optional<byte[]> hex(String name) {
    String value = values.getOrDefault(name, "");
    if (value.isEmpty() || value.length() % 2 != 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[value.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(value.charAt(2 * i), 16);
      int low = Character.digit(value.charAt(2 * i + 1), 16);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return Optional.of(bytes);
  }
}
