package dev.photofinish.connect.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.Connectors;
import dev.photofinish.connect.Peers;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Races as they stand in a recording of Java Flight Recorder. */
@Timeout(120)
class FlightLogTest {
  private static final RaceOptions OPTIONS =
      RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();

  @Test
  void aRecordingHoldsEachRaceWithItsAttempts(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("races.jfr");
    Endpoint refusing = Peers.refuses("127.0.0.1");
    try (Peers peers = new Peers();
        Connector connector = Connectors.create()) {
      Endpoint peer = peers.mute("127.0.0.2");
      RaceReport report;
      try (Recording recording = new Recording()) {
        recording.start();
        report = connector.connectBlocking(Target.of(refusing, peer), OPTIONS).report();
        recording.stop();
        recording.dump(file);
      }
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);

      RecordedEvent race = only(events, "dev.photofinish.Race");
      assertThat(race.getString("target")).isEqualTo(refusing + "," + peer);
      assertThat(race.getString("strategy")).isEqualTo("first-wins");
      assertThat(race.getString("result")).isEqualTo("won");
      assertThat(race.getInt("attempts")).isEqualTo(2);
      assertThat(race.getInt("winner")).isEqualTo(2);
      assertThat(race.getString("address")).isEqualTo(peer.toString());
      assertThat(race.getDuration())
          .isPositive()
          .isLessThanOrEqualTo(java.time.Duration.ofNanos(report.decidedAt()).plusSeconds(1));

      RecordedEvent first = attempt(events, 1);
      assertThat(first.getLong("race")).isEqualTo(race.getLong("race"));
      assertThat(first.getString("candidate")).isEqualTo(refusing.toString());
      assertThat(first.getString("outcome")).isEqualTo("failed");
      assertThat(first.getString("cause")).isEqualTo("refused");
      assertThat(first.getLong("connectTime")).isEqualTo(FlightAttempt.NOT_CONNECTED);

      RecordedEvent second = attempt(events, 2);
      assertThat(second.getString("outcome")).isEqualTo("won");
      assertThat(second.getString("cause")).isNull();
      assertThat(second.getDuration("connectTime")).isPositive();
      assertThat(second.getDuration()).isPositive().isLessThanOrEqualTo(race.getDuration());
      assertThat(second.getStartTime()).isAfterOrEqualTo(race.getStartTime());
    }
  }

  @Test
  void withoutARecordingNothingIsAllocated() {
    FlightLog log = new FlightLog();
    Target target = Target.parse("192.0.2.1:554");
    Candidate candidate = new Candidate(new InetSocketAddress("192.0.2.1", 554));
    RaceReport report =
        new RaceReport(
            "192.0.2.1:554",
            Strategy.FIRST_WINS,
            OPTIONS,
            List.of(),
            List.of(),
            Result.FAILED,
            null,
            1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    races(log, target, candidate, report); // loads what is loaded once
    long before = threads.getThreadAllocatedBytes(thread);
    races(log, target, candidate, report);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    // A race that kept or boxed anything would take 16 bytes at least.
    assertThat(allocated).isLessThan(1_000 * 16);
  }

  private static void races(FlightLog log, Target target, Candidate candidate, RaceReport report) {
    for (int race = 1_000; race < 2_000; race++) {
      log.started(race, target, OPTIONS);
      log.attemptStarted(race, 1, candidate);
      log.attemptReached(race, 1, Stage.CONNECTED);
      log.attemptEnded(race, 1, Outcome.WON, null, null);
      log.decided(race, report);
    }
  }

  private static RecordedEvent attempt(List<RecordedEvent> events, int number) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.photofinish.Attempt"))
        .filter(event -> event.getInt("attempt") == number)
        .findFirst()
        .orElseThrow();
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    List<RecordedEvent> named =
        events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
    assertThat(named).hasSize(1);
    return named.get(0);
  }
}
