package dev.photofinish.host;

import dev.photofinish.race.history.HistoryEntry;
import java.io.IOException;
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
  private static final String FORMAT = "photofinish-history ";
  private static final String VERSION = FORMAT + "1";
  private static final String NETWORK = "network ";
  private static final String END = "end";
  private static final int MOST_DIGITS = 10;

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
   * @throws IOException for a text of another version
   */
  static HistoryText read(String text, long now) throws IOException {
    List<String> lines = text.lines().toList();
    checkVersion(lines);
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

  /** Another version is not damaged: a program that knows it may be using the file. */
  private static void checkVersion(List<String> lines) throws IOException {
    String first = lines.isEmpty() ? "" : lines.get(0);
    String version = first.startsWith(FORMAT) ? first.substring(FORMAT.length()) : "";
    boolean number = !version.isEmpty() && version.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number && version.length() < MOST_DIGITS && !first.equals(VERSION)) {
      throw new IOException("its format is version " + version + ", and this program knows 1");
    }
  }

  private static void expect(List<String> lines, int index, Predicate<String> is, String expected) {
    if (index < 0 || index >= lines.size() || !is.test(lines.get(index))) {
      throw new IllegalArgumentException("line " + (index + 1) + ": expected " + expected);
    }
  }
}
