package dev.photofinish.fleet.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock that does not stand still with its machine. */
class WakefulClockTest {
  @TempDir private Path folder;

  @Test
  void isTheTimeSinceTheMachineBootedWhereThereIsOne() throws Exception {
    Path uptime = folder.resolve("uptime");
    Files.writeString(uptime, "84712.31 161934.20\n");
    WakefulClock clock = new WakefulClock(uptime);
    assertThat(clock.getAsLong()).isEqualTo(Duration.ofMillis(84_712_310).toNanos());
    Files.writeString(uptime, "84722.05 161934.20\n");
    assertThat(clock.getAsLong()).isEqualTo(Duration.ofMillis(84_722_050).toNanos());
  }

  @Test
  void isTheTimeOfDayElsewhere() {
    long before = Duration.ofMillis(System.currentTimeMillis()).toNanos();
    assertThat(new WakefulClock(folder.resolve("none")).getAsLong()).isGreaterThanOrEqualTo(before);
  }
}
