package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many addresses, and the ends of the options' ranges. */
final class ExtremesTest {
  private static final long MS = 1_000_000;

  private static List<Candidate> candidates(int count) throws UnknownHostException {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      candidates.add(new Candidate(new InetSocketAddress(InetAddress.getByAddress(address), 554)));
    }
    return candidates;
  }

  private static FakeDriver resolved(String options, long startedAt, List<Candidate> candidates) {
    FakeDriver driver = new FakeDriver(RaceScript.options(options), 1, startedAt);
    driver.handle(0, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    driver.handle(0, new RaceEvent.Resolved(0, Family.IPV4, candidates));
    return driver;
  }

  /** Each attempt ends with {@code cause} as soon as it is dialled. */
  private static void endAll(FakeDriver driver, Cause cause) {
    long now = 0;
    while (!driver.isDecided()) {
      driver.drain(now);
      for (int attempt : driver.open()) {
        driver.handle(now, new RaceEvent.Ended(attempt, cause));
      }
      if (driver.drain(now).isEmpty() && !driver.isDecided()) {
        now = driver.deadline().orElseThrow();
      }
    }
  }

  @Test
  void aThousandAddressesThatRefuseAreTriedOnceEachTenMillisecondsApart()
      throws UnknownHostException {
    FakeDriver driver = resolved("first-wins racing-timeout=1h", 0, candidates(1000));
    endAll(driver, Cause.REFUSED);
    assertThat(driver.report().attempts()).hasSize(1000);
    assertThat(driver.report().decidedAt()).isEqualTo(999 * 10 * MS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first-wins racing-timeout=1ms",
        "none racing-timeout=1ms",
        "last-wins racing-timeout=1ms max-parallel-connections=16",
        "hybrid racing-timeout=1ms",
        "first-wins racing-timeout=1h max-parallel-connections=16 racing-delay-ms=2000",
        "first-wins racing-timeout=60s racing-delay-ms=10 allow-short-delay=on"
            + " max-parallel-connections=1",
        "last-wins racing-timeout=1h max-parallel-connections=1 racing-delay-ms=10"
            + " allow-short-delay=on",
        "hybrid racing-timeout=60s max-parallel-connections=16 racing-delay-multiplier=10",
        "none racing-timeout=1h"
      })
  void silenceEndsEveryRaceAtItsTimeout(String options) throws UnknownHostException {
    FakeDriver driver = resolved(options, 0, candidates(3));
    driver.drain(0);
    driver.finish();
    RaceOptions parsed = RaceScript.options(options);
    int races = parsed.connectionRacing() == Strategy.HYBRID ? 2 : 1;
    assertThat(driver.report().result()).isEqualTo(Result.TIMED_OUT);
    assertThat(driver.report().decidedAt()).isEqualTo(races * parsed.racingTimeout().toNanos());
  }

  @Test
  void aPatienceOfManyDoublingsDoesNotOverflow() throws UnknownHostException {
    FakeDriver driver =
        resolved(
            "first-wins max-parallel-connections=1 racing-timeout=1h racing-delay-ms=10"
                + " allow-short-delay=on",
            0,
            candidates(1));
    long now = 0;
    driver.drain(now);
    for (int i = 0; i < 1000; i++) { // 1000 doublings of 30 ms, each attempt ended by silence
      driver.handle(now, new RaceEvent.Ended(driver.dialledCount(), Cause.TIMEOUT));
      driver.drain(now);
      now = driver.deadline().orElseThrow();
      driver.drain(now);
    }
    assertThat(driver.dialledCount()).isEqualTo(1001);
    assertThat(driver.deadline().orElseThrow()).isGreaterThan(now + 1_000_000 * MS);
  }
}
