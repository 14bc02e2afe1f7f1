package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.TCP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.UDP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sessions of those whose rights are taken while they run. */
class RevokedRightsTest {
  private static final String ANNA = new Authorization.Basic(LoginTest.ANNA).headerValue();
  private static final String SDP = "v=0\r\ns=x\r\nm=audio 0 RTP/AVP 0\r\na=control:streamid=0\r\n";

  private final Rules rules = new Rules();
  private final ServerScript script = new ServerScript(ServerSettings.DEFAULT, true, rules);

  /** Anna has these rights to all streams, and everyone those. */
  private static final class Rules implements Access {
    private boolean known = true;
    private final Set<Purpose> annas = EnumSet.allOf(Purpose.class);
    private final Set<Purpose> everyones = EnumSet.noneOf(Purpose.class);

    @Override
    public String realm() {
      return "yard";
    }

    @Override
    public boolean isOpen(Purpose purpose, String stream) {
      return everyones.contains(purpose);
    }

    @Override
    public Optional<UserHashes> find(String user) {
      return known && user.equals("anna")
          ? Optional.of(UserHashes.of(LoginTest.ANNA, realm()))
          : Optional.empty();
    }

    @Override
    public boolean isAllowed(Purpose purpose, String user, String stream) {
      return annas.contains(purpose) && !stream.equals("lobby");
    }
  }

  private void changed() {
    script.tell(new ServerEvent.AccessChanged());
  }

  private String play(String transport) {
    String session = script.setUp(1, transport, "Authorization", ANNA);
    assertThat(script.ask("PLAY", URL, "Session", session).status()).isEqualTo(200);
    return session;
  }

  @Test
  void aUserWhoIsRemovedIsSaidSo() {
    String session = play(TCP);
    rules.known = false;
    changed();
    assertThat(script.requests()).hasSize(1);
    assertThat(ServerScript.header(script.requests().get(0), "Session")).isEqualTo(session);
    assertThat(script.said())
        .endsWith(
            "close session: the right to view it was revoked",
            "close connection: the right to view it was revoked");
  }

  @Test
  void aRightThatIsTakenEndsASessionOverUdpToo() {
    play(UDP);
    rules.annas.remove(Purpose.READ);
    changed();
    assertThat(script.sessions()).isEmpty();
    assertThat(script.isOver()).isTrue();
  }

  @Test
  void othersNoticeNothing() {
    play(TCP);
    rules.annas.remove(Purpose.TALK);
    rules.annas.remove(Purpose.PUBLISH);
    changed();
    assertThat(script.sessions()).hasSize(1);
    assertThat(script.requests()).isEmpty();
  }

  @Test
  void whoReadWithoutALoginLogsInFromNowOn() {
    rules.everyones.add(Purpose.READ);
    script.play(TCP);
    changed();
    assertThat(script.sessions()).hasSize(1);
    rules.everyones.clear();
    changed();
    assertThat(script.isOver()).isTrue();
  }

  @Test
  void aPublisher() {
    assertThat(announce().status()).isEqualTo(200);
    String session =
        ServerScript.session(
            script.ask(
                "SETUP",
                URL + "/streamid=0",
                "Transport",
                "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"));
    assertThat(script.ask("RECORD", URL, "Session", session).status()).isEqualTo(200);
    rules.annas.remove(Purpose.READ);
    changed();
    assertThat(script.sessions()).hasSize(1);
    rules.annas.remove(Purpose.PUBLISH);
    changed();
    assertThat(script.said()).endsWith("close connection: the right to publish it was revoked");
  }

  private RtspResponse announce() {
    return script.askWith(
        SDP, "ANNOUNCE", URL, "Content-Type", "application/sdp", "Authorization", ANNA);
  }

  @Test
  void whoHasAnnouncedSetsNothingUpAnyMore() {
    assertThat(announce().status()).isEqualTo(200);
    rules.annas.remove(Purpose.PUBLISH);
    changed();
    RtspResponse answer =
        script.ask(
            "SETUP",
            URL + "/streamid=0",
            "Transport",
            "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(script.sessions()).isEmpty();
  }

  @Test
  void whileTheStreamIsLookedUp() {
    script.waiting();
    script.send("SETUP", URL + "/trackID=1", "Transport", TCP, "Authorization", ANNA);
    rules.known = false;
    changed();
    script.setWaiting(false);
    script.replyAsAsked();
    assertThat(script.sessions()).isEmpty();
  }

  /** The login to talk came with the SETUP of the back channel, where anyone may view. */
  @Test
  void whoTalksKeepsTheRightThatAnotherChangeLeaves() {
    rules.everyones.add(Purpose.READ);
    script.serving("cam", TalkingTest.TALKING);
    script.ask("DESCRIBE", URL, "Require", FeatureTags.BACK_CHANNEL, "Authorization", ANNA);
    script.setUp(3, TCP, "Authorization", ANNA);
    rules.annas.remove(Purpose.PUBLISH);
    changed();
    assertThat(script.sessions()).hasSize(1);
    rules.annas.remove(Purpose.TALK);
    changed();
    assertThat(script.said()).endsWith("close connection: the right to talk to it was revoked");
  }
}
