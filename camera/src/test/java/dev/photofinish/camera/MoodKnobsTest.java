package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The knobs about cameras that freeze, boot slowly, or want something of their clients. */
class MoodKnobsTest {

  private static final String TCP = "RTP/AVP/TCP;unicast;interleaved=4-5";
  private static final byte[] RECEIVER_REPORT = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1};
  private static final byte[] RTP = {(byte) 0x80, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};

  private DeviceScript camera = new DeviceScript(SimulatedCamera.builder());

  @AfterEach
  void close() {
    camera.close();
  }

  private <T> void with(Knob<T> knob, T value) {
    with(SimulatedCamera.builder().set(knob, value));
  }

  private void with(SimulatedCamera.Builder builder) {
    camera.close();
    camera = new DeviceScript(builder);
  }

  @Test
  void anEncoderThatWarmsUpAnswersDescribe500AfterEachBoot() {
    with(Knob.WARM_UP, Duration.ofSeconds(10));
    FakeClient client = camera.connect();
    assertThat(camera.ask(client, "OPTIONS", "*")).isEqualTo(200);
    camera.advance(9_999);
    assertThat(camera.describe(client)).isEqualTo(500);
    camera.advance(1);
    assertThat(camera.describe(client)).isEqualTo(200);
    camera.device.powerOff("reboot");
    camera.device.powerOn();
    assertThat(camera.describe(camera.connect())).isEqualTo(500);
  }

  @Test
  void closeAfterDescribeAnswersFirst() {
    with(Knob.CLOSE_AFTER_DESCRIBE, true);
    FakeClient client = camera.connect();
    assertThat(camera.ask(client, "OPTIONS", "*")).isEqualTo(200);
    assertThat(client.closes).isEmpty();
    assertThat(camera.describe(client)).isEqualTo(200);
    assertThat(client.closes).containsExactly("FIN after DESCRIBE");
  }

  @Test
  void aSetupForTcpWedgesTheCamera() {
    with(Knob.TCP_WEDGES, Duration.ofSeconds(30));
    FakeClient client = camera.connect();
    assertThat(camera.setUp(client)).as("no answer").isZero();
    assertThat(camera.device.context().mute()).isTrue();
    camera.advance(30_000);
    assertThat(camera.device.context().mute()).isFalse();
    assertThat(camera.tally.report().events(Kind.FROZEN)).hasSize(1);
  }

  @Test
  void freezesComeAndGo() {
    with(
        SimulatedCamera.builder()
            .set(Knob.FREEZE_EVERY, Duration.ofSeconds(20))
            .set(Knob.FREEZE_FOR, Duration.ofSeconds(3)));
    int frozen = 0;
    for (int second = 0; second < 200; second++) {
      frozen += camera.device.context().mute() ? 1 : 0;
      camera.advance(1000);
    }
    int freezes = camera.tally.report().events(Kind.FROZEN).size();
    assertThat(freezes).isBetween(7, 20);
    assertThat(frozen).isBetween(freezes * 2, freezes * 4);
  }

  @Test
  void aRebootEndsAFreeze() {
    camera.device.context().freeze(Duration.ofHours(1), "froze");
    camera.device.powerOff("reboot");
    assertThat(camera.device.context().mute()).isFalse();
  }

  @Test
  void noMediaAnswersEverythingAndSendsNothing() {
    with(Knob.NO_MEDIA, true);
    FakeClient client = camera.connect();
    camera.setUp(client);
    assertThat(camera.play(client)).isEqualTo(200);
    camera.advance(2_000);
    assertThat(camera.tally.report().rtpPackets()).isZero();
    assertThat(camera.describe(client)).isEqualTo(200);
  }

  @Test
  void aSessionWithoutReceiverReportsEnds() {
    with(Knob.REPORTS_WITHIN, Duration.ofSeconds(6));
    FakeClient client = camera.connect();
    camera.setUp(client);
    camera.play(client);
    CameraSession session = client.sessions().iterator().next();
    camera.advance(5_000);
    camera.device.received(session, new ClientFrame(1, RECEIVER_REPORT));
    camera.advance(5_000);
    camera.device.received(session, new ClientFrame(0, RTP));
    assertThat(camera.tally.report().sessionsOpen()).isEqualTo(1);
    camera.advance(1_100);
    assertThat(camera.tally.report().sessionsOpen()).isZero();
    assertThat(camera.tally.report().sessionsExpired()).isEqualTo(1);
  }

  @Test
  void theBackChannelIsShownOnlyToWhoAsks() {
    with(Knob.BACKCHANNEL, true);
    FakeClient client = camera.connect();
    assertThat(camera.describe(client)).isEqualTo(200);
    assertThat(camera.last(client)).doesNotContain("a=sendonly");
    assertThat(camera.ask(client, "DESCRIBE", "/stream", "require", Backchannel.TAG))
        .isEqualTo(200);
    assertThat(camera.last(client)).contains("a=sendonly").contains("a=control:trackID=3");
  }

  @Test
  void withoutABackChannelItsTagIsUnsupported() {
    FakeClient client = camera.connect();
    assertThat(camera.ask(client, "DESCRIBE", "/stream", "require", Backchannel.TAG))
        .isEqualTo(551);
  }

  @Test
  void oneClientAtATimeHasTheBackChannel() {
    with(Knob.BACKCHANNEL, true);
    FakeClient first = camera.connect();
    FakeClient second = camera.connect();
    assertThat(camera.setUp(first)).isEqualTo(200);
    assertThat(talk(first)).isEqualTo(200);
    assertThat(talk(second)).isEqualTo(453);
    assertThat(camera.setUp(second)).as("its media").isEqualTo(200);
    camera.device.received(session(first), new ClientFrame(4, RTP));
    camera.device.received(session(second), new ClientFrame(4, RTP));
    assertThat(camera.tally.report().backchannelPackets()).isEqualTo(1);
    camera.disconnect(first);
    assertThat(talk(second)).isEqualTo(200);
  }

  private int talk(FakeClient client) {
    List<CameraSession> sessions = List.copyOf(client.sessions());
    String id = sessions.isEmpty() ? "" : sessions.get(0).id();
    String path = "/stream/trackID=3";
    return sessions.isEmpty()
        ? camera.ask(client, "SETUP", path, "require", Backchannel.TAG, "transport", TCP)
        : camera.ask(
            client, "SETUP", path, "require", Backchannel.TAG, "transport", TCP, "session", id);
  }

  private static CameraSession session(FakeClient client) {
    return client.sessions().iterator().next();
  }
}
