package dev.photofinish.connect.observe;

import java.util.List;

/** The listeners that every connector has beside those of its caller. */
public final class BuiltInListeners {
  private BuiltInListeners() {}

  /** The log, and events of Java Flight Recorder where this Java has it. */
  public static List<RaceListener> all() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent()
        ? List.of(new RaceLog(), new FlightLog())
        : List.of(new RaceLog());
  }
}
