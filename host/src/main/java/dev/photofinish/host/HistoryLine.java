package dev.photofinish.host;

import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.history.HistoryEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The history of one address, as a line of a {@link HistoryText}.
 *
 * @param fields remote, local, smoothed, deviation, times, timed-at, good-at, failure, failed-at
 * @param now milliseconds since 1970
 */
record HistoryLine(List<String> fields, long now) {
  private static final String NONE = "-";
  private static final int FIELDS = 9;

  /** Twice what the longest line needs. */
  private static final int MOST_LETTERS = 1024;

  HistoryLine {
    if (fields.size() != FIELDS) {
      throw new IllegalArgumentException(
          fields.size() + " fields; expected " + FIELDS + " separated by blanks");
    }
  }

  static HistoryLine parse(String line, long now) {
    if (line.length() > MOST_LETTERS) {
      throw new IllegalArgumentException(
          line.length() + " letters; expected at most " + MOST_LETTERS);
    }
    return new HistoryLine(List.of(line.split(" ", -1)), now);
  }

  static HistoryLine of(HistoryEntry known, long now) {
    String times = known.times().stream().map(String::valueOf).collect(Collectors.joining(","));
    return new HistoryLine(
        List.of(
            Addresses.text(known.remote()),
            known.local() == null ? NONE : Addresses.text(known.local()),
            String.valueOf(known.smoothed()),
            String.valueOf(known.deviation()),
            times.isEmpty() ? NONE : times,
            moment(known.timedAgo(), now),
            moment(known.goodAgo(), now),
            known.failure() == null ? NONE : Option.word(known.failure()),
            moment(known.failedAgo(), now)),
        now);
  }

  private static String moment(long ago, long now) {
    return ago == HistoryEntry.NEVER
        ? NONE
        : String.valueOf(now - TimeUnit.NANOSECONDS.toMillis(ago));
  }

  /** False when the clock was set back meanwhile: then the age of this is unknown. */
  boolean isOfThePast() {
    return ago(5) >= HistoryEntry.NEVER
        && ago(6) >= HistoryEntry.NEVER
        && ago(8) >= HistoryEntry.NEVER;
  }

  /**
   * @throws IllegalArgumentException for what no history has written
   */
  HistoryEntry remembered() {
    return new HistoryEntry(
        remote(), local(), times(), number(2), number(3), ago(5), ago(6), failure(), ago(8));
  }

  private InetSocketAddress remote() {
    String text = fields.get(0);
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
    return new InetSocketAddress(
        Addresses.parse(host), Math.toIntExact(number(text.substring(colon + 1))));
  }

  private @Nullable InetAddress local() {
    return isNone(1) ? null : Addresses.parse(fields.get(1));
  }

  private List<Long> times() {
    return isNone(4)
        ? List.of()
        : Arrays.stream(fields.get(4).split(",", -1)).map(HistoryLine::number).toList();
  }

  private @Nullable Cause failure() {
    return isNone(7) ? null : Option.parseWord("failure", fields.get(7), Cause.class);
  }

  /** Nanoseconds; far below {@link HistoryEntry#NEVER} for what lies in the future. */
  private long ago(int index) {
    return isNone(index) ? HistoryEntry.NEVER : TimeUnit.MILLISECONDS.toNanos(now - number(index));
  }

  private boolean isNone(int index) {
    return fields.get(index).equals(NONE);
  }

  private long number(int index) {
    return number(fields.get(index));
  }

  private static long number(String digits) {
    if (!digits.matches("\\d{1,15}")) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "'%.40s' is not valid; expected a whole number", digits));
    }
    return Long.parseLong(digits);
  }
}
