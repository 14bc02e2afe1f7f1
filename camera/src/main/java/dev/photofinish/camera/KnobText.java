package dev.photofinish.camera;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text form of the values of {@link Knob}s; each parser throws for what it cannot read. */
final class KnobText {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private KnobText() {}

  static String of(Object value) {
    if (value instanceof Enum<?> constant) {
      return word(constant);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(KnobText::of).collect(Collectors.joining(","));
    }
    if (value instanceof Boolean on) {
      return on ? "on" : "off";
    }
    return value instanceof Duration duration ? of(duration) : value.toString();
  }

  private static String of(Duration value) {
    long millis = value.toMillis();
    if (millis == 0) {
      return "0";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** {@code DROP_OLDEST} is {@code drop-oldest}; {@code STATUS_453} is {@code 453}. */
  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-').replace("status-", "");
  }

  static String words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(KnobText::word)
        .collect(Collectors.joining(", "));
  }

  static <E extends Enum<E>> E parseWord(String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  static List<AuthScheme> parseSchemes(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(word -> parseWord(word.strip(), AuthScheme.class))
        .toList();
  }

  static boolean parseSwitch(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  /** Whether it is the numeric address of a group, or empty. */
  static boolean isGroup(String text) {
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
    return text.isEmpty() || (address != null && address.isMulticastAddress());
  }

  static Duration parseDuration(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
