package dev.photofinish.cli.fleet;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;

/**
 * The settings of the demonstration.
 *
 * @param isWanted whether it is shown, instead of running a node
 * @param cameras simulated ones
 */
record DemoOptions(boolean isWanted, int cameras) {
  static final OptionTable<Builder, DemoOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          builder -> new DemoOptions(builder.demo, builder.cameras),
          Option.of(
              "demo",
              "off",
              "three nodes and simulated cameras on this machine; kills one node, and shows what"
                  + " viewers and cameras saw",
              OptionType.toggle(),
              (b, v) -> b.demo = v),
          Option.of(
              "demo-cameras",
              "30",
              "the cameras of the demonstration",
              OptionType.integer(1, 300),
              (b, v) -> b.cameras = v));

  /** Collects the options. */
  static final class Builder {
    private boolean demo;
    private int cameras = 30;
  }
}
