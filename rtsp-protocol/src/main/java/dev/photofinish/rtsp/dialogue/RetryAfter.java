package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * For how long a camera asks to be left alone (RFC 2326 section 12.31): seconds, or a date. A date
 * is measured from the answer's own Date header, so that no clock but the camera's is asked.
 */
public final class RetryAfter {
  /** More digits than any duration needs, fewer than would not fit. */
  private static final int MOST_DIGITS = 18;

  private RetryAfter() {}

  /** Zero when nothing was asked for, when it cannot be read, or when it is past. */
  public static Duration of(Headers headers) {
    Optional<String> asked = headers.first(HeaderNames.RETRY_AFTER).map(String::strip);
    if (asked.isEmpty()) {
      return Duration.ZERO;
    }
    Duration wait =
        isSeconds(asked.get())
            ? Duration.ofSeconds(Long.parseLong(asked.get()))
            : until(asked.get(), headers.first(HeaderNames.DATE).orElse(""));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static boolean isSeconds(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Duration until(String date, String from) {
    try {
      return Duration.between(parse(from), parse(date));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static ZonedDateTime parse(String date) {
    return ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
