package dev.photofinish.rtsp.stream;

import static dev.photofinish.rtsp.stream.StreamScript.LINEAR;
import static dev.photofinish.rtsp.stream.StreamScript.attempt;
import static dev.photofinish.rtsp.stream.StreamScript.full;
import static dev.photofinish.rtsp.stream.StreamScript.redirect;
import static dev.photofinish.rtsp.stream.StreamScript.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.rtsp.dialogue.EndReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole life of a stream at virtual times. */
class StreamMachineTest {

  private static StreamScript playing() {
    StreamScript script = new StreamScript().open().expect("race none");
    return script.win("a").expect("play a").media("a").expect("playing a");
  }

  private static StreamScript playing(Strategy racing) {
    StreamScript script = new StreamScript(LINEAR, racing).open();
    return script.win("a").media("a").expect("race " + word(racing), "play a", "playing a");
  }

  private static String word(Strategy strategy) {
    return Option.word(strategy);
  }

  // ---- From open to close

  @Test
  void aWholeLife() {
    StreamScript script = playing().mediaFor("a", 20_000).expectNothing();
    script.end("a", EndReason.Kind.CLOSED).expect("reconnecting", "retry 1 in 0");
    assertThat(script.reason()).contains("a stable stream dropped").contains("a: as scripted");
    script.pass(0).expect("race none").win("b").expect("play b");
    script.pass(100).media("b").expect("playing b");
    script.close().expect("closed", "tear down b");
    script.end("b", EndReason.Kind.LEFT).expect("over");
  }

  @Test
  void closedWhileRacing() {
    new StreamScript()
        .open()
        .expect("race none")
        .close()
        .expect("cancel the race", "closed", "over");
  }

  @Test
  void closedWhileWaiting() {
    StreamScript script =
        new StreamScript().open().loseRace().expect("race none", "retry 1 in 250");
    script.close().expect("closed", "over").pass(60_000).expectNothing();
  }

  @Test
  void closedTwice() {
    playing().close().expect("closed", "tear down a").close().expectNothing();
  }

  @Test
  void aRaceThatIsWonAfterTheEndLeavesNothingOpen() {
    StreamScript script = new StreamScript().open().close();
    script.expect("race none", "cancel the race", "closed", "over");
    script.winLate("a").expect("tear down a").end("a", EndReason.Kind.LEFT).expectNothing();
  }

  @Test
  void aConnectionThatHadNoMediaIsATryThatFailed() {
    StreamScript script = new StreamScript().open().win("a").expect("race none", "play a");
    script.end("a", EndReason.Kind.BROKEN).expect("retry 1 in 250");
    script.pass(249).expectNothing().pass(1).expect("race none");
    script.loseRace().expect("retry 2 in 1250");
  }

  @Test
  void givesUpAfterFiveRetriesWithoutMedia() {
    StreamScript script = new StreamScript().open();
    for (int retry = 0; retry < 5; retry++) {
      script.loseRace().pass(60_000);
    }
    script.loseRace();
    assertThat(script.reason()).contains("after 5 retries");
    script.expect(
        "race none",
        "retry 1 in 250",
        "race none",
        "retry 2 in 1250",
        "race none",
        "retry 3 in 2250",
        "race none",
        "retry 4 in 3250",
        "race none",
        "retry 5 in 4250",
        "race none",
        "failed",
        "over");
  }

  @Test
  void aStreamThatDropsSoonGoesOnWhereItWas() {
    StreamScript script =
        playing().end("a", EndReason.Kind.RESET).expect("reconnecting", "retry 1 in 250");
    script.pass(250).win("b").media("b").expect("race none", "play b", "playing b");
    script.end("b", EndReason.Kind.CLOSED).expect("reconnecting", "retry 2 in 1250");
  }

  // ---- Silence

  @Test
  void aStallIsReportedOnceAndMediaEndsIt() {
    StreamScript script = playing().pass(2000).stall("a").expect("stalled");
    assertThat(script.reason()).isEqualTo("a answers, but sends no media; last 2000 ms ago");
    script.stall("a").expectNothing().media("a").expect("playing a again");
    script.media("a").expectNothing();
  }

  @Test
  void aStallBeforeTheFirstMediaCountsFromTheRace() {
    StreamScript script = new StreamScript().open().win("a").pass(3000).stall("a");
    script.expect("race none", "play a", "stalled");
    assertThat(script.reason()).endsWith("last 3000 ms ago");
    script.media("a").expect("playing a");
  }

  @Test
  void whatIsDeadIsReplaced() {
    StreamScript script = playing().silent("a", EndReason.Kind.DEAD).expect("abandon a as DEAD");
    script.end("a", EndReason.Kind.DEAD).expect("reconnecting", "retry 1 in 250");
  }

  @Test
  void whatAnswersIsTornDownInOrder() {
    StreamScript script =
        playing().silent("a", EndReason.Kind.STALLED).expect("tear down a as STALLED");
    script.end("a", EndReason.Kind.STALLED).expect("reconnecting", "retry 1 in 250");
  }

  @ParameterizedTest
  @EnumSource(names = {"LAST_WINS", "HYBRID"})
  void theSilentConnectionStaysUntilTheRaceIsWon(Strategy racing) {
    StreamScript script = playing(racing).silent("a", EndReason.Kind.DEAD);
    script.expect("reconnecting", "retry 1 in 250").pass(250).expect("race " + word(racing));
    script.win("b").expect("tear down a", "play b");
    assertThat(script.limits.reported).contains("raced WON beside a");
    script.end("a", EndReason.Kind.LEFT).expectNothing().media("b").expect("playing b");
  }

  /** What its end says of the transport has to be known before the next race. */
  @Test
  void aSilentConnectionThatNeverHadMediaDoesNotStay() {
    StreamScript script = new StreamScript(LINEAR, Strategy.LAST_WINS).open().win("a");
    script.expect("race last-wins", "play a");
    script.silent("a", EndReason.Kind.STALLED).expect("tear down a as STALLED");
  }

  @Test
  void theSilentConnectionPlaysAgainWhenItsMediaComesBack() {
    StreamScript script = playing(Strategy.LAST_WINS).silent("a", EndReason.Kind.DEAD).pass(250);
    script.expect("reconnecting", "retry 1 in 250", "race last-wins");
    script.media("a").expect("cancel the race", "watch a", "playing a again");
    script.pass(60_000).media("a").expectNothing();
    script.winLate("b").expect("tear down b");
  }

  @Test
  void theSilentConnectionMayComeBackBeforeTheRetry() {
    StreamScript script = playing(Strategy.LAST_WINS).silent("a", EndReason.Kind.DEAD);
    script.expect("reconnecting", "retry 1 in 250").media("a").expect("watch a", "playing a again");
    script.pass(60_000).expectNothing();
  }

  @Test
  void theSilentConnectionThatEndsChangesNothing() {
    StreamScript script = playing(Strategy.LAST_WINS).silent("a", EndReason.Kind.DEAD).pass(250);
    script.expect("reconnecting", "retry 1 in 250", "race last-wins");
    script.end("a", EndReason.Kind.CLOSED).expectNothing().win("b").expect("play b");
    assertThat(script.limits.reported).contains("ended a CLOSED");
  }

  @Test
  void withoutRoomBesideItTheSilentConnectionGoesFirst() {
    StreamScript script = playing(Strategy.LAST_WINS);
    script.limits.room = false;
    script.silent("a", EndReason.Kind.DEAD).expect("abandon a as DEAD");
  }

  @Test
  void theSilentConnectionIsLetGoWhenTheDeviceTurnsOutToHaveNoRoom() {
    StreamScript script = playing(Strategy.LAST_WINS).silent("a", EndReason.Kind.DEAD).pass(250);
    script.expect("reconnecting", "retry 1 in 250", "race last-wins");
    script.limits.room = false;
    script.loseRace().expect("tear down a", "retry 2 in 1250");
  }

  @Test
  void closedWhileOneIsSilentClosesBoth() {
    StreamScript script = playing(Strategy.LAST_WINS).silent("a", EndReason.Kind.DEAD).pass(250);
    script
        .win("b")
        .expect("reconnecting", "retry 1 in 250", "race last-wins", "tear down a", "play b");
    script.close().expect("closed", "tear down a", "tear down b");
    script
        .end("b", EndReason.Kind.LEFT)
        .expectNothing()
        .end("a", EndReason.Kind.LEFT)
        .expect("over");
  }

  @Test
  void sourcesThatSaidGoodbyeEndTheConnection() {
    StreamScript script = playing().goodbye("a").expect("tear down a as ENDED_BY_CAMERA");
    script.end("a", EndReason.Kind.ENDED_BY_CAMERA).expect("reconnecting", "retry 1 in 250");
  }

  @Test
  void anotherConnectionsEventsChangeNothing() {
    StreamScript script =
        playing(Strategy.LAST_WINS).silent("a", EndReason.Kind.DEAD).pass(250).win("b");
    script
        .media("b")
        .expect(
            "reconnecting",
            "retry 1 in 250",
            "race last-wins",
            "tear down a",
            "play b",
            "playing b");
    script.media("a").stall("a").silent("a", EndReason.Kind.DEAD).goodbye("a").expectNothing();
  }

  // ---- Redirects

  @Test
  void aRedirectIsFollowedAtOnce() {
    StreamScript script = new StreamScript().open().attemptEnds(redirect("rtsp://other/b"));
    script.loseRace().expect("race none", "race none to rtsp://other/b");
    script.win("a").media("a").expect("play a", "playing a");
    script.end("a", EndReason.Kind.CLOSED).pass(250);
    script.expect("reconnecting", "retry 1 in 250", "race none");
  }

  @Test
  void fiveRedirectsInARow() {
    StreamScript script = new StreamScript().open().expect("race none");
    for (int redirect = 0; redirect < 5; redirect++) {
      script.attemptEnds(redirect("rtsp://other/b")).loseRace();
      script.expect("race none to rtsp://other/b");
    }
    script.attemptEnds(redirect("rtsp://other/b")).loseRace().expect("retry 1 in 250");
    assertThat(script.reason()).contains("not followed: max-redirects is 5");
    script.pass(250).expect("race none");
  }

  /** Seen: 1,100 connections a minute. */
  @Test
  void onePacketBeforeEachRedirectIsNoWayPastTheSchedule() {
    StreamScript script = new StreamScript().open().expect("race none");
    for (int redirect = 0; redirect < 5; redirect++) {
      script.win("a").media("a").expect("play a", "playing a");
      script.end("a", redirect("rtsp://camera/a"));
      script.expect("reconnecting", "race none to rtsp://camera/a");
    }
    script.win("a").media("a").end("a", redirect("rtsp://camera/a"));
    script.expect("play a", "playing a", "reconnecting", "retry 6 in 5250");
    script.pass(5250).expect("race none").win("a").media("a").end("a", redirect("rtsp://camera/a"));
    script.expect("play a", "playing a", "reconnecting", "retry 7 in 6250");
  }

  @Test
  void redirectsAreCountedFromZeroAfterAStableStreamOnly() {
    StreamScript script = new StreamScript(LINEAR, Strategy.NONE, 1).open();
    script.attemptEnds(redirect("rtsp://other/b")).loseRace().win("a").mediaFor("a", 10_000);
    script.expect("race none", "race none to rtsp://other/b", "play a", "playing a");
    script.end("a", redirect("rtsp://other/c"));
    script.expect("reconnecting", "race none to rtsp://other/c");
  }

  @Test
  void silenceBeforeTheRedirectMakesNoStreamStable() {
    StreamScript script = new StreamScript(LINEAR, Strategy.NONE, 1).open();
    script.attemptEnds(redirect("rtsp://other/b")).loseRace().win("a").media("a").pass(20_000);
    script.expect("race none", "race none to rtsp://other/b", "play a", "playing a");
    script.end("a", redirect("rtsp://other/c")).expect("reconnecting", "retry 1 in 250");
  }

  @Test
  void aRedirectThatCannotBeDialledIsAFailedTry() {
    StreamScript script = new StreamScript().open().expect("race none");
    script.limits.canDial = false;
    script.attemptEnds(redirect("rtsp://other/b")).loseRace().expect("retry 1 in 250");
  }

  @Test
  void aScheduleThatGivesUpFollowsNoRedirect() {
    RetryOptions none = RetryOptions.builder().retryStrategy(RetryStrategy.NONE).build();
    StreamScript script = new StreamScript(none, Strategy.NONE).open().win("a").media("a");
    script.end("a", redirect("rtsp://other/b"));
    script.expect("race none", "play a", "playing a", "failed", "over");
  }

  /** One forged 302 must not end a stream for ever. */
  @Test
  void aLoginThatARedirectLeadsToSendsTheNextTryHome() {
    StreamScript script = new StreamScript().open().attemptEnds(redirect("rtsp://other/b"));
    script.loseRace().attemptEnds(new EndReason(EndReason.Kind.LOGIN_NEEDED, "401")).loseRace();
    script.expect("race none", "race none to rtsp://other/b", "retry 1 in 250");
    assertThat(script.reason()).contains("redirected there").doesNotContain("are wrong");
    script.pass(250).expect("race none");
  }

  // ---- What no retry will change, and what is said of an outage

  @ParameterizedTest
  @EnumSource(
      value = EndReason.Kind.class,
      names = {"NOT_FOUND", "NO_TRANSPORT"})
  void whatNoRetryWillChangeIsRetriedSlowly(EndReason.Kind kind) {
    StreamScript script = new StreamScript().open().win("a").end("a", kind);
    script.expect("race none", "play a", "retry 1 in 30000");
    assertThat(script.reason())
        .contains("the camera ")
        .contains("; retried slowly: a: as scripted");
  }

  @Test
  void aNameThatNobodyKnowsIsNamedAsSuchAndRetriedSlowlyAfterAMinute() {
    StreamScript script = playing().end("a", EndReason.Kind.CLOSED);
    script.pass(70_000).expect("reconnecting", "retry 1 in 250", "race none");
    script.lose(report(Result.FAILED), "camera:554: NXDOMAIN").expect("retry 2 in 1250");
    assertThat(script.reason()).startsWith("there is no host of this name; check");
    script.pass(1250).lose(report(Result.FAILED), "camera:554: SERVFAIL");
    script.expect("race none", "retry 3 in 2250");
    script.pass(2250).lose(report(Result.FAILED), "camera:554: NXDOMAIN");
    script.pass(60_000).lose(report(Result.FAILED), "camera:554: NXDOMAIN");
    script.expect("race none", "retry 4 in 3250", "race none", "retry 5 in 30000");
  }

  /** Seen: 24 lines in 2.9 s of one outage. */
  @Test
  void eachReasonOfAnOutageIsNewsOnceAndThenCounted() {
    StreamScript script = playing().end("a", EndReason.Kind.CLOSED).pass(250);
    for (int retry = 0; retry < 23; retry++) {
      script.loseRace().pass(30_000);
    }
    assertThat(script.news()).isEqualTo(3); // the drop, the first failed try, and the tenth retry
    script.win("b").media("b").end("b", EndReason.Kind.CLOSED);
    assertThat(script.news()).isEqualTo(4);
  }

  // ---- What ends a stream for good

  @Test
  void wrongCredentialsStopTheRetries() {
    StreamScript script = new StreamScript().open().win("a");
    script.end("a", EndReason.Kind.UNAUTHORIZED).expect("race none", "play a", "failed", "over");
    assertThat(script.reason()).contains("the credentials are wrong").contains("lock accounts");
  }

  @Test
  void wrongCredentialsStopTheRetriesAlsoAfterMedia() {
    playing().end("a", EndReason.Kind.UNAUTHORIZED).expect("failed", "over");
  }

  @Test
  void noCredentialsAreNotWrongOnes() {
    StreamScript script = new StreamScript().open();
    script.attemptEnds(new EndReason(EndReason.Kind.LOGIN_NEEDED, "401")).loseRace();
    script.expect("race none", "failed", "over");
    assertThat(script.reason()).contains("none were given").doesNotContain("are wrong");
  }

  @Test
  void ofTheAttemptsTheOneThatSaysMostDecides() {
    StreamScript script = new StreamScript().open();
    script.attemptEnds(full(Duration.ZERO)).attemptEnds(redirect("rtsp://other/b"));
    script
        .attemptEnds(new EndReason(EndReason.Kind.CLOSED, "closed"))
        .attemptEnds(full(Duration.ZERO));
    script.loseRace().expect("race none", "race none to rtsp://other/b");
  }

  @Test
  void whatAnEarlierRaceSaidIsForgotten() {
    StreamScript script = new StreamScript().open().attemptEnds(full(Duration.ZERO)).win("a");
    script.end("a", EndReason.Kind.BROKEN).pass(250).loseRace();
    script.expect("race none", "play a", "retry 1 in 250", "race none", "retry 2 in 1250");
  }

  // ---- A full device, and places

  @Test
  void aFullDeviceIsLeftAlone() {
    StreamScript script = new StreamScript().open().attemptEnds(full(Duration.ZERO)).loseRace();
    script.expect("race none", "retry 1 in 5000");
  }

  @Test
  void aFullDeviceIsLeftAloneForAsLongAsItAsked() {
    StreamScript script = new StreamScript().open().win("a");
    script.end("a", full(Duration.ofSeconds(12))).expect("race none", "play a", "retry 1 in 12000");
  }

  @Test
  void aPlaceThatComesLaterIsWaitedFor() {
    StreamScript script = new StreamScript();
    script.limits.admission = Admission.later(100_000_000, false, "soon");
    script.open().expectNothing();
    script.limits.admission = Admission.limited(2, "two places");
    script.pass(99).expectNothing().pass(1).expect("race none of 2");
  }

  @Test
  void theOwnSilentConnectionMakesRoom() {
    StreamScript script = playing(Strategy.LAST_WINS).silent("a", EndReason.Kind.DEAD);
    script.limits.admission = Admission.later(100_000_000, true, "the old session first");
    script.expect("reconnecting", "retry 1 in 250").pass(250).expect("tear down a");
  }

  @Test
  void withoutAPlaceItIsARetryAsOfAFullDevice() {
    StreamScript script = new StreamScript();
    script.limits.admission = Admission.refused("others have the places");
    script.open().expect("retry 1 in 5000");
    assertThat(script.reason()).contains("others have the places");
  }

  @Test
  void aDeviceThatDropsTheOldestIsRacedAsLastWins() {
    StreamScript script = new StreamScript(LINEAR, Strategy.HYBRID);
    script.limits.dropsOldest = true;
    script.open().expect("race last-wins");
  }

  // ---- Races that are lost

  @Test
  void aSlowCameraGetsTwiceTheTime() {
    RaceReport slow = report(Result.TIMED_OUT, attempt(null, Outcome.TIMED_OUT, 2, null));
    StreamScript script =
        new StreamScript().open().lose(slow).expect("race none", "retry 1 in 250");
    assertThat(script.reason())
        .contains("connected to 192.0.2.1:554, but nothing came after ")
        .contains(" within 4998 ms; the next race has up to 10000 ms");
    script.pass(250).lose(slow);
    assertThat(script.reason()).endsWith("racing-timeout is 10000 ms");
  }

  @Test
  void aDeadCameraGetsNoMoreTime() {
    RaceReport dead = report(Result.TIMED_OUT, attempt(null, Outcome.TIMED_OUT, -1, null));
    StreamScript script = new StreamScript().open().lose(dead);
    assertThat(script.limits.racingTimeout).isEqualTo(Duration.ofSeconds(5));
    assertThat(script.reason()).doesNotContain("connected to");
  }

  @Test
  void aResetAfterAcceptMeansFull() {
    RaceReport reset = report(Result.FAILED, attempt(Cause.RESET, Outcome.EVICTED, 1, null));
    new StreamScript().open().lose(reset).expect("race none", "retry 1 in 5000");
  }

  @Test
  void butNotOfACameraThatIsGoingDown() {
    RaceReport reset = report(Result.FAILED, attempt(Cause.RESET, Outcome.EVICTED, 1, null));
    StreamScript script = playing().mediaFor("a", 10_000).end("a", EndReason.Kind.CLOSED).pass(0);
    script.expect("reconnecting", "retry 1 in 0", "race none");
    script.limits.reported.clear();
    script.lose(reset).expect("retry 2 in 250");
    assertThat(script.limits.reported).containsExactly("raced FAILED, going down");
    script.pass(250).lose(reset).expect("race none", "retry 3 in 5000");
    assertThat(script.limits.reported).contains("raced FAILED");
  }

  /** Also what is answered before a reset: the camera took the client. */
  @Test
  void aResetAfterAnAnswerDoesNot() {
    StreamScript script = new StreamScript().open().win("a").expect("race none", "play a");
    script.end("a", EndReason.Kind.RESET).expect("retry 1 in 250");
    assertThat(script.reason()).isEqualTo("the try failed: a: as scripted");
    RaceReport reset =
        report(Result.FAILED, attempt(Cause.RESET, Outcome.EVICTED, 1, null, Stage.RESPONDED));
    script.pass(250).lose(reset).expect("race none", "retry 2 in 1250");
  }

  /** Where the race is won before anything is asked. */
  @Test
  void aResetWithoutAnAnswerMeansFullAlsoOfAWinner() {
    StreamScript script = new StreamScript().open().win("a").expect("race none", "play a");
    script.neverAnswers("a").end("a", EndReason.Kind.RESET).expect("retry 1 in 5000");
    assertThat(script.reason()).startsWith("the device accepts connections and resets them: a: ");
  }

  @Test
  void aServerThatStartsAgainIsWaitedForAtTheInitialDelay() {
    RaceReport refused = report(Result.FAILED, attempt(Cause.REFUSED, Outcome.FAILED, -1, null));
    StreamScript script = playing().mediaFor("a", 10_000).end("a", EndReason.Kind.RESET).pass(0);
    script.expect("reconnecting", "retry 1 in 0", "race none");
    for (int retry = 2; retry < 10; retry++) {
      script.lose(refused).expect("retry " + retry + " in 250").pass(250).expect("race none");
    }
  }

  @Test
  void aRaceThatBreaksDownIsAFailedTry() {
    StreamScript script = new StreamScript().open().breakRace("IllegalStateException: x");
    script.expect("race none", "retry 1 in 250");
    assertThat(script.reason()).contains("the race could not be run: IllegalStateException: x");
  }

  // ---- This host's own trouble

  @Test
  void withoutDescriptorsItWaitsSaysSoOnceAndNeverGivesUp() {
    RaceReport local =
        report(
            Result.FAILED, attempt(Cause.LOCAL, Outcome.FAILED, -1, "socket: Too many open files"));
    StreamScript script = new StreamScript().open().lose(local).expect("race none", "wait 5000");
    assertThat(script.reason()).contains("no file descriptor left");
    for (int race = 0; race < 100; race++) {
      script.pass(5000).lose(local).expect("race none");
    }
    script.pass(5000).breakRace("SocketException: Too many open files").expect("race none");
    script.pass(5000).win("a").media("a").expect("race none", "play a", "playing a");
    script.end("a", EndReason.Kind.CLOSED).expect("reconnecting", "retry 1 in 250");
    script.pass(250).lose(local).expect("race none", "wait 5000");
  }

  @Test
  void oneAttemptThatReachedTheCameraIsNoShortage() {
    RaceReport mixed =
        report(
            Result.FAILED,
            attempt(Cause.LOCAL, Outcome.FAILED, -1, "Too many open files"),
            attempt(Cause.REFUSED, Outcome.FAILED, -1, null));
    new StreamScript().open().lose(mixed).expect("race none", "retry 1 in 250");
  }

  // ---- What is reported of the device

  @Test
  void theDeviceHearsOfEveryRaceAndOfEveryConnectionThatPlayed() {
    StreamScript script = playing().end("a", EndReason.Kind.CLOSED).pass(250).loseRace();
    assertThat(script.limits.reported)
        .containsExactly("raced WON", "playing a", "ended a CLOSED", "raced FAILED");
  }

  @Test
  void whatWeLeftIsNoEvidence() {
    StreamScript script = playing().close().end("a", EndReason.Kind.CLOSED);
    assertThat(script.limits.reported).containsExactly("raced WON", "playing a");
  }

  // ---- Every order

  /** Seeded walks through whatever may happen; the script asserts the contract at each step. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyOrderEndsWithEverythingClosed(long seed) {
    for (int walk = 0; walk < 100; walk++) {
      new RandomLife(seed * 1000 + walk).live();
    }
  }
}
