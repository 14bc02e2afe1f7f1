package dev.photofinish.cli.fleet;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import org.jspecify.annotations.Nullable;

/**
 * The fleet whose nodes are lost, on a virtual clock.
 *
 * @param lost of the nodes, at once
 * @param siteCameras cameras of a site, on average
 * @param svg null for no picture
 */
record LossOptions(
    int nodes, int lost, int cameras, int siteCameras, long seed, @Nullable String svg) {
  static final OptionTable<Builder, LossOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "simulated-nodes",
              "200",
              "the nodes of the simulation",
              OptionType.integer(2, 1_000),
              (b, v) -> b.nodes = v),
          Option.of(
              "simulated-lost",
              "20",
              "so many nodes die at once, fewer than half",
              OptionType.integer(1, 499),
              (b, v) -> b.lost = v),
          Option.of(
              "simulated-cameras",
              "100000",
              "the cameras of all nodes",
              OptionType.integer(1, 1_000_000),
              (b, v) -> b.cameras = v),
          Option.of(
              "simulated-site",
              "20",
              "cameras of a site, on average",
              OptionType.integer(1, 1_000),
              (b, v) -> b.siteCameras = v),
          Option.of(
              "seed",
              "1",
              "of sites, rates and round trips",
              new OptionType.LongNumber(0, Long.MAX_VALUE, "a whole number from 0"),
              (b, v) -> b.seed = v),
          Option.of(
              "svg", "", "file to draw the simulation to", OptionType.text(), (b, v) -> b.svg = v));

  /** The same in a fleet that is smaller by {@code divisor}. */
  LossOptions smaller(int divisor) {
    return new LossOptions(
        Math.max(2, nodes / divisor),
        Math.max(1, lost / divisor),
        Math.max(1, cameras / divisor),
        siteCameras,
        seed,
        null);
  }

  /** Collects the options. */
  static final class Builder {
    private int nodes = 200;
    private int lost = 20;
    private int cameras = 100_000;
    private int siteCameras = 20;
    private long seed = 1;
    private @Nullable String svg;

    private LossOptions build() {
      if (2 * lost >= nodes) {
        throw new InvalidOptionException(
            "simulated-lost", lost, "fewer than half of the nodes: the others would go down too");
      }
      return new LossOptions(nodes, lost, cameras, siteCameras, seed, svg);
    }
  }
}
