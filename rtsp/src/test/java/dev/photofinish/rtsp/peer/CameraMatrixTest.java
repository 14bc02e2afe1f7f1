package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.client.Clients;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The client with each strategy against every behaviour of cameras around connections: what a user
 * would see, and the harm done to the camera and to its other clients, as the table of {@code
 * docs/rtsp.md} says. Many cells run at the same time.
 */
class CameraMatrixTest {
  private static final List<Strategy> STRATEGIES =
      List.of(Strategy.NONE, Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID);

  /** More would wait for each other on a small machine, and their times would say so. */
  private static final int AT_ONCE = 5;

  /** Batches that are measured again in all, because the machine stood still. */
  private static final int MEASURED_AGAIN = 6;

  private final MatrixDocument document = new MatrixDocument();

  /** Those that were never measured on a machine that is calm: their harm alone is judged. */
  private final Set<MatrixScenario> disturbed = EnumSet.noneOf(MatrixScenario.class);

  private int again = MEASURED_AGAIN;

  CameraMatrixTest() throws IOException {}

  /** The behaviours where a client does harm. */
  @Test
  void whereHarmCanBeDoneItIsNoMoreThanTheTableSays() throws Exception {
    check(
        EnumSet.of(MatrixScenario.NEWEST_WINS, MatrixScenario.PENALTY, MatrixScenario.LOCK),
        MatrixCell.SHORT_MS);
  }

  @Test
  @Tag("exhaustive")
  void everyStrategyAgainstEveryBehaviour() throws Exception {
    check(EnumSet.allOf(MatrixScenario.class), MatrixCell.WHOLE_MS);
  }

  @Test
  void theTableHasEveryBehaviour() {
    assertThat(document.labels())
        .containsExactlyElementsOf(
            EnumSet.allOf(MatrixScenario.class).stream().map(MatrixScenario::label).toList());
  }

  private void check(Set<MatrixScenario> scenarios, long millis) throws Exception {
    List<String> wrong = new ArrayList<>();
    run(scenarios, millis)
        .forEach(
            (scenario, results) -> {
              System.out.println("| " + scenario.label() + " | " + text(results) + " |");
              for (int i = 0; i < results.size(); i++) {
                String expected = document.cell(scenario.label(), i);
                if (!holds(scenario, expected, results.get(i), millis)) {
                  wrong.add(
                      scenario.label()
                          + ", "
                          + STRATEGIES.get(i)
                          + ": "
                          + results.get(i)
                          + ", not "
                          + expected);
                }
              }
            });
    assertThat(wrong).isEmpty();
  }

  /** A part of the time does a part of the harm, and so does a machine that stands still. */
  private boolean holds(
      MatrixScenario scenario, String cell, MatrixCell.Result result, long millis) {
    boolean isWhole = millis == MatrixCell.WHOLE_MS && !disturbed.contains(scenario);
    return isWhole ? MatrixDocument.holds(cell, result) : MatrixDocument.isNoMoreHarm(cell, result);
  }

  private static String text(List<MatrixCell.Result> results) {
    return String.join(" | ", results.stream().map(MatrixCell.Result::toString).toList());
  }

  private Map<MatrixScenario, List<MatrixCell.Result>> run(
      Set<MatrixScenario> scenarios, long millis) throws Exception {
    // What is loaded and compiled by the first streams is not to be the first cells' time.
    try (Standstill machine = Standstill.start()) {
      runTogether(
          List.copyOf(EnumSet.range(MatrixScenario.HEALTHY, MatrixScenario.HANGS)),
          MatrixCell.SHORT_MS,
          machine);
    }
    Map<MatrixScenario, List<MatrixCell.Result>> results = new EnumMap<>(MatrixScenario.class);
    List<MatrixScenario> left = new ArrayList<>(scenarios);
    while (!left.isEmpty()) {
      List<MatrixScenario> together = left.subList(0, Math.min(AT_ONCE, left.size()));
      results.putAll(measured(together, millis));
      together.clear();
    }
    return results;
  }

  private Map<MatrixScenario, List<MatrixCell.Result>> measured(
      List<MatrixScenario> scenarios, long millis) throws Exception {
    while (true) {
      try (Standstill machine = Standstill.start()) {
        Map<MatrixScenario, List<MatrixCell.Result>> results =
            runTogether(scenarios, millis, machine);
        if (machine.isCalm()) {
          return results;
        }
        System.out.println(scenarios + ": the machine " + machine);
        if (again == 0 || millis != MatrixCell.WHOLE_MS) {
          disturbed.addAll(scenarios);
          return results;
        }
        again--;
      }
    }
  }

  private static Map<MatrixScenario, List<MatrixCell.Result>> runTogether(
      List<MatrixScenario> scenarios, long millis, Standstill machine) throws Exception {
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    Map<MatrixScenario, List<CompletableFuture<MatrixCell.Result>>> cells =
        new EnumMap<>(MatrixScenario.class);
    try (RtspClient client = Clients.create()) {
      for (MatrixScenario scenario : scenarios) {
        cells.put(
            scenario,
            STRATEGIES.stream()
                .map(
                    strategy ->
                        MatrixCell.start(scenario, strategy, millis, client, scheduler, machine))
                .toList());
      }
      Map<MatrixScenario, List<MatrixCell.Result>> results = new EnumMap<>(MatrixScenario.class);
      for (var row : cells.entrySet()) {
        List<MatrixCell.Result> ended = new ArrayList<>();
        for (CompletableFuture<MatrixCell.Result> cell : row.getValue()) {
          ended.add(cell.get(60, TimeUnit.SECONDS));
        }
        results.put(row.getKey(), ended);
      }
      return results;
    } finally {
      scheduler.shutdownNow();
    }
  }
}
