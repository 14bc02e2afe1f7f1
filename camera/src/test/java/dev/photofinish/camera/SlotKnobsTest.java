package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The knobs about slots, and about clients that come too often. */
class SlotKnobsTest {

  private DeviceScript camera = new DeviceScript(SimulatedCamera.builder());

  @AfterEach
  void close() {
    camera.close();
  }

  private void with(SimulatedCamera.Builder builder) {
    camera.close();
    camera = new DeviceScript(builder);
  }

  @ParameterizedTest
  @CsvSource({"DESCRIBE, 453, 0, 0", "SETUP, 200, 453, 0", "PLAY, 200, 200, 453"})
  void limitAtSaysWhichRequestIsRefused(LimitAt at, int describe, int setUp, int play) {
    with(SimulatedCamera.builder().limit(1, OnLimit.STATUS_453).set(Knob.LIMIT_AT, at));
    FakeClient first = camera.connect();
    assertThat(camera.describe(first)).isEqualTo(200);
    assertThat(camera.setUp(first)).isEqualTo(200);
    assertThat(camera.play(first)).isEqualTo(200);
    FakeClient second = camera.connect();
    assertThat(camera.describe(second)).isEqualTo(describe);
    if (setUp > 0) {
      assertThat(camera.setUp(second)).isEqualTo(setUp);
    }
    if (play > 0) {
      assertThat(camera.play(second)).isEqualTo(play);
    }
    assertThat(camera.play(first)).as("the one that has the slot").isEqualTo(200);
    assertThat(camera.tally.report().refusedByLimit()).isEqualTo(1);
  }

  @Test
  void degradeServesOneWithKeyFramesThenRefusesThenHangsUp() {
    with(SimulatedCamera.builder().limit(1, OnLimit.DEGRADE).set(Knob.AUDIO, Audio.NONE));
    FakeClient whole = camera.connect();
    camera.setUp(whole);
    FakeClient keyFrames = camera.connect();
    assertThat(camera.setUp(keyFrames)).isEqualTo(200);
    FakeClient refused = camera.connect();
    assertThat(camera.setUp(refused)).isEqualTo(453);
    assertThat(camera.connect().closes).containsExactly("FIN the camera is full");
    assertThat(camera.play(whole)).isEqualTo(200);
    assertThat(camera.play(keyFrames)).isEqualTo(200);
    assertThat(whole.sessions().iterator().next().tracks())
        .allMatch(track -> !track.sendsKeyFramesOnly());
    assertThat(keyFrames.sessions().iterator().next().tracks()).allMatch(Track::sendsKeyFramesOnly);
  }

  @Test
  void sessionsPerBootAreAnsweredUntilAReboot() {
    with(SimulatedCamera.builder().set(Knob.SESSIONS_PER_BOOT, 2));
    for (int i = 0; i < 2; i++) {
      FakeClient client = camera.connect();
      assertThat(camera.setUp(client)).isEqualTo(200);
      camera.tearDown(client);
    }
    assertThat(camera.setUp(camera.connect())).isEqualTo(503);
    camera.device.powerOff("reboot");
    assertThat(camera.setUp(camera.connect())).isEqualTo(200);
  }

  @Test
  void profileLimitCountsEachPathByItself() {
    with(SimulatedCamera.builder().set(Knob.PROFILE_LIMIT, 2).set(Knob.SECOND_PATH, "/sub"));
    assertThat(camera.setUp(camera.connect())).isEqualTo(200);
    assertThat(camera.setUp(camera.connect())).isEqualTo(200);
    assertThat(camera.setUp(camera.connect())).isEqualTo(453);
    assertThat(camera.setUp(camera.connect(), "/sub")).isEqualTo(200);
    assertThat(camera.setUp(camera.connect(), "/other")).isEqualTo(404);
  }

  @Test
  void aSlotThatIsLostIsFreeAfterAReboot() {
    with(SimulatedCamera.builder().limit(1, OnLimit.STATUS_503).set(Knob.SLOT_LOST, true));
    FakeClient first = camera.connect();
    camera.setUp(first);
    camera.disconnect(first);
    camera.advance(Duration.ofHours(23).toMillis());
    assertThat(camera.setUp(camera.connect())).isEqualTo(503);
    camera.device.powerOff("reboot");
    assertThat(camera.setUp(camera.connect())).isEqualTo(200);
  }

  @Test
  void aSlotThatWasTornDownIsNotLost() {
    with(SimulatedCamera.builder().limit(1, OnLimit.STATUS_503).set(Knob.SLOT_LOST, true));
    FakeClient first = camera.connect();
    camera.setUp(first);
    camera.tearDown(first);
    assertThat(camera.setUp(camera.connect())).isEqualTo(200);
  }

  @Test
  void theFifthConnectionOfAnAddressWithinTheWindowIsReset() {
    with(
        SimulatedCamera.builder()
            .set(Knob.SYN_LIMIT, 4)
            .set(Knob.SYN_WINDOW, Duration.ofSeconds(2)));
    for (int i = 0; i < 4; i++) {
      assertThat(camera.connect().closes).isEmpty();
      camera.advance(100);
    }
    assertThat(camera.connect().closes).containsExactly("RST too many connections of this address");
    assertThat(camera.connect("192.0.2.7").closes).isEmpty();
    camera.advance(1599);
    assertThat(camera.connect().closes).hasSize(1);
    camera.advance(1);
    assertThat(camera.connect().closes).isEmpty();
  }

  @Test
  void dropOldestOfSourceClosesNobodyElse() {
    with(SimulatedCamera.builder().limit(2, OnLimit.DROP_OLDEST_OF_SOURCE));
    FakeClient other = camera.connect("192.0.2.7");
    FakeClient first = camera.connect("192.0.2.100");
    FakeClient second = camera.connect("192.0.2.100");
    assertThat(other.closes).isEmpty();
    assertThat(first.closes).containsExactly("FIN made room for connection 3");
    assertThat(second.closes).isEmpty();
    assertThat(camera.connect("192.0.2.8").closes).containsExactly("RST the camera is full");
    assertThat(other.closes).isEmpty();
  }

  @Test
  void aClientThatComesBackWithinFiveSecondsIsRefusedForLongerEachTime() {
    with(SimulatedCamera.builder().set(Knob.RECONNECT_PENALTY, Duration.ofSeconds(10)));
    FakeClient first = camera.connect();
    assertThat(camera.describe(first)).isEqualTo(200);
    camera.disconnect(first);
    camera.advance(4999);
    FakeClient soon = camera.connect();
    assertThat(camera.describe(soon)).isEqualTo(503);
    camera.disconnect(soon);
    FakeClient again = camera.connect();
    camera.advance(19_999);
    assertThat(camera.describe(again)).as("twice as long").isEqualTo(503);
    camera.advance(1);
    assertThat(camera.describe(again)).isEqualTo(200);
    assertThat(camera.tally.report().bans()).isEqualTo(2);
    assertThat(camera.describe(camera.connect("192.0.2.7"))).as("another client").isEqualTo(200);
  }

  @Test
  void aClientThatWaitsIsNotPunishedAndIsForgiven() {
    with(SimulatedCamera.builder().set(Knob.RECONNECT_PENALTY, Duration.ofSeconds(10)));
    camera.disconnect(camera.connect());
    camera.disconnect(camera.connect());
    camera.advance(10_000);
    FakeClient patient = camera.connect();
    assertThat(camera.describe(patient)).isEqualTo(200);
    camera.disconnect(patient);
    FakeClient soon = camera.connect();
    camera.advance(9_999);
    assertThat(camera.describe(soon)).isEqualTo(503);
    camera.advance(1);
    assertThat(camera.describe(soon)).as("the doubling began again").isEqualTo(200);
  }

  @Test
  void lockAfterCountsWrongTriesInARow() {
    with(
        SimulatedCamera.builder()
            .credentials("admin", "secret", AuthScheme.BASIC)
            .set(Knob.LOCK_FOR, Duration.ofSeconds(30))
            .set(Knob.LOCK_AFTER, 3));
    FakeClient client = camera.connect();
    String right = "Basic YWRtaW46c2VjcmV0";
    camera.ask(client, "DESCRIBE", "/stream", "authorization", "Basic wrong");
    camera.ask(client, "DESCRIBE", "/stream", "authorization", "Basic wrong");
    assertThat(camera.ask(client, "DESCRIBE", "/stream", "authorization", right)).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertThat(camera.tally.report().locks()).isZero();
      camera.ask(client, "DESCRIBE", "/stream", "authorization", "Basic wrong");
    }
    assertThat(camera.ask(client, "DESCRIBE", "/stream", "authorization", right)).isEqualTo(401);
    assertThat(camera.tally.report().locks()).isEqualTo(1);
    assertThat(camera.tally.report().events(Kind.LOCKED)).hasSize(1);
    camera.advance(30_000);
    assertThat(camera.ask(client, "DESCRIBE", "/stream", "authorization", right)).isEqualTo(200);
  }
}
