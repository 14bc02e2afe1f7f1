package dev.photofinish.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shared history: its network, its file, and the times of writing, on the test's clock. */
class SharedHistoryTest {
  private static final Candidate CAMERA = candidate("192.0.2.1");
  private static final Candidate OTHER = candidate("192.0.2.2");

  @TempDir private Path folder;
  private long nanos;
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final LogLines log = new LogLines(SharedHistory.class);
  private String network = "lan";
  private long millis = 1_790_000_000_000L;

  @AfterEach
  void stopListening() {
    log.close();
  }

  private static Candidate candidate(String numeric) {
    return new Candidate(new InetSocketAddress(Addresses.parse(numeric), 554));
  }

  private Path path() {
    return folder.resolve("history");
  }

  /** As another process would have it. */
  private SharedHistory kept() {
    InstantSource clock = () -> Instant.ofEpochMilli(millis);
    LocalNetwork here = new LocalNetwork(() -> network);
    return new SharedHistory(here, new HistoryFile(path(), clock), () -> nanos, background::add);
  }

  private void pass(long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
    millis += TimeUnit.SECONDS.toMillis(seconds);
  }

  private void runBackground() {
    for (Runnable task = background.poll(); task != null; task = background.poll()) {
      task.run();
    }
  }

  private void learn(SharedHistory history, Candidate candidate) {
    long now = nanos;
    RaceReport.Attempt won =
        new RaceReport.Attempt(1, candidate, 0, 5, 5, 5, Stage.READY, Outcome.WON, null, null);
    RaceOptions options = RaceOptions.defaults();
    RaceReport report =
        new RaceReport(
            "camera", Strategy.NONE, options, List.of(), List.of(won), Result.WON, won, 5);
    history.learn(history.network(now), report, now);
  }

  private boolean knows(SharedHistory history, Candidate candidate) {
    long now = nanos;
    return history.of(history.network(now), candidate, now) != null;
  }

  @Test
  void anotherNetworkIsAFreshStartAndOneLineInTheLog() {
    SharedHistory history = new SharedHistory(new LocalNetwork(() -> network));
    learn(history, CAMERA);
    assertThat(knows(history, CAMERA)).isTrue();
    network = "lte";
    assertThat(knows(history, CAMERA)).as("it looks once a second").isTrue();
    assertThat(log.at(Level.INFO)).isEmpty();

    pass(1);
    assertThat(knows(history, CAMERA)).isFalse();
    assertThat(knows(history, CAMERA)).isFalse();
    assertThat(log.at(Level.INFO))
        .containsExactly(
            "the local network changed, what was learnt of addresses is forgotten: lte;"
                + " before: lan");

    network = "lan";
    pass(1);
    assertThat(knows(history, CAMERA)).as("coming back is a fresh start").isFalse();
  }

  @Test
  void whatIsKeptIsKnownToTheNextProcess() {
    try (SharedHistory history = kept()) {
      learn(history, CAMERA);
    }
    pass(599);
    assertThat(knows(kept(), CAMERA)).isTrue();
    pass(1);
    assertThat(knows(kept(), CAMERA)).as("10 minutes, whoever remembers").isFalse();
  }

  @Test
  void whatIsKeptHoldsForItsNetwork() {
    try (SharedHistory history = kept()) {
      learn(history, CAMERA);
    }
    network = "lte";
    assertThat(knows(kept(), CAMERA)).isFalse();
  }

  @Test
  void isWrittenAtOnceThenAtMostEveryTenSeconds() {
    SharedHistory history = kept();
    learn(history, CAMERA);
    learn(history, CAMERA);
    assertThat(background).hasSize(1);
    runBackground();
    assertThat(knows(kept(), CAMERA)).isTrue();

    pass(9);
    learn(history, OTHER);
    assertThat(background).isEmpty();
    pass(1);
    learn(history, CAMERA);
    runBackground();
    assertThat(knows(kept(), OTHER)).isTrue();
  }

  @Test
  void closingWritesWhatIsNotWrittenAndNothingElse() throws Exception {
    SharedHistory history = kept();
    history.close();
    assertThat(path()).doesNotExist();

    learn(history, CAMERA);
    runBackground();
    learn(history, OTHER);
    history.close();
    assertThat(knows(kept(), OTHER)).isTrue();

    Files.delete(path());
    history.close();
    assertThat(path()).doesNotExist();
  }

  @Test
  void takesInWhatOthersWrote() {
    SharedHistory one = kept();
    SharedHistory two = kept();
    learn(one, CAMERA);
    learn(two, OTHER);
    one.close();
    assertThat(knows(two, CAMERA)).isFalse();
    two.close();

    assertThat(knows(two, CAMERA)).isTrue();
    assertThat(knows(kept(), CAMERA)).isTrue();
    assertThat(knows(kept(), OTHER)).isTrue();
  }

  /** Else it would come back from the file. */
  @Test
  void whatIsForgottenIsNotTakenInAgain() {
    SharedHistory history = kept();
    learn(history, CAMERA);
    runBackground();
    network = "lte";
    pass(1);
    assertThat(knows(history, CAMERA)).isFalse();
    network = "lan";
    pass(1);
    learn(history, OTHER);
    history.close();

    assertThat(knows(history, CAMERA)).isFalse();
    assertThat(knows(kept(), CAMERA)).isFalse();
    assertThat(knows(kept(), OTHER)).isTrue();
  }

  @Test
  void withoutAThreadALaterRaceTriesAgain() {
    InstantSource clock = () -> Instant.ofEpochMilli(millis);
    LocalNetwork here = new LocalNetwork(() -> network);
    SharedHistory history =
        new SharedHistory(
            here,
            new HistoryFile(path(), clock),
            () -> nanos,
            task -> {
              if (nanos < TimeUnit.SECONDS.toNanos(5)) {
                throw new RejectedExecutionException("no thread today");
              }
              background.add(task);
            });
    learn(history, CAMERA);
    pass(10);
    learn(history, CAMERA);
    runBackground();

    assertThat(path()).exists();
  }
}
