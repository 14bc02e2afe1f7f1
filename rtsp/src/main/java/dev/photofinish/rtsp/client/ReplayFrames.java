package dev.photofinish.rtsp.client;

import dev.photofinish.option.InvalidOptionException;
import java.time.Duration;

/**
 * The pictures of a recording that come, as ONVIF's header Frames asks for them (Streaming
 * Specification, section 6.4).
 *
 * @param kind which of them
 * @param interval between two of {@link Kind#INTRA} at least, whole milliseconds; zero for every
 *     one
 */
public record ReplayFrames(Kind kind, Duration interval) {

  /** A choice among the pictures. */
  public enum Kind {
    /** Every one. */
    ALL,
    /** Those that need no other. */
    INTRA,
    /** Those and the ones that others are predicted from. */
    PREDICTED
  }

  private static final Duration LONGEST = Duration.ofHours(24);

  /** Every picture. */
  public static final ReplayFrames ALL = new ReplayFrames(Kind.ALL, Duration.ZERO);

  static final String EXPECTED = "all, predicted, intra, or intra/MILLISECONDS between two";

  /** Refuses an interval that is negative, above 24 h, or of another kind than INTRA. */
  public ReplayFrames {
    boolean fits = !interval.isNegative() && interval.compareTo(LONGEST) <= 0;
    if (!fits || (kind != Kind.INTRA && !interval.isZero())) {
      throw new InvalidOptionException("frames", kind + "/" + interval, EXPECTED);
    }
  }

  /** Intra pictures, {@code interval} apart at least. */
  public static ReplayFrames intra(Duration interval) {
    return new ReplayFrames(Kind.INTRA, interval);
  }

  static ReplayFrames parse(String option, String text) {
    return switch (text) {
      case "all" -> ALL;
      case "predicted" -> new ReplayFrames(Kind.PREDICTED, Duration.ZERO);
      case "intra" -> intra(Duration.ZERO);
      default -> intra(interval(option, text));
    };
  }

  private static Duration interval(String option, String text) {
    String prefix = "intra/";
    String millis = text.startsWith(prefix) ? text.substring(prefix.length()) : "";
    boolean number =
        !millis.isEmpty() && millis.length() < 9 && millis.chars().allMatch(Character::isDigit);
    if (!number) {
      throw new InvalidOptionException(option, text, EXPECTED);
    }
    return Duration.ofMillis(Long.parseLong(millis));
  }

  boolean isAll() {
    return kind == Kind.ALL;
  }

  /** The header's value. */
  @Override
  public String toString() {
    return switch (kind) {
      case ALL -> "all";
      case INTRA -> interval.isZero() ? "intra" : "intra/" + interval.toMillis();
      case PREDICTED -> "predicted";
    };
  }
}
