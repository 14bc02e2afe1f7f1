package dev.photofinish.clientlimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The evidence about devices in races' reports. Times are milliseconds of the race. */
final class RaceEvidenceTest {
  private static final long MS = 1_000_000;

  private final List<RaceReport.Attempt> attempts = new ArrayList<>();

  private void attempt(
      long connected, long ready, long end, Stage stage, Outcome outcome, @Nullable Cause cause) {
    attempt(0, connected, ready, end, stage, outcome, cause);
  }

  private void attempt(
      int endpoint,
      long connected,
      long ready,
      long end,
      Stage stage,
      Outcome outcome,
      @Nullable Cause cause) {
    Candidate candidate =
        new Candidate(endpoint, new InetSocketAddress("192.0.2." + (endpoint + 1), 554), null);
    attempts.add(
        new RaceReport.Attempt(
            attempts.size() + 1,
            candidate,
            0,
            connected < 0 ? -1 : connected * MS,
            ready < 0 ? -1 : ready * MS,
            end * MS,
            stage,
            outcome,
            cause,
            null));
  }

  private void evicted(long connected, long end) {
    attempt(connected, -1, end, Stage.CONNECTED, Outcome.EVICTED, Cause.CLOSED);
  }

  private void won(long connected, long ready) {
    attempt(connected, ready, ready, Stage.READY, Outcome.WON, null);
  }

  private void silent(long connected, long end, Outcome outcome) {
    attempt(connected, -1, end, Stage.CONNECTED, outcome, null);
  }

  private List<LimitEvidence> facts(int open, int served) {
    RaceReport report =
        new RaceReport(
            "camera.example:554",
            Strategy.HYBRID,
            RaceOptions.defaults(),
            List.of(),
            List.copyOf(attempts),
            Result.WON,
            null,
            5000 * MS);
    return RaceEvidence.of(report, 0, open, served);
  }

  @Test
  void anOlderAttemptThatMadeRoomForANewerOne() {
    evicted(2, 254);
    won(252, 700);
    assertThat(facts(0, 0)).containsExactly(new LimitEvidence.Evicted(2));
    assertThat(facts(1, 0)).containsExactly(new LimitEvidence.Evicted(3));
  }

  @Test
  void whatIsClosedLaterOrBeforeTheNewerConnectedSaysNothing() {
    evicted(2, 353);
    evicted(2, 251);
    won(252, 700);
    assertThat(facts(0, 0)).isEmpty();
  }

  @Test
  void anotherEndpointsNewerAttemptIsNoReason() {
    evicted(2, 254);
    attempt(1, 252, 700, 700, Stage.READY, Outcome.WON, null);
    assertThat(facts(0, 0)).isEmpty();
  }

  @Test
  void oneThatIsResetBesideTheOthersThatAreOpen() {
    won(2, 700);
    attempt(252, -1, 253, Stage.CONNECTED, Outcome.EVICTED, Cause.RESET);
    attempt(-1, -1, 503, Stage.STARTED, Outcome.FAILED, Cause.RESET);
    assertThat(facts(1, 0))
        .containsExactly(
            new LimitEvidence.ResetAfterAccept(2), new LimitEvidence.ResetAfterAccept(2));
  }

  @Test
  void aResetAfterAnAnswerIsAnotherMatter() {
    attempt(2, -1, 300, Stage.RESPONDED, Outcome.EVICTED, Cause.RESET);
    assertThat(facts(0, 0)).isEmpty();
  }

  @Test
  void refusalsSayNothing() {
    attempt(-1, -1, 1, Stage.STARTED, Outcome.FAILED, Cause.REFUSED);
    assertThat(facts(1, 1)).isEmpty();
  }

  @Test
  void silenceBesideAnotherThatIsAnswered() {
    won(2, 30);
    silent(252, 1002, Outcome.CANCELLED);
    assertThat(facts(0, 0)).containsExactly(new LimitEvidence.NeverAnswered(1));
    assertThat(facts(1, 1)).containsExactly(new LimitEvidence.NeverAnswered(2));
  }

  @Test
  void silenceIsJudgedByWhatAnAnswerTakes() {
    won(0, 400);
    silent(300, 1499, Outcome.CANCELLED);
    assertThat(facts(0, 0)).isEmpty();
    silent(300, 1500, Outcome.CANCELLED);
    assertThat(facts(0, 0)).containsExactly(new LimitEvidence.NeverAnswered(1));
  }

  @Test
  void shortSilenceSaysNothing() {
    won(2, 30);
    silent(252, 1001, Outcome.CANCELLED);
    assertThat(facts(0, 0)).isEmpty();
  }

  @Test
  void silenceOfTheWholeRaceCountsWhileAnotherConnectionIsServed() {
    silent(2, 2001, Outcome.TIMED_OUT);
    assertThat(facts(1, 1)).isEmpty();
    silent(2, 2002, Outcome.TIMED_OUT);
    assertThat(facts(1, 1)).containsExactly(new LimitEvidence.NeverAnswered(1));
    assertThat(facts(1, 0)).isEmpty();
  }

  @Test
  void whatNeverConnectedWasNotAccepted() {
    attempt(-1, -1, 5000, Stage.STARTED, Outcome.TIMED_OUT, null);
    assertThat(facts(1, 1)).isEmpty();
  }

  @Test
  void factsComeInTheOrderInWhichTheyHappened() {
    attempt(2, -1, 900, Stage.CONNECTED, Outcome.EVICTED, Cause.RESET);
    evicted(3, 254);
    won(252, 1000);
    assertThat(facts(0, 0))
        .containsExactly(new LimitEvidence.Evicted(3), new LimitEvidence.ResetAfterAccept(1));
  }
}
