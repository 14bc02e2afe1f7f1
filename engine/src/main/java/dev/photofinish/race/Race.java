package dev.photofinish.race;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Stub: the machine comes next. */
public final class Race {
  /**
   * @param target for the report: what the caller asked for, without user and password
   * @param endpoints how many endpoints the target has; each is answered for both families
   * @param order of the addresses of one endpoint before families are interleaved (RFC 6724)
   * @param startedAt the driver's time, in nanoseconds, of the caller's call
   */
  public Race(
      String target,
      int endpoints,
      RaceOptions options,
      Comparator<Candidate> order,
      long startedAt) {}

  public void handle(long now, RaceEvent event) {}

  public @Nullable RaceCommand poll(long now) {
    return null;
  }

  /** When to poll again if no event comes before; empty after the decision. */
  public OptionalLong deadline() {
    return OptionalLong.empty();
  }

  public RaceReport report() {
    return new RaceReport(
        "", Strategy.NONE, RaceOptions.defaults(), List.of(), List.of(), null, null, -1);
  }
}
