package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.CameraEvent.Kind;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The counts and events of a camera, and their bounds. */
class TallyTest {

  private final List<CameraEvent> heard = new ArrayList<>();
  private final Tally tally = new Tally(Ticker.systemTicker(), List.of(heard::add));

  @Test
  void thePeakStaysWhenConnectionsClose() {
    tally.record(Kind.CONNECTED, 1, "");
    tally.record(Kind.CONNECTED, 2, "");
    tally.record(Kind.CLOSED, 1, "");
    tally.record(Kind.CONNECTED, 3, "");
    CameraReport report = tally.report();
    assertThat(report.connections()).isEqualTo(3);
    assertThat(report.connectionsOpen()).isEqualTo(2);
    assertThat(report.connectionsPeak()).isEqualTo(2);
  }

  @Test
  void theLastEventsAreKeptAndAllAreCounted() {
    int more = CameraReport.MAX_EVENTS + 10;
    for (int i = 1; i <= more; i++) {
      tally.record(Kind.LIMITED, i, "");
    }
    CameraReport report = tally.report();
    assertThat(report.droppedByLimit()).isEqualTo(more);
    assertThat(report.events()).hasSize(CameraReport.MAX_EVENTS);
    assertThat(report.events().get(0).connection()).isEqualTo(11);
    assertThat(heard).as("listeners get them all").hasSize(more);
  }

  @Test
  void methodsThatAClientMakesUpAreCountedTogether() {
    for (int i = 0; i < 1000; i++) {
      tally.request(1, "METHOD" + i, "*");
    }
    tally.request(1, "METHOD0", "*");
    CameraReport report = tally.report();
    assertThat(report.requests()).hasSize(101);
    assertThat(report.requests("METHOD0")).isEqualTo(2);
    assertThat(report.requests("other")).isEqualTo(900);
  }

  @Test
  void aReportDoesNotChangeAfterwards() {
    tally.request(1, "OPTIONS", "*");
    CameraReport before = tally.report();
    tally.request(1, "OPTIONS", "*");
    tally.rtpSent(7);
    assertThat(before.requests("OPTIONS")).isEqualTo(1);
    assertThat(before.rtpPackets()).isZero();
    assertThat(tally.report().rtpPackets()).isEqualTo(7);
  }

  @Test
  void aConditionThatHoldsIsNotWaitedFor() throws Exception {
    tally.record(Kind.SESSION_OPENED, 1, "1");
    assertThat(tally.await(report -> report.sessionsOpen() == 1, Duration.ZERO).sessions())
        .isEqualTo(1);
  }

  @Test
  void aWaitInVainShowsTheLastReport() {
    tally.record(Kind.SESSION_OPENED, 1, "the session");
    assertThatThrownBy(() -> tally.await(report -> false, Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith("not within 1 ms: connections: 0 open")
        .hasMessageContaining("connection 1 SESSION_OPENED the session");
  }
}
