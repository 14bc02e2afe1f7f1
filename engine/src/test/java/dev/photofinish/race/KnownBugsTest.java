package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static dev.photofinish.race.Outcome.REPLACED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.option.Option;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bugs that other racing engines had and mended, as far as they are the machine's business: one
 * test each, named after the bug, saying where it was known. Those of sockets, threads and name
 * servers are in the connector's test of the same name.
 */
final class KnownBugsTest extends RaceScript {
  private static final long MS = 1_000_000;

  /** Very many: what costs the square of it would take minutes. */
  private static final int ADDRESSES = 100_000;

  // Late success after cancel. Python's staggered race and its offspring, Go's dialler: the task
  // that was cancelled had connected, and its socket was neither returned nor closed.

  @ParameterizedTest
  @ValueSource(strings = {"none", "first-wins", "last-wins", "hybrid"})
  void lateSuccessAfterCancel(String strategy) {
    race(strategy, A, B);
    in(0);
    expect(dial(1, A));
    in(100, cancel());
    expect(close(1, CANCELLED), lost(Result.CANCELLED));
    in(101, connected(1), ready(1));
    expectNothing();
    assertThat(report().winner()).isNull();
  }

  // Several winners in one turn. A Python package closed all winners but the first only after
  // leaks were reported; Go once cancelled the winner together with the losers.

  @ParameterizedTest
  @ValueSource(strings = {"first-wins", "hybrid"})
  void severalWinnersInOneTurn(String strategy) {
    race(strategy, A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(500);
    expect(dial(3, C));
    in(600, ready(1), ready(2), ready(3));
    expect(close(2, CANCELLED), close(3, CANCELLED), won(1));
  }

  @Test
  void severalWinnersInOneTurnWhereTheNewestCounts() {
    race("last-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(500);
    expect(dial(3, C));
    in(600, ready(1), ready(2), ready(3));
    expect(close(1, REPLACED), close(2, REPLACED), won(3));
  }

  // Success in the stagger's instant. Trio dialled the next address although the one before had
  // just connected: the timer had fired before the success was looked at.

  @ParameterizedTest
  @ValueSource(strings = {"first-wins", "hybrid"})
  void successInTheStaggersInstant(String strategy) {
    race(strategy, A, B);
    in(0);
    expect(dial(1, A));
    in(250, ready(1));
    expect(won(1));
  }

  @Test
  void successANanosecondBeforeTheStagger() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(249.999999, ready(1));
    expect(won(1));
  }

  // Success with the caller's cancel or the timeout. A caller that hears "timed out" while a
  // connection is
  // there can neither use nor close it.

  @ParameterizedTest
  @ValueSource(strings = {"none", "first-wins", "hybrid"})
  void successWithTheCallersCancelAndTheTimeout(String strategy) {
    race(strategy, A);
    in(0);
    expect(dial(1, A));
    double end = strategy.equals("none") ? 5000 : 200;
    in(end, ready(1), cancel());
    expect(won(1));
  }

  /**
   * Held is not won: its caller cancelled before the decision, so it is closed, and its caller
   * hears so.
   */
  @Test
  void successWithTheCallersCancelWhereNewerAreWaitedFor() {
    race("last-wins max-parallel-connections=2", A);
    in(0);
    expect(dial(1, A));
    in(200, ready(1), cancel());
    expect(close(1, CANCELLED), lost(Result.CANCELLED));
  }

  // Timers left behind. curl kept a timer of 200 ms firing after every address had been dialled,
  // and once waited it out although there was only one family.

  @Test
  void timersLeftBehindWhenAllIsDialled() {
    race("first-wins redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    assertThat(driver().deadline()).hasValue(5000 * MS);
  }

  @Test
  void timersLeftBehindByTheResolutionDelay() {
    resolving("first-wins redial=off", 1);
    in(0, a(A));
    expectNothing();
    assertThat(driver().deadline()).hasValue(50 * MS);
    in(20, aaaa());
    expect(dial(1, A));
    assertThat(driver().deadline()).hasValue(5000 * MS);
  }

  @Test
  void timersLeftBehindByTheDecision() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(10, ready(1));
    expect(won(1));
    assertThat(driver().deadline()).isEmpty();
  }

  // Cancel while an answer is waited for. ReactPHP, cancelled in the resolution delay, dialled the
  // IPv4 addresses all the same, and those connections stayed open.

  @Test
  void cancelInTheResolutionDelay() {
    resolving("first-wins", 1);
    in(10, a(A, B));
    expectNothing();
    in(30, cancel());
    expect(lost(Result.CANCELLED));
    in(70, aaaa());
    expectNothing();
  }

  // Empty error list. Runtimes that threw an aggregate of no errors, or null, when there was
  // nothing to dial.

  @Test
  void emptyErrorList() {
    resolving("first-wins", 1);
    in(5, aaaa(), a());
    expect(lost(Result.FAILED));
    assertThat(report().attempts()).isEmpty();
    assertThat(report().answers()).hasSize(2);
  }

  // Failure declared too early. curl gave up when every address of one family failed at once, and
  // never tried the other; Node ended each attempt after 250 ms, however far its peer was.

  @Test
  void failureDeclaredTooEarlyAfterOneFamily() {
    resolving("first-wins", 1);
    in(0, aaaa(A6, B6));
    expect(dial(1, A6));
    in(0, ended(1, Cause.LOCAL));
    expect(dial(2, B6));
    in(0, ended(2, Cause.LOCAL));
    expectNothing();
    in(4000, a(A));
    expect(dial(3, A));
  }

  @Test
  void failureDeclaredTooEarlyForADistantPeer() {
    race("first-wins redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(4900, ready(1));
    expect(close(2, CANCELLED), won(1));
  }

  @Test
  void failureDeclaredTooEarlyByTheLastTimeout() {
    race("first-wins redial=off", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(300, ended(2, Cause.TIMEOUT));
    expectNothing();
    in(4000, ready(1));
    expect(won(1));
  }

  // Late, duplicate or lost answers of name servers. An answer that came twice doubled the list;
  // one that came late started the race again, or was dialled after the end.

  @Test
  void lateDnsAnswerAfterTheDecision() {
    resolving("first-wins", 1);
    in(0, aaaa(A6));
    expect(dial(1, A6));
    in(40, ready(1));
    expect(won(1));
    in(50, a(A));
    expectNothing();
    assertThat(report().answers()).hasSize(1);
  }

  @Test
  void duplicateDnsAnswer() {
    resolving("first-wins redial=off", 1);
    in(0, aaaa(A6), aaaa(A6, B6));
    expect(dial(1, A6));
    in(100, a(A), a(A, B));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(500);
    expectNothing();
    assertThat(report().answers()).hasSize(2);
  }

  @Test
  void lostDnsAnswer() {
    resolving("first-wins", 1);
    in(0, a(A));
    expectNothing();
    in(50);
    expect(dial(1, A));
    in(60, ready(1));
    expect(won(1));
  }

  // 10,000 addresses. Where each start looks at every address, or sorts, a long list (a hostile
  // zone, a pool's name) holds the thread that all other races need.

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  @Tag("long")
  @Timeout(120)
  void tenThousandAddressesAndTenTimesAsMany(Strategy strategy) {
    RaceOptions options = options(Option.word(strategy) + " racing-timeout=1h");
    int dials = strategy == Strategy.LAST_WINS ? options.maxParallelConnections() : ADDRESSES;
    assertThat(drive(options, n -> Cause.LOCAL)).as("without a route").hasSize(dials);
    assertThat(drive(options, n -> Cause.REFUSED)).as("refused").hasSize(dials);
    assertThat(drive(options, n -> n % 2 == 0 ? Cause.LOCAL : Cause.REFUSED)).hasSize(dials);
  }

  /** Each attempt ends as soon as it is dialled. */
  private static List<RaceReport.Attempt> drive(RaceOptions options, IntFunction<Cause> cause) {
    Race race = new Race("pool.example", 1, options, Comparator.comparing(Candidate::family), 0);
    race.handle(0, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    race.handle(0, new RaceEvent.Resolved(0, Family.IPV4, candidates(ADDRESSES)));
    long now = 0;
    while (!race.isDecided()) {
      RaceCommand next = race.poll(now);
      if (next instanceof RaceCommand.Dial dial) {
        race.handle(now, new RaceEvent.Ended(dial.attempt(), cause.apply(dial.attempt())));
      } else if (next == null) {
        now = race.deadline().orElseThrow();
      }
    }
    return race.report().attempts();
  }

  private static List<Candidate> candidates(int count) {
    List<Candidate> candidates = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      try {
        candidates.add(
            new Candidate(new InetSocketAddress(InetAddress.getByAddress(address), 554)));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return candidates;
  }

  // Ticker wrap-around. Deadlines compared with < instead of by their difference: after a few
  // hundred years, or at once where a ticker starts anywhere, timers fire for ever or never.

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 249_999_999,
        Long.MAX_VALUE - 250_000_000,
        Long.MAX_VALUE - 2_000_000_000,
        Long.MIN_VALUE + 5
      })
  void tickerWrapAround(long startedAt) {
    for (Strategy strategy :
        List.of(Strategy.NONE, Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID)) {
      RaceReport here = silent(strategy, startedAt);
      assertThat(here).isEqualTo(silent(strategy, 0));
      assertThat(here.decidedAt()).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(5));
    }
  }

  private static RaceReport silent(Strategy strategy, long startedAt) {
    FakeDriver driver = new FakeDriver(options(Option.word(strategy)), 1, startedAt);
    driver.handle(0, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    driver.handle(0, new RaceEvent.Resolved(0, Family.IPV4, candidates(3)));
    driver.drain(0);
    driver.finish();
    return driver.report();
  }
}
