package dev.photofinish.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.limiter.DialLimiterOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests, on a virtual clock, how the cameras of nodes that die at once come back. */
class SimulatedFleetTest {
  private static final DialLimiterOptions LIMITER = DialLimiterOptions.defaults();
  private static final int SITE_DIALS = 16;

  private static LossOptions options(int nodes, int lost, int cameras, int site) {
    long seed = System.nanoTime() & 0xffff;
    System.out.println("simulated fleet: seed " + seed);
    return new LossOptions(nodes, lost, cameras, site, seed, null);
  }

  @Test
  void camerasOfTwentyNodesOfTwoHundred() {
    SimulatedFleet.Outcome outcome =
        SimulatedFleet.run(options(200, 20, 100_000, 20), LIMITER, SITE_DIALS);
    assertThat(outcome.run().cameras()).isBetween(9_900, 10_100);
    assertThat(outcome.run().dials()).as("one each").isEqualTo(outcome.run().cameras());
    assertThat(outcome.run().mostOfASite()).isEqualTo(SITE_DIALS);
    assertThat(outcome.run().mostOfANode()).isLessThanOrEqualTo(128);
    assertThat(Duration.ofNanos(outcome.run().playingAt() - outcome.takeover()))
        .as("5,000 sites of 200 nodes, 10 ms each of the lost ones")
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    assertThat(outcome.mostLoad()).as("of the average").isLessThan(1.1);
  }

  /** The cap of a site is what keeps its dials apart. */
  @Test
  void withoutACapASiteIsDialledByAllOfItsCameras() {
    LossOptions options = options(10, 1, 1_000, 60);
    assertThat(SimulatedFleet.run(options, LIMITER, 1_000).run().mostOfASite())
        .isGreaterThan(SITE_DIALS);
    SimulatedFleet.Outcome capped = SimulatedFleet.run(options, LIMITER, 3);
    assertThat(capped.run().mostOfASite()).isEqualTo(3);
    assertThat(capped.run().dials()).isEqualTo(capped.run().cameras());
  }

  /** 500 cameras of one site die with their node: all at one other, within the cap. */
  @Test
  void aNodeWithFiveHundredCamerasOfOneSite() {
    SimulatedFleet.Outcome outcome =
        SimulatedFleet.run(options(3, 1, 1_500, 500), LIMITER, SITE_DIALS);
    assertThat(outcome.run().mostOfASite()).isLessThanOrEqualTo(SITE_DIALS);
    assertThat(outcome.run().curve().get(outcome.run().curve().size() - 1).playing())
        .isEqualTo(outcome.run().cameras());
  }
}
