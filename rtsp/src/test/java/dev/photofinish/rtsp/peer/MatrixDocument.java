package dev.photofinish.rtsp.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of {@code docs/rtsp.md} that the matrix is held to. A cell is the time without picture,
 * the connections and the harm, {@code < 3 s · 2–4 · 1 evicted}: the time at most, the others
 * within their range.
 */
final class MatrixDocument {
  private static final String HEADING = "\n## Which strategy for which camera\n";

  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  MatrixDocument() throws IOException {
    String text = Files.readString(Path.of("../docs/rtsp.md"));
    int from = text.indexOf(HEADING) + HEADING.length();
    int to = text.indexOf("\n## ", from);
    text.substring(from, to < 0 ? text.length() : to)
        .lines()
        .filter(line -> line.contains(" · "))
        .filter(line -> line.startsWith("| "))
        .forEach(this::row);
  }

  private void row(String line) {
    List<String> cells = new ArrayList<>(List.of(line.split(" *\\| *", -1)));
    rows.put(cells.get(1), cells.subList(2, cells.size()));
  }

  List<String> labels() {
    return List.copyOf(rows.keySet());
  }

  String cell(String label, int strategy) {
    List<String> cells = rows.getOrDefault(label, List.of());
    return strategy < cells.size() ? cells.get(strategy) : "not in the table";
  }

  /** Whether a result is as a cell says. */
  static boolean holds(String cell, MatrixCell.Result result) {
    String[] parts = cell.split(" · ", -1);
    return parts.length == 3
        && TimeClass.of(result).compareTo(TimeClass.of(parts[0])) <= 0
        && isWithin(parts[1], result.connections())
        && isWithin(count(parts[2], "evicted"), result.evictions())
        && isWithin(count(parts[2], "locked"), result.locks())
        && isWithin(count(parts[2], "banned"), result.bans());
  }

  /** Whether the harm of a result is no more than a cell says. */
  static boolean isNoMoreHarm(String cell, MatrixCell.Result result) {
    String harm = cell.substring(cell.lastIndexOf(" · ") + 3);
    return result.evictions() <= most(count(harm, "evicted"))
        && result.locks() <= most(count(harm, "locked"))
        && result.bans() <= most(count(harm, "banned"));
  }

  private static String count(String harm, String what) {
    for (String part : harm.split(", ", -1)) {
      if (part.endsWith(" " + what)) {
        return part.substring(0, part.indexOf(' '));
      }
    }
    return "0";
  }

  private static boolean isWithin(String range, long number) {
    return number >= least(range) && number <= most(range);
  }

  private static long least(String range) {
    return Long.parseLong(range.substring(0, end(range)));
  }

  private static long most(String range) {
    int end = end(range);
    return Long.parseLong(end == range.length() ? range : range.substring(end + 1));
  }

  private static int end(String range) {
    int dash = range.indexOf('–');
    return dash < 0 ? range.length() : dash;
  }
}
