package dev.photofinish.simulation.year;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The table of {@code docs/auto.md}: each choice in one year of each kind. */
final class YearTable {
  private static final double NANOS_A_MINUTE = 60e9;

  private final long seed;
  private final Map<Kind, Life> lives = new TreeMap<>();
  private final Map<Choice, Map<Kind, Year.Tally>> tallies = new LinkedHashMap<>();

  YearTable(long seed) {
    this.seed = seed;
    for (Kind kind : Kind.values()) {
      lives.put(kind, Lives.of(kind, seed));
    }
    List<Choice> choices = new ArrayList<>(Choice.FIXED);
    choices.add(Choice.AUTO);
    List<Map<Kind, Year.Tally>> years = choices.parallelStream().map(this::live).toList();
    for (int i = 0; i < choices.size(); i++) {
      tallies.put(choices.get(i), years.get(i));
    }
  }

  private Map<Kind, Year.Tally> live(Choice choice) {
    Map<Kind, Year.Tally> years = new TreeMap<>();
    lives.forEach((kind, life) -> years.put(kind, Year.live(life, choice, seed)));
    return years;
  }

  long dark(Choice choice, Kind kind) {
    return tally(choice, kind).dark();
  }

  private Year.Tally tally(Choice choice, Kind kind) {
    return tallies.getOrDefault(choice, Map.of()).getOrDefault(kind, Year.Tally.NONE);
  }

  /** Over one year of each kind. */
  long dark(Choice choice) {
    return lives.keySet().stream().mapToLong(kind -> dark(choice, kind)).sum();
  }

  /** The least that a fixed choice reaches. */
  long best(Kind kind) {
    return Choice.FIXED.stream().mapToLong(choice -> dark(choice, kind)).min().orElseThrow();
  }

  long best() {
    return Choice.FIXED.stream().mapToLong(this::dark).min().orElseThrow();
  }

  /** In Markdown. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("| minutes without picture |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Kind kind : Kind.values()) {
      head.append(' ').append(kind.name().toLowerCase(Locale.ROOT)).append(" |");
      rule.append("--:|");
    }
    lines.add(head + " all five | dials | own drops |");
    lines.add(rule + "--:|--:|--:|");
    tallies.keySet().forEach(choice -> lines.add(row(choice)));
    lines.add(distance());
    return lines;
  }

  private String row(Choice choice) {
    StringBuilder row = new StringBuilder("| " + choice + " |");
    for (Kind kind : Kind.values()) {
      row.append(cell(dark(choice, kind), best(kind)));
    }
    row.append(cell(dark(choice), best()));
    long dials = lives.keySet().stream().mapToLong(k -> tally(choice, k).dials()).sum();
    long drops = lives.keySet().stream().mapToLong(k -> tally(choice, k).ownDrops()).sum();
    return row + " " + dials + " | " + drops + " |";
  }

  private static String cell(long dark, long best) {
    String mark = dark == best ? "**" : "";
    return String.format(Locale.ROOT, " %s%.1f%s |", mark, dark / NANOS_A_MINUTE, mark);
  }

  private String distance() {
    StringBuilder row = new StringBuilder("| *auto against the best fixed choice* |");
    for (Kind kind : Kind.values()) {
      row.append(percent(dark(Choice.AUTO, kind), best(kind)));
    }
    return row + percent(dark(Choice.AUTO), best()) + " | |";
  }

  private static String percent(long dark, long best) {
    return String.format(Locale.ROOT, " %+.1f %% |", 100.0 * dark / best - 100);
  }
}
