package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Knob#LIMIT}, {@link Knob#ON_LIMIT} and {@link Knob#SLOT_KEPT}. */
class LimitTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private static SimulatedCamera camera(int limit, OnLimit policy) {
    return SimulatedCamera.builder().limit(limit, policy).start();
  }

  @Test
  void dropOldestClosesTheOldestConnectionWhenANewerOneArrives() throws Exception {
    try (SimulatedCamera camera = camera(2, OnLimit.DROP_OLDEST);
        RawClient first = RawClient.connect(camera);
        RawClient second = RawClient.connect(camera)) {
      assertThat(first.request("OPTIONS").status()).isEqualTo(200);
      try (RawClient third = RawClient.connect(camera)) {
        assertThat(first.readToEnd()).as("FIN").isTrue();
        assertThat(second.request("OPTIONS").status()).isEqualTo(200);
        assertThat(third.request("OPTIONS").status()).isEqualTo(200);
        CameraReport report = camera.awaitConnections(2, BOUND);
        assertThat(report.connections()).isEqualTo(3);
        assertThat(report.droppedByLimit()).isEqualTo(1);
        assertThat(report.events(CameraEvent.Kind.LIMITED).get(0).connection()).isEqualTo(1);
      }
    }
  }

  @Test
  void aConnectionThatTheClientClosedMakesRoom() throws Exception {
    try (SimulatedCamera camera = camera(1, OnLimit.DROP_OLDEST)) {
      RawClient.connect(camera).close();
      camera.await(report -> report.connections() == 1 && report.connectionsOpen() == 0, BOUND);
      try (RawClient second = RawClient.connect(camera)) {
        assertThat(second.request("OPTIONS").status()).isEqualTo(200);
      }
      assertThat(camera.report().droppedByLimit()).isZero();
    }
  }

  @Test
  void rejectNewResetsTheNewConnection() throws Exception {
    try (SimulatedCamera camera = camera(1, OnLimit.REJECT_NEW);
        RawClient first = RawClient.connect(camera)) {
      assertIsReset(camera);
      assertThat(first.request("OPTIONS").status()).isEqualTo(200);
      assertThat(camera.report().droppedByLimit()).isEqualTo(1);
    }
  }

  @Test
  void silentAcceptsTheNewConnectionAndNeverAnswersIt() throws Exception {
    try (SimulatedCamera camera = camera(1, OnLimit.SILENT);
        RawClient second = silentSecond(camera)) {
      second.timeout(300);
      assertThatThrownBy(() -> second.request("OPTIONS"))
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(camera.awaitConnections(1, BOUND).droppedByLimit()).isEqualTo(1);
    }
  }

  /** A client over the limit; the one that had the place has gone. */
  private static RawClient silentSecond(SimulatedCamera camera) throws Exception {
    try (RawClient first = RawClient.connect(camera)) {
      assertThat(first.request("OPTIONS").status()).isEqualTo(200);
      RawClient second = RawClient.connect(camera);
      camera.awaitConnections(2, BOUND);
      return second;
    }
  }

  @ParameterizedTest
  @CsvSource({"STATUS_453, 453", "STATUS_503, 503"})
  void aStatusRefusesTheSetupOfASessionTooMany(OnLimit policy, int status) throws Exception {
    try (SimulatedCamera camera = camera(1, policy);
        RawClient first = RawClient.connect(camera);
        RawClient second = RawClient.connect(camera)) {
      String session = first.setup(1, 0).session();
      assertThat(first.setup(2, 2, "Session: " + session).status()).isEqualTo(200);
      assertThat(second.request("DESCRIBE").status()).isEqualTo(200);
      assertThat(second.setup(1, 0).status()).isEqualTo(status);
      first.request("TEARDOWN", "Session: " + session);
      assertThat(second.setup(1, 0).status()).isEqualTo(200);
      assertThat(camera.report().refusedByLimit()).isEqualTo(1);
      assertThat(camera.report().droppedByLimit()).isZero();
    }
  }

  @Test
  void aSessionLeftBehindKeepsItsSlotForAWhile() throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .limit(1, OnLimit.STATUS_453)
            .slotKept(Duration.ofSeconds(3))
            .start()) {
      leave(camera);
      try (RawClient next = RawClient.connect(camera)) {
        assertThat(next.setup(1, 0).status()).isEqualTo(453);
        assertThat(untilServed(next)).isEqualTo(200);
      }
    }
  }

  private static int untilServed(RawClient client) throws IOException {
    int status = 453;
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (status == 453 && System.nanoTime() - deadline < 0) {
      status = client.setup(1, 0).status();
    }
    return status;
  }

  @Test
  void aConnectionThatLeftASessionBehindKeepsItsSlotForAWhile() throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .limit(1, OnLimit.REJECT_NEW)
            .slotKept(Duration.ofHours(1))
            .start()) {
      leave(camera);
      for (int i = 0; i < 2; i++) {
        assertIsReset(camera);
      }
    }
  }

  @Test
  void teardownFreesTheSlotAtOnce() throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .limit(1, OnLimit.REJECT_NEW)
            .slotKept(Duration.ofHours(1))
            .start()) {
      try (RawClient first = RawClient.connect(camera)) {
        first.request("TEARDOWN", "Session: " + first.play().session());
      }
      camera.await(report -> report.connections() == 1 && report.connectionsOpen() == 0, BOUND);
      try (RawClient next = RawClient.connect(camera)) {
        assertThat(next.request("OPTIONS").status()).isEqualTo(200);
      }
    }
  }

  /** The reset may come before the client has seen its connection. */
  private static void assertIsReset(SimulatedCamera camera) {
    assertThatThrownBy(
            () -> {
              try (RawClient next = RawClient.connect(camera)) {
                next.readToEnd();
              }
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private static void leave(SimulatedCamera camera) throws Exception {
    try (RawClient first = RawClient.connect(camera)) {
      first.setup(1, 0);
    }
    camera.await(report -> report.sessionsLeftBehind() == 1, BOUND);
  }

  @Test
  void withoutALimitEverybodyIsServed() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient first = RawClient.connect(camera);
        RawClient second = RawClient.connect(camera)) {
      assertThat(first.setup(1, 0).status()).isEqualTo(200);
      assertThat(second.setup(1, 0).status()).isEqualTo(200);
      assertThat(camera.report().connectionsPeak()).isEqualTo(2);
    }
  }
}
