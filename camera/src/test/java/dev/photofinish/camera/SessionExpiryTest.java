package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of sessions that no request names for long, at the times of an embedded event loop. */
class SessionExpiryTest {
  private DeviceScript script = new DeviceScript(SimulatedCamera.builder());

  @AfterEach
  void close() {
    script.close();
  }

  /** A client that plays; the camera is one of these settings. */
  private FakeClient playing(SimulatedCamera.Builder builder) {
    script.close();
    script = new DeviceScript(builder);
    FakeClient client = script.connect();
    assertThat(script.setUp(client)).isEqualTo(200);
    assertThat(script.play(client)).isEqualTo(200);
    return client;
  }

  private static SimulatedCamera.Builder timeout(int seconds) {
    return SimulatedCamera.builder().sessionTimeout(Duration.ofSeconds(seconds));
  }

  @Test
  void aSessionWithoutRequestsTimesOut() {
    FakeClient client = playing(timeout(3));
    String session = DeviceScript.session(client);
    assertThat(script.last(client)).contains(session + ";timeout=3\r\n");
    script.advance(2_999);
    assertThat(script.tally.report().sessionsExpired()).isZero();
    script.advance(1);
    assertThat(script.tally.report().sessionsExpired()).isEqualTo(1);
    assertThat(script.tally.report().sessionsLeftBehind()).isEqualTo(1);
    assertThat(script.tally.report().sessionsOpen()).isZero();
    assertThat(script.keepAlive(client, session)).isEqualTo(454);
  }

  @Test
  void requestsKeepASessionAlive() {
    FakeClient client = playing(timeout(3));
    for (int request = 0; request < 4; request++) {
      script.advance(2_999);
      assertThat(script.keepAlive(client, DeviceScript.session(client))).isEqualTo(200);
    }
    assertThat(script.tally.report().sessionsExpired()).isZero();
    assertThat(script.tally.report().sessionsOpen()).isEqualTo(1);
  }

  @Test
  void expiryThatIsOffIsOnlyAnnounced() {
    FakeClient client = playing(timeout(1).set(Knob.SESSION_EXPIRY, false));
    String session = DeviceScript.session(client);
    assertThat(script.last(client)).contains(session + ";timeout=1\r\n");
    script.advance(10_000);
    assertThat(script.keepAlive(client, session)).isEqualTo(200);
  }
}
