package dev.photofinish.rtsp.stream;

import static dev.photofinish.rtsp.stream.StreamScript.redirect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.dialogue.EndReason;
import org.junit.jupiter.api.Test;

/** Streams that are paused, and recordings that come to their end. */
class PausedStreamTest {

  private static StreamScript playing() {
    StreamScript script = new StreamScript().open().expect("race none");
    return script.win("a").expect("play a").media("a").expect("playing a");
  }

  private static StreamScript paused() {
    return playing().pause("a").expect("paused a");
  }

  // ---- Paused

  @Test
  void itPlaysAgainWhenMediaComes() {
    StreamScript script = paused().pass(60_000).expectNothing().resume("a").expectNothing();
    script.media("a").expect("playing a again");
  }

  /** They were on their way when PAUSE was answered. */
  @Test
  void packetsThatComeAfterThePauseAreTheStreamsAndChangeNothing() {
    paused().media("a").expectNothing();
  }

  /** Some servers say goodbye when they pause. */
  @Test
  void neitherAGoodbyeNorSilenceIsAnEndWhilePaused() {
    paused().goodbye("a").stall("a").silent("a", EndReason.Kind.DEAD).expectNothing();
  }

  @Test
  void aConnectionThatIsLostIsNotReplaced() {
    StreamScript script = paused().end("a", EndReason.Kind.CLOSED).expect("lost while paused");
    script.pass(3_600_000).expectNothing();
    assertThat(script.limits.reported).contains("ended a CLOSED");
  }

  @Test
  void theNextOneIsMadeWhenTheStreamGoesOn() {
    StreamScript script = paused().end("a", EndReason.Kind.CLOSED).expect("lost while paused");
    script.resume().expect("reconnecting", "race none").win("b").expect("play b");
    script.media("b").expect("playing b");
  }

  @Test
  void neitherIsARedirectFollowed() {
    StreamScript script = paused().end("a", redirect("rtsp://other/b"));
    script.expect("lost while paused").pass(60_000).expectNothing();
  }

  @Test
  void aConnectionThatStandsNeedsNoOther() {
    paused().resume().expectNothing();
  }

  @Test
  void aStreamThatIsNotPausedIsNotResumed() {
    StreamScript script = playing().end("a", EndReason.Kind.CLOSED);
    script.expect("reconnecting", "retry 1 in 250").resume().expectNothing();
  }

  @Test
  void whatStallsAfterAPauseIsReportedAndReplaced() {
    StreamScript script = paused().resume("a").stall("a").expect("stalled");
    script.silent("a", EndReason.Kind.STALLED).expect("tear down a as STALLED");
    script.end("a", EndReason.Kind.STALLED).expect("reconnecting", "retry 1 in 250");
  }

  @Test
  void whatEndsBeforeItsMediaAreBackIsReplaced() {
    StreamScript script = paused().resume("a").end("a", EndReason.Kind.CLOSED);
    script.expect("reconnecting", "retry 1 in 250");
  }

  /** PAUSE was sent while it played, and is answered by a connection that is being replaced. */
  @Test
  void aSilentConnectionThatIsPausedIsNotReplaced() {
    StreamScript script = silent().expect("reconnecting", "retry 1 in 250");
    script.pass(250).expect("race last-wins");
    script.pause("a").expect("cancel the race", "paused a").pass(60_000).expectNothing();
    script.resume("a").media("a").expect("playing a again");
  }

  @Test
  void norBeforeTheRetry() {
    StreamScript script = silent().expect("reconnecting", "retry 1 in 250");
    script.pause("a").expect("paused a").pass(60_000).expectNothing();
    script.end("a", EndReason.Kind.CLOSED).expect("lost while paused");
  }

  @Test
  void aReplacementThatIsWonAllTheSameDoesNotPlay() {
    StreamScript script = silent().expect("reconnecting", "retry 1 in 250");
    script.pass(250).expect("race last-wins").pause("a").expect("cancel the race", "paused a");
    script.winLate("b").expect("tear down b").media("b").expectNothing();
  }

  private static StreamScript silent() {
    StreamScript script = new StreamScript(StreamScript.LINEAR, Strategy.LAST_WINS).open();
    script.expect("race last-wins").win("a").expect("play a").media("a").expect("playing a");
    return script.silent("a", EndReason.Kind.DEAD);
  }

  @Test
  void itIsClosedLikeAnyOther() {
    StreamScript script = paused().close().expect("closed", "tear down a");
    script.end("a", EndReason.Kind.LEFT).expect("over");
    paused().end("a", EndReason.Kind.CLOSED).close().expect("lost while paused", "closed", "over");
  }

  // ---- The end of a recording

  @Test
  void theEndIsOrderlyAndNotRetried() {
    StreamScript script = playing().playToTheEnd("a").expect("tear down a as PLAYED_TO_THE_END");
    script.end("a", EndReason.Kind.PLAYED_TO_THE_END).expect("finished", "over");
    assertThat(script.reason()).isEqualTo("as scripted");
  }

  @Test
  void aConnectionThatEndsWithTheRecordingIsNotReplaced() {
    playing().end("a", EndReason.Kind.PLAYED_TO_THE_END).expect("finished", "over");
  }

  @Test
  void aRangeThatIsNotThereIsAskedForLessOften() {
    StreamScript script = new StreamScript().open().win("a").expect("race none", "play a");
    script.end("a", EndReason.Kind.NO_SUCH_RANGE).expect("retry 1 in 30000");
    assertThat(script.reason()).contains("nothing to play in this range");
  }
}
