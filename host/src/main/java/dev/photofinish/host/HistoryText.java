package dev.photofinish.host;

import dev.photofinish.race.history.HistoryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A history as text: a line with the version, one with the local network, one for each address, and
 * the line {@code end}, without which the text was cut off. The fields of an address, separated by
 * blanks, {@code -} for none:
 *
 * <pre>{@code
 * remote local smoothed deviation times timed-at good-at failure failed-at
 * 192.0.2.1:554 - 2000000 500000 1900000,2100000 1790000000000 1790000000000 - -
 * }</pre>
 *
 * Connect times are nanoseconds, moments are milliseconds since 1970.
 *
 * @param network where this was learnt
 */
record HistoryText(String network, List<HistoryEntry> addresses) {
  private static final String VERSION = "photofinish-history 1";
  private static final String NETWORK = "network ";
  private static final String END = "end";

  /** At {@code now}, in milliseconds since 1970. */
  String write(long now) {
    StringBuilder text = new StringBuilder();
    text.append(VERSION).append('\n').append(NETWORK).append(network).append('\n');
    for (HistoryEntry each : addresses) {
      text.append(String.join(" ", HistoryLine.of(each, now).fields())).append('\n');
    }
    return text.append(END).append('\n').toString();
  }

  /**
   * At {@code now}, in milliseconds since 1970. Addresses with news from the future are left out.
   *
   * @throws IllegalArgumentException for what {@link #write} does not write, with the line
   */
  static HistoryText read(String text, long now) {
    List<String> lines = text.lines().toList();
    expect(lines, 0, VERSION::equals, VERSION);
    expect(lines, 1, line -> line.startsWith(NETWORK), NETWORK.strip() + " and its name");
    expect(lines, lines.size() - 1, END::equals, END + " as the last one");
    List<HistoryEntry> addresses = new ArrayList<>();
    for (int i = 2; i < lines.size() - 1; i++) {
      try {
        HistoryLine line = HistoryLine.parse(lines.get(i), now);
        if (line.isOfThePast()) {
          addresses.add(line.remembered());
        }
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return new HistoryText(lines.get(1).substring(NETWORK.length()), addresses);
  }

  private static void expect(List<String> lines, int index, Predicate<String> is, String expected) {
    if (index < 0 || index >= lines.size() || !is.test(lines.get(index))) {
      throw new IllegalArgumentException("line " + (index + 1) + ": expected " + expected);
    }
  }
}
