package dev.photofinish.connect.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A race in Java Flight Recorder; its duration is the time to the decision. */
@Name("dev.photofinish.Race")
@Label("Race")
@Category("Photofinish")
@Description("A connection race, from the caller's call to the decision")
@StackTrace(false)
@Threshold("0 ns")
final class FlightRace extends Event {
  @Label("Race")
  @Description("Tells the races of this process apart")
  long race;

  @Label("Target")
  @Nullable String target;

  @Label("Strategy")
  @Nullable String strategy;

  @Label("Result")
  @Description("won, failed, timed-out or cancelled")
  @Nullable String result;

  @Label("Attempts")
  int attempts;

  @Label("Winner")
  @Description("The number of the attempt that won, 0 for none")
  int winner;

  @Label("Address")
  @Description("Where the winner is connected to, null for no winner")
  @Nullable String address;
}
