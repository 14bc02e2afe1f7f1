package dev.photofinish.connect;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** The caller cancels while the event loop wins: one of them, and the channel is as it says. */
@JCStressTest
@Outcome(
    id = "true, cancelled, 0 open, 0 racing",
    expect = Expect.ACCEPTABLE,
    desc = "the caller was first")
@Outcome(
    id = "false, won, 1 open, 0 racing",
    expect = Expect.ACCEPTABLE,
    desc = "the race was first")
@Outcome(expect = Expect.FORBIDDEN, desc = "reported one thing, done another, or left something")
@State
public class CancelMeetsWin extends Meeting {
  private final RaceFuture race = connect();

  public CancelMeetsWin() {
    super(1);
  }

  @Actor
  public void loop() {
    runLoop();
  }

  @Actor
  public void caller(LLL_Result r) {
    r.r1 = race.cancel(true);
    through();
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r2 = end(race);
    r.r3 = left();
  }
}
