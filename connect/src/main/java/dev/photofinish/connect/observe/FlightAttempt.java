package dev.photofinish.connect.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** One attempt of a race in Java Flight Recorder; its duration is from the dial to its end. */
@Name("dev.photofinish.Attempt")
@Label("Attempt")
@Category("Photofinish")
@Description("One connection attempt of a race")
@StackTrace(false)
@Threshold("0 ns")
final class FlightAttempt extends Event {
  /** What Flight Recorder shows as not available. */
  static final long NOT_CONNECTED = Long.MIN_VALUE;

  @Label("Race")
  @Description("The race that it is part of")
  long race;

  @Label("Attempt")
  @Description("Its number in the race, from 1 in start order")
  int attempt;

  @Label("Candidate")
  @Nullable String candidate;

  @Label("Outcome")
  @Nullable String outcome;

  @Label("Cause")
  @Description("Why the network or the peer ended it, null when we did")
  @Nullable String cause;

  @Label("Connect Time")
  @Description("From the dial to the established connection")
  @Timespan(Timespan.NANOSECONDS)
  long connectTime = NOT_CONNECTED;

  /** Of {@link System#nanoTime}. */
  transient long startedAt;
}
