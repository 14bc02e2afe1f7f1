package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order and the thread of a listener's calls, for every way in which an attempt may end. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RaceListenerTest {
  private final Peers peers = new Peers();
  private final BlackHole hole = new BlackHole("127.0.0.1");
  private final Loops loops = Io.NIO.open();

  @AfterEach
  void close() {
    loops.close();
    hole.close();
    peers.close();
  }

  /** A race, the result it comes to, and an outcome that one of its attempts has. */
  enum Course {
    WON(Result.WON, Outcome.WON, Strategy.FIRST_WINS),
    LOSER_CANCELLED(Result.WON, Outcome.CANCELLED, Strategy.FIRST_WINS),
    REPLACED(Result.WON, Outcome.REPLACED, Strategy.LAST_WINS),
    REFUSED(Result.FAILED, Outcome.FAILED, Strategy.FIRST_WINS),
    EVICTED(Result.FAILED, Outcome.EVICTED, Strategy.FIRST_WINS),
    RETIRED(Result.CANCELLED, Outcome.RETIRED, Strategy.FIRST_WINS),
    TIMED_OUT(Result.TIMED_OUT, Outcome.TIMED_OUT, Strategy.NONE),
    CANCELLED(Result.CANCELLED, Outcome.CANCELLED, Strategy.FIRST_WINS),
    NO_ADDRESS(Result.FAILED, null, Strategy.HYBRID);

    private final Result result;
    private final @Nullable Outcome outcome;
    private final Strategy strategy;

    Course(Result result, @Nullable Outcome outcome, Strategy strategy) {
      this.result = result;
      this.outcome = outcome;
      this.strategy = strategy;
    }
  }

  private Target target(Course course) {
    return switch (course) {
      case WON, REPLACED -> Target.of(peers.greets("127.0.0.1"));
      case LOSER_CANCELLED -> Target.of(peers.mute("127.0.0.1"), peers.greets("127.0.0.2"));
      case REFUSED -> Target.of(Peers.refuses("127.0.0.1"), Peers.refuses("127.0.0.2"));
      case EVICTED -> Target.of(peers.closes("127.0.0.1"));
      case RETIRED, TIMED_OUT, CANCELLED -> Target.of(hole.endpoint());
      case NO_ADDRESS -> Target.parse("[fe80::1%nozone9]:554");
    };
  }

  private static RaceOptions options(Course course) {
    return RaceOptions.builder()
        .connectionRacing(course.strategy)
        .maxParallelConnections(course == Course.RETIRED ? 1 : 2)
        .racingDelay(Duration.ofMillis(100))
        .racingTimeout(Duration.ofMillis(course.result == Result.TIMED_OUT ? 500 : 20_000))
        .build();
  }

  /** Runs the course to its end, the listeners told what they are told. */
  private void run(Course course, Diary diary, RaceListener... others) throws Exception {
    Connector.Builder builder = Connectors.builder().eventLoopGroup(loops.group());
    for (RaceListener other : others) {
      builder.listener(other);
    }
    try (Connector connector = builder.listener(diary).build()) {
      RaceFuture race = connector.connect(target(course), options(course), new Greeting());
      diary.future.complete(race);
      if (course == Course.CANCELLED) {
        Eventually.await(diary.attempted);
        race.cancel(false);
      } else if (course == Course.RETIRED) {
        Eventually.await(diary.attemptedTwice);
        race.cancel(false);
      }
      race.handle((won, lost) -> 0).get(60, TimeUnit.SECONDS);
      Eventually.await(diary.decided);
      if (course.result == Result.WON) {
        race.join().close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void callsComeInTheDocumentedOrderOnTheRacesOwnThread(Course course) throws Exception {
    Diary diary = new Diary();
    run(course, diary);

    List<String> calls = diary.calls;
    assertThat(calls.get(0)).isEqualTo("started");
    assertThat(calls.get(calls.size() - 1)).isEqualTo("decided");
    assertThat(calls)
        .filteredOn(call -> call.equals("started") || call.equals("decided"))
        .hasSize(2);
    assertThat(diary.threads).hasSize(1).allMatch(name -> name.contains("multiThreadIoEventLoop"));
    assertThat(diary.doneWhenDecided).isEqualTo(course.result == Result.CANCELLED);
    assertThat(diary.report().result()).isEqualTo(course.result);
    if (course.outcome != null) {
      assertThat(diary.report().attempts())
          .extracting(RaceReport.Attempt::outcome)
          .contains(course.outcome);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachAttemptIsStartedThenReachesThenEndsOnceAsTheReportSays(Course course) throws Exception {
    Diary diary = new Diary();
    run(course, diary);

    RaceReport report = diary.report();
    assertThat(diary.attempts).hasSameSizeAs(report.attempts());
    for (RaceReport.Attempt attempt : report.attempts()) {
      List<Object> heard = Objects.requireNonNull(diary.attempts.get(attempt.number()));
      assertThat(heard.get(0)).isEqualTo(attempt.candidate());
      assertThat(heard.get(heard.size() - 1)).isEqualTo(attempt.outcome());
      List<Object> stages = heard.subList(1, heard.size() - 1);
      assertThat(stages).isSorted().doesNotHaveDuplicates().hasOnlyElementsOfType(Stage.class);
      assertThat(stages.contains(Stage.CONNECTED)).isEqualTo(attempt.connected() >= 0);
      assertThat(stages.contains(Stage.READY)).isEqualTo(attempt.ready() >= 0);
    }
    assertThat(diary.answers).hasSize(2 * target(course).endpoints().size());
  }

  @ParameterizedTest
  @EnumSource
  void whateverAListenerThrowsChangesNothing(Course course) throws Exception {
    List<Supplier<Throwable>> all =
        List.of(
            () -> new IllegalStateException("thrown by a test"),
            () -> new AssertionError("thrown by a test"),
            () -> new LinkageError("thrown by a test"),
            () -> new Exception("thrown by a test, though checked"));
    for (Supplier<Throwable> thrown : all) {
      Diary diary = new Diary();
      run(course, diary, new Thrower(thrown));

      assertThat(diary.calls).startsWith("started").endsWith("decided");
      assertThat(diary.report().result()).isEqualTo(course.result);
      assertThat(diary.attempts).hasSameSizeAs(diary.report().attempts());
    }
  }

  /** Notes what it is told. */
  private static final class Diary implements RaceListener {
    final CompletableFuture<RaceFuture> future = new CompletableFuture<>();
    final CountDownLatch attempted = new CountDownLatch(1);
    final CountDownLatch attemptedTwice = new CountDownLatch(2);
    final CountDownLatch decided = new CountDownLatch(1);
    final List<String> calls = new ArrayList<>();
    final List<String> threads = new ArrayList<>();
    final List<Family> answers = new ArrayList<>();
    final Map<Integer, List<Object>> attempts = new HashMap<>();
    boolean doneWhenDecided;
    private @Nullable RaceReport report;

    RaceReport report() {
      return Objects.requireNonNull(report);
    }

    private void note(String call) {
      calls.add(call);
      String thread = Thread.currentThread().getName();
      if (!threads.contains(thread)) {
        threads.add(thread);
      }
    }

    private List<Object> heard(int attempt) {
      return Objects.requireNonNull(attempts.get(attempt), "before attemptStarted");
    }

    @Override
    public void started(long race, Target target, RaceOptions options) {
      note("started");
    }

    @Override
    public void resolved(
        long race,
        int endpoint,
        Family family,
        List<Candidate> candidates,
        @Nullable String detail) {
      note("resolved");
      answers.add(family);
    }

    @Override
    public void attemptStarted(long race, int attempt, Candidate candidate) {
      note("attemptStarted");
      assertThat(attempts.put(attempt, new ArrayList<>(List.of(candidate)))).isNull();
      attempted.countDown();
      attemptedTwice.countDown();
    }

    @Override
    public void attemptReached(long race, int attempt, Stage stage) {
      note("attemptReached");
      heard(attempt).add(stage);
    }

    @Override
    public void attemptEnded(
        long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
      note("attemptEnded");
      heard(attempt).add(outcome);
    }

    @Override
    public void decided(long race, RaceReport decision) {
      note("decided");
      report = decision;
      doneWhenDecided = future.join().isDone();
      decided.countDown();
    }
  }

  /** Throws at every call, also what Java says cannot be thrown. */
  private record Thrower(Supplier<Throwable> what) implements RaceListener {

    @SuppressWarnings("unchecked") // the type is erased: so a checked exception gets out
    private <T extends Throwable> void fail() throws T {
      throw (T) what.get();
    }

    @Override
    public void started(long race, Target target, RaceOptions options) {
      this.<RuntimeException>fail();
    }

    @Override
    public void resolved(
        long race,
        int endpoint,
        Family family,
        List<Candidate> candidates,
        @Nullable String detail) {
      this.<RuntimeException>fail();
    }

    @Override
    public void attemptStarted(long race, int attempt, Candidate candidate) {
      this.<RuntimeException>fail();
    }

    @Override
    public void attemptReached(long race, int attempt, Stage stage) {
      this.<RuntimeException>fail();
    }

    @Override
    public void attemptEnded(
        long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
      this.<RuntimeException>fail();
    }

    @Override
    public void decided(long race, RaceReport report) {
      this.<RuntimeException>fail();
    }
  }
}
