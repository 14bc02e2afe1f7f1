package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Races that ended before anything was dialled, through no fault of the camera's. */
class UndialledRaceTest {
  private static final long MS = 1_000_000;

  private static final RaceReport.Answer ANSWER =
      new RaceReport.Answer(
          0, 0, Family.IPV4, List.of(new Candidate(new InetSocketAddress("192.0.2.1", 554))));

  private static RaceReport undialled(
      long decidedAt, List<RaceReport.Answer> answers, List<RaceReport.Throttled> throttled) {
    return new RaceReport(
        "camera:554",
        Strategy.NONE,
        RaceOptions.defaults(),
        answers,
        List.of(),
        Result.TIMED_OUT,
        null,
        decidedAt * MS,
        0,
        throttled);
  }

  /** As on a host whose processor stood still for longer than a race may take. */
  @Test
  void aRaceInWhichNothingWasDialledIsNoTryOfTheCamera() {
    RaceReport held = undialled(5000, List.of(ANSWER), List.of());
    StreamScript script = new StreamScript().open().lose(held).expect("race none", "wait 250");
    assertThat(script.reason())
        .isEqualTo("nothing was dialled, since this process or its host stood still: lost");
    for (int race = 0; race < 100; race++) {
      script.pass(250).lose(held).expect("race none");
    }
    script.pass(250).loseRace().expect("race none", "retry 1 in 250");
  }

  @Test
  void aRaceThatEndedMuchTooLateWasNoTryEither() {
    RaceReport late = undialled(5500, List.of(), List.of());
    new StreamScript().open().lose(late).expect("race none", "wait 250");
  }

  @Test
  void norWasOneThatTheLimiterHeldBack() {
    RaceReport.Throttled throttled =
        new RaceReport.Throttled(1, 0, 5000 * MS, DialLimiter.Reason.MAX_DIALS);
    StreamScript script = new StreamScript().open();
    script.lose(undialled(5000, List.of(ANSWER), List.of(throttled)));
    script.expect("race none", "wait 250");
    assertThat(script.reason()).contains("the limiter of this process", "(max-dials)");
  }

  /** A network without name servers is a failed try like one without a way. */
  @Test
  void aNameThatIsNotResolvedInTimeIsAFailedTry() {
    RaceReport silent = undialled(5100, List.of(), List.of());
    new StreamScript().open().lose(silent).expect("race none", "retry 1 in 250");
  }
}
