package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.race.limiter.SharedDialLimiterTest;
import dev.photofinish.race.report.ReportMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A race and the refusals of its limiter. */
class LimitedRaceTest {
  private static final long MS = 1_000_000;
  private static final long START = 77 * MS;
  private static final Candidate CAMERA = SharedDialLimiterTest.candidate(1);

  /** A race in the queue. */
  private static final class Queued implements DialLimiter.Waiter {
    @Nullable Permit permit;

    @Override
    public String host() {
      return "camera";
    }

    @Override
    public boolean granted(Permit granted) {
      permit = granted;
      return true;
    }
  }

  private static Permit permit(DialLimiter limiter) {
    return Objects.requireNonNull(limiter.acquire(new Queued(), START));
  }

  private final SharedDialLimiter limiter =
      new SharedDialLimiter(
          DialLimiterOptions.builder().extraAttemptsPerSecond(0.1).extraAttemptsShare(0).build());

  private Race race(Strategy strategy, Candidate... candidates) {
    RaceOptions options =
        RaceOptions.builder()
            .connectionRacing(strategy)
            .racingTimeout(java.time.Duration.ofSeconds(30))
            .build();
    Race race =
        new Race(
            "camera",
            1,
            options,
            Comparator.comparing(Candidate::family),
            RaceHistory.UNKNOWN,
            permit(limiter),
            START);
    resolve(race, candidates);
    return race;
  }

  private static void resolve(Race race, Candidate... candidates) {
    race.handle(START, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    race.handle(START, new RaceEvent.Resolved(0, Family.IPV4, List.of(candidates)));
  }

  private static List<RaceCommand> poll(Race race, long at) {
    List<RaceCommand> commands = new ArrayList<>();
    for (RaceCommand c = race.poll(START + at); c != null; c = race.poll(START + at)) {
      commands.add(c);
    }
    return commands;
  }

  private static long deadline(Race race) {
    return race.deadline().orElseThrow() - START;
  }

  /** One token is there at the start, the next ten seconds later. */
  @Test
  void aThrottledAttemptStartsWhenItsTokenComesAndIsNotPolledFor() {
    Race race = race(Strategy.FIRST_WINS, CAMERA);
    assertThat(poll(race, 0)).containsExactly(new RaceCommand.Dial(1, CAMERA));
    assertThat(poll(race, 250 * MS)).containsExactly(new RaceCommand.Dial(2, CAMERA));
    assertThat(poll(race, 500 * MS)).isEmpty();
    long again = 0;
    int questions = 0;
    List<RaceCommand> commands = List.of();
    while (commands.isEmpty()) {
      assertThat(deadline(race)).isGreaterThan(again);
      again = deadline(race);
      questions++;
      commands = poll(race, again);
    }
    assertThat(commands).containsExactly(new RaceCommand.Dial(3, CAMERA));
    assertThat(questions).as("at most one a second").isLessThanOrEqualTo(11);
    assertThat(again / MS).isEqualTo(10_250);
    assertThat(race.report().throttled())
        .containsExactly(
            new RaceReport.Throttled(3, 500 * MS, again, DialLimiter.Reason.EXTRA_ATTEMPTS));
    assertThat(ReportMap.of(race.report()).get("withheld"))
        .asString()
        .matches("\\[\\{attempt=3, at=500, until=10250(\\.0+1)?, reason=extra-attempts}]");
    assertThat(limiter.taken()).isEqualTo(3);
  }

  @Test
  void noAttemptIsRetiredForOneThatIsThrottled() {
    SharedDialLimiter rich =
        new SharedDialLimiter(
            DialLimiterOptions.builder().extraAttemptsPerSecond(0.2).extraAttemptsShare(0).build());
    RaceOptions options = RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();
    Race race =
        new Race(
            "camera",
            1,
            options,
            Comparator.comparing(Candidate::family),
            RaceHistory.UNKNOWN,
            permit(rich),
            START);
    resolve(race, CAMERA);
    for (long at = 0; at <= 1000; at += 250) {
      poll(race, at * MS);
    }
    assertThat(race.report().attempts())
        .hasSize(3)
        .allSatisfy(attempt -> assertThat(attempt.outcome()).isNull());
  }

  @Test
  void anAttemptThatSentNothingIsNotTheFirst() {
    Candidate other = SharedDialLimiterTest.candidate(2);
    Race race = race(Strategy.NONE, CAMERA, other);
    poll(race, 0);
    race.handle(START, new RaceEvent.Ended(1, Cause.LOCAL));
    assertThat(limiter.taken()).as("it keeps its place").isEqualTo(1);
    assertThat(poll(race, 0)).containsExactly(new RaceCommand.Dial(2, other));
    assertThat(limiter.taken()).isEqualTo(1);
    Permit another = permit(limiter);
    assertThat(another.ask(CAMERA, true, START)).isNull();
    assertThat(another.ask(CAMERA, false, START)).as("the token is still there").isNull();
  }

  /** One place, no tokens, and another race that waits for the place. */
  private final SharedDialLimiter scarce =
      new SharedDialLimiter(
          DialLimiterOptions.builder()
              .maxDials(1)
              .extraAttemptsPerSecond(0)
              .extraAttemptsShare(0)
              .build());

  private Race scarceRace(Strategy strategy, List<Candidate> ipv6) {
    RaceOptions options = RaceOptions.builder().connectionRacing(strategy).build();
    Race race =
        new Race(
            "camera",
            1,
            options,
            Comparator.comparing(Candidate::family),
            RaceHistory.UNKNOWN,
            permit(scarce),
            START);
    race.handle(START, new RaceEvent.Resolved(0, Family.IPV6, ipv6));
    return race;
  }

  private static void resolveIpv4(Race race, Candidate... candidates) {
    race.handle(START, new RaceEvent.Resolved(0, Family.IPV4, List.of(candidates)));
  }

  private static final Candidate SECOND = SharedDialLimiterTest.candidate(2);
  private static final Candidate THIRD = SharedDialLimiterTest.candidate(3);

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FIRST_WINS", "LAST_WINS", "HYBRID"})
  void whatFollowsAnAnswerTakesThePlaceOfWhatWasAnswered(Strategy strategy) {
    for (Cause answer : List.of(Cause.REFUSED, Cause.TLS, Cause.UNREACHABLE)) {
      Race race = scarceRace(strategy, List.of());
      resolveIpv4(race, CAMERA, SECOND, THIRD);
      Queued behind = new Queued();
      assertThat(scarce.acquire(behind, START)).isNull();
      poll(race, 0);
      race.handle(START + 10 * MS, new RaceEvent.Ended(1, answer));
      assertThat(poll(race, 10 * MS)).containsExactly(new RaceCommand.Dial(2, SECOND));
      race.handle(START + 11 * MS, new RaceEvent.Ended(2, Cause.LOCAL));
      assertThat(poll(race, 11 * MS)).as("sent nothing").hasSize(1);
      assertThat(scarce.taken()).isEqualTo(1);
      assertThat(scarce.waiting()).as("behind it").isEqualTo(1);
      race.handle(START + 12 * MS, new RaceEvent.Ended(3, answer));
      poll(race, 12 * MS);
      assertThat(race.report().result()).isEqualTo(Result.FAILED);
      assertThat(race.report().throttled()).isEmpty();
      assertThat(scarce.waiting()).isZero();
      Objects.requireNonNull(behind.permit).close(START);
      assertThat(scarce.taken()).isZero();
    }
  }

  @Test
  void whatFollowsSilenceIsExtra() {
    Race race = scarceRace(Strategy.FIRST_WINS, List.of());
    resolveIpv4(race, CAMERA, SECOND);
    poll(race, 0);
    race.handle(START + 50 * MS, new RaceEvent.Ended(1, Cause.TIMEOUT));
    assertThat(scarce.taken()).isZero();
    assertThat(poll(race, 50 * MS)).isEmpty();
    assertThat(race.report().throttled().get(0).reason())
        .isEqualTo(DialLimiter.Reason.EXTRA_ATTEMPTS);
  }

  @Test
  void whatIsAddedToAnAttemptInProgressIsExtraEvenAfterAnAnswer() {
    Race race = race(Strategy.FIRST_WINS, CAMERA, SECOND, THIRD);
    poll(race, 0);
    assertThat(poll(race, 250 * MS)).as("the only token").hasSize(1);
    race.handle(START + 260 * MS, new RaceEvent.Ended(2, Cause.REFUSED));
    assertThat(limiter.taken()).isEqualTo(1);
    assertThat(poll(race, 500 * MS)).isEmpty();
    race.handle(START + 510 * MS, new RaceEvent.Ended(1, Cause.REFUSED));
    assertThat(poll(race, 510 * MS))
        .as("it need not wait for its token any more")
        .containsExactly(new RaceCommand.Dial(3, THIRD));
    assertThat(race.report().throttled().get(0).until()).isEqualTo(510 * MS);
  }

  /** A device that closes each connection must not be dialled without end at no price. */
  @Test
  void anotherDialOfTheSameAddressIsExtra() {
    Race race = scarceRace(Strategy.LAST_WINS, List.of());
    resolveIpv4(race, CAMERA);
    poll(race, 0);
    race.handle(START + MS, new RaceEvent.Reached(1, Stage.CONNECTED));
    race.handle(START + 10 * MS, new RaceEvent.Ended(1, Cause.CLOSED));
    assertThat(scarce.taken()).isZero();
    assertThat(poll(race, 300 * MS)).isEmpty();
    assertThat(race.report().throttled()).hasSize(1);
  }

  @Test
  void aRaceThatWaitsForMoreAddressesKeepsItsPlaceForThem() {
    Race race = scarceRace(Strategy.FIRST_WINS, List.of(CAMERA));
    poll(race, 0);
    race.handle(START + 5 * MS, new RaceEvent.Ended(1, Cause.REFUSED));
    poll(race, 5 * MS);
    assertThat(scarce.taken()).isEqualTo(1);
    race.handle(START + 20 * MS, new RaceEvent.Resolved(0, Family.IPV4, List.of(SECOND)));
    assertThat(poll(race, 20 * MS)).containsExactly(new RaceCommand.Dial(2, SECOND));
    race.handle(START + 30 * MS, new RaceEvent.Reached(2, Stage.READY));
    assertThat(scarce.taken()).isZero();

    Race unlucky = scarceRace(Strategy.FIRST_WINS, List.of(CAMERA));
    poll(unlucky, 0);
    unlucky.handle(START + 5 * MS, new RaceEvent.Ended(1, Cause.REFUSED));
    unlucky.handle(START + 20 * MS, new RaceEvent.Resolved(0, Family.IPV4, List.of()));
    poll(unlucky, 20 * MS);
    assertThat(unlucky.isDecided()).isTrue();
    assertThat(scarce.taken()).isZero();
  }

  @Test
  void aPlaceThatWasKeptForAnAddressIsNoneForAnotherDialOfAnOldOne() {
    Race unresolved =
        new Race(
            "camera",
            1,
            RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build(),
            Comparator.comparing(Candidate::family),
            RaceHistory.UNKNOWN,
            permit(limiter),
            START);
    unresolved.handle(START, new RaceEvent.Resolved(0, Family.IPV6, List.of(CAMERA, SECOND)));
    poll(unresolved, 0);
    assertThat(poll(unresolved, 250 * MS)).as("the only token").hasSize(1);
    unresolved.handle(START + 260 * MS, new RaceEvent.Ended(1, Cause.TIMEOUT));
    unresolved.handle(START + 261 * MS, new RaceEvent.Ended(2, Cause.REFUSED));
    assertThat(limiter.taken()).as("for an IPv4 address").isEqualTo(1);
    assertThat(poll(unresolved, 600 * MS)).isEmpty();
    assertThat(unresolved.report().throttled()).hasSize(1);
    assertThat(limiter.taken()).isZero();
  }

  @Test
  void everyPlaceIsGivenBackHoweverTheRaceEnds() {
    Race won = race(Strategy.FIRST_WINS, CAMERA);
    poll(won, 0);
    poll(won, 250 * MS);
    assertThat(limiter.taken()).isEqualTo(2);
    won.handle(START + 251 * MS, new RaceEvent.Reached(1, Stage.READY));
    assertThat(limiter.taken()).as("the loser is not closed yet").isEqualTo(1);
    assertThat(won.poll(START + 251 * MS)).isEqualTo(new RaceCommand.Close(2, Outcome.CANCELLED));
    assertThat(limiter.taken()).as("nor is the command run").isEqualTo(1);
    poll(won, 251 * MS);
    assertThat(limiter.taken()).isZero();

    Race cancelled = race(Strategy.FIRST_WINS, CAMERA);
    poll(cancelled, 0);
    cancelled.handle(START, new RaceEvent.Cancelled());
    poll(cancelled, 0);
    assertThat(limiter.taken()).isZero();

    Race unresolved = race(Strategy.FIRST_WINS);
    poll(unresolved, 0);
    assertThat(unresolved.isDecided()).isTrue();
    assertThat(limiter.taken()).isZero();

    Race nothingSent = race(Strategy.NONE, CAMERA);
    poll(nothingSent, 0);
    nothingSent.handle(START, new RaceEvent.Ended(1, Cause.LOCAL));
    poll(nothingSent, 0);
    assertThat(nothingSent.isDecided()).isTrue();
    assertThat(limiter.taken()).isZero();

    Race timedOut = race(Strategy.NONE, CAMERA);
    poll(timedOut, 0);
    poll(timedOut, 30_000 * MS);
    assertThat(timedOut.isDecided()).isTrue();
    assertThat(limiter.taken()).isZero();
  }

  /** Else a held connection would wait until the race's end for an attempt that does not come. */
  @Test
  void lastWinsDoesNotWaitForWhatIsThrottled() {
    Race race = race(Strategy.LAST_WINS, CAMERA);
    poll(race, 0);
    race.handle(START + 10 * MS, new RaceEvent.Reached(1, Stage.READY));
    assertThat(limiter.taken()).as("held is not in progress").isZero();
    assertThat(poll(race, 250 * MS)).containsExactly(new RaceCommand.Dial(2, CAMERA));
    race.handle(START + 260 * MS, new RaceEvent.Reached(2, Stage.READY));
    poll(race, 260 * MS);
    assertThat(race.isDecided()).isFalse();
    poll(race, deadline(race));
    assertThat(race.report().decidedAt()).isEqualTo(500 * MS);
    assertThat(race.report().result()).isEqualTo(Result.WON);
    assertThat(race.report().throttled())
        .containsExactly(
            new RaceReport.Throttled(3, 500 * MS, 500 * MS, DialLimiter.Reason.EXTRA_ATTEMPTS));
  }

  @Test
  void theTimesOfARaceThatWaitedCountFromItsPermit() {
    Permit before = permit(scarce);
    Queued queued = new Queued();
    assertThat(scarce.acquire(queued, START)).isNull();
    before.close(START + 60_000 * MS);
    Race race =
        new Race(
            "camera",
            1,
            RaceOptions.defaults(),
            Comparator.comparing(Candidate::family),
            RaceHistory.UNKNOWN,
            Objects.requireNonNull(queued.permit),
            START + 60_000 * MS);
    assertThat(deadline(race)).isEqualTo(65_000 * MS);
    race.handle(START + 60_000 * MS, new RaceEvent.Resolved(0, Family.IPV4, List.of(CAMERA)));
    race.handle(START + 60_000 * MS, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    assertThat(poll(race, 60_000 * MS)).containsExactly(new RaceCommand.Dial(1, CAMERA));
    race.handle(START + 60_007 * MS, new RaceEvent.Reached(1, Stage.READY));
    assertThat(race.report().decidedAt()).isEqualTo(7 * MS);
    assertThat(race.report().queuedFor()).isEqualTo(60_000 * MS);
    assertThat(ReportMap.of(race.report())).containsEntry("queued", 60_000L);
  }

  @Test
  void aRaceThatIsCancelledInTheQueueHasAReportAllTheSame() {
    RaceReport report = RaceReport.notBegun("camera", RaceOptions.defaults(), Result.CANCELLED, MS);
    assertThat(report.result()).isEqualTo(Result.CANCELLED);
    assertThat(report.queuedFor()).isEqualTo(MS);
    assertThat(report.attempts()).isEmpty();
    assertThat(ReportMap.of(report))
        .containsEntry("result", "cancelled")
        .containsEntry("queued", 1L);
  }
}
