package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.SDP;
import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RangeHeader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers without ONVIF's replay extension, asked for a recording with it. */
class ReplayRefusedTest {
  private static final PlayRequest REPLAY =
      new PlayRequest(
          RangeHeader.fromStart(),
          Headers.of("Rate-Control", "no"),
          List.of(FeatureTags.REPLAY),
          true);

  private static final String[] UNSUPPORTED = {"Unsupported", "onvif-replay"};

  /** RFC 2326 section 11.3.14: GStreamer's server, among others, has no such extension. */
  @ParameterizedTest
  @ValueSource(strings = {"onvif-replay", ""})
  void aCameraWithoutTheReplayExtensionIsPlayedWithoutIt(String unsupported) {
    Script script = Script.of(REPLAY).tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL).describe(SDP);
    script.expect("SETUP", URL + "/track0").expectHeader("Require", "onvif-replay");
    script.answer(551, unsupported.isEmpty() ? new String[0] : UNSUPPORTED);
    script.expect("SETUP", URL + "/track0").expectHeader("Require", null);
    script.answer(200, "Session", "abc");
    script.expect("SETUP", URL + "/track1").expectHeader("Require", null).answer(200);
    script.expectPrepared();
    script.expect("PLAY", URL).expectHeader("Require", null).expectHeader("Rate-Control", "no");
    script.answer(200).expect(new DialogueCommand.Playing());
    assertThat(script.traits()).containsExactly(Trait.NO_REPLAY);
    // What the user asks for next is not refused for it either, nor is it at once.
    Headers immediate = Headers.of("Immediate", "yes");
    PlayRequest seek = new PlayRequest(RangeHeader.fromStart(), immediate, REPLAY.features(), true);
    script.answerMethods(200).tell(new DialogueEvent.Requested(new SessionRequest.Play(1, seek)));
    script.expect("PAUSE", URL).answer(200);
    script.expect("PLAY", URL).expectHeader("Require", null).expectHeader("Immediate", null);
  }

  @Test
  void soIsOneThatRefusesItAtPlay() {
    Script script = Script.of(REPLAY).tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL).describe(SDP);
    script.expectSetUps(60).expectPrepared();
    script.expect("PLAY", URL).expectHeader("Require", "onvif-replay").answer(551, UNSUPPORTED);
    script.expect("PLAY", URL).expectHeader("Require", null).answer(200);
    script.expect(new DialogueCommand.Playing());
  }

  @Test
  void anotherFeatureThatIsRefusedIsNotTakenForIt() {
    Script script = Script.of(REPLAY).tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected()).expect("DESCRIBE", URL).describe(SDP);
    script.expect("SETUP", URL + "/track0").answer(551, "Unsupported", "play.basic");
    script.expect("SETUP", URL + "/track1").expectHeader("Require", "onvif-replay");
  }
}
