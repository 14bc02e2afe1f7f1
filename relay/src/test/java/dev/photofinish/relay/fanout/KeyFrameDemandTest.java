package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The times at which a camera is asked for a key frame. */
class KeyFrameDemandTest {
  private static final long SECOND = 1_000_000_000L;

  private int asked;
  private final KeyFrameDemand demand = new KeyFrameDemand(() -> asked++);

  @Test
  void whatIsNeededIsAskedForAtOnceAndOnceASecondUntilItComes() {
    demand.need(0);
    demand.need(SECOND / 2);
    demand.tick(SECOND - 1);
    assertThat(asked).isEqualTo(1);
    demand.tick(SECOND);
    assertThat(asked).isEqualTo(2);
    demand.came();
    demand.tick(3 * SECOND);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void readersThatMissedSomethingAreAskedForEveryFiveSecondsTogether() {
    demand.missed(0);
    assertThat(asked).isEqualTo(1);
    demand.came();
    for (int second = 1; second < 5; second++) {
      demand.missed(second * SECOND);
    }
    assertThat(asked).isEqualTo(1);
    demand.tick(5 * SECOND);
    assertThat(asked).isEqualTo(2);
    demand.came();
    demand.tick(10 * SECOND);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void nothingIsAskedForWithoutNeed() {
    demand.tick(0);
    demand.came();
    demand.tick(SECOND);
    assertThat(asked).isZero();
  }
}
