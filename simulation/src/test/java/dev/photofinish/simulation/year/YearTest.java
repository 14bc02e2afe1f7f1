package dev.photofinish.simulation.year;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The worth of {@code auto} in a simulated year: in each kind of life at most a tenth more time
 * without picture than the best fixed choice, and over all kinds less than each single one.
 */
@Tag("exhaustive")
final class YearTest {
  private static final long OF_THE_DOCS = 1;
  private static final long PINNED = 5;
  private static final Path DOCS = Path.of("..", "docs", "auto.md");

  /** Each takes seconds. */
  private static final Map<Long, YearTable> TABLES = new ConcurrentHashMap<>();

  /** So that the table of the documentation is made again: {@code -Dphotofinish.table=5}. */
  private static final String TABLE = "photofinish.table";

  @Test
  void autoIsCloseToTheBestOfEachKindAndBetterThanAnyOverAll() {
    List<YearTable> tables = new ArrayList<>();
    for (long seed = 1; seed <= PINNED; seed++) {
      YearTable table = table(seed);
      closeToTheBestOfEachKind(table, seed);
      assertThat(table.dark(Choice.AUTO)).as("all kinds, seed %s", seed).isLessThan(table.best());
      tables.add(table);
    }
    long fresh = new Random().nextLong();
    System.out.println("seed " + fresh);
    YearTable table = new YearTable(fresh);
    closeToTheBestOfEachKind(table, fresh);
    tables.add(table);
    for (Choice choice : Choice.FIXED) {
      assertThat(sum(tables, Choice.AUTO))
          .as("%s, fresh seed %s", choice, fresh)
          .isLessThan(sum(tables, choice));
    }
  }

  private static YearTable table(long seed) {
    return TABLES.computeIfAbsent(seed, YearTable::new);
  }

  private static void closeToTheBestOfEachKind(YearTable table, long seed) {
    for (Kind kind : Kind.values()) {
      assertThat((double) table.dark(Choice.AUTO, kind))
          .as("%s, seed %s", kind, seed)
          .isLessThanOrEqualTo(1.1 * table.best(kind));
    }
  }

  private static long sum(List<YearTable> tables, Choice choice) {
    return tables.stream().mapToLong(table -> table.dark(choice)).sum();
  }

  @Test
  void theTableOfTheDocumentationIsTheOneThatIsPrinted() throws Exception {
    long seed = Long.getLong(TABLE, OF_THE_DOCS);
    List<String> lines = table(seed).lines();
    lines.forEach(System.out::println);
    if (seed == OF_THE_DOCS) {
      assertThat(Files.readAllLines(DOCS)).containsSequence(lines);
    }
  }
}
