package dev.photofinish.connect;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** One thread connects while another closes the connector: the race is refused, or it ends. */
@JCStressTest
@Outcome(
    id = "refused, 0 open, 0 racing",
    expect = Expect.ACCEPTABLE,
    desc = "closed before the call")
@Outcome(
    id = "cancelled, 0 open, 0 racing",
    expect = Expect.ACCEPTABLE,
    desc = "closed while it was on")
@Outcome(
    id = "won, 1 open, 0 racing",
    expect = Expect.ACCEPTABLE,
    desc = "closed after the win, which is the caller's")
@Outcome(expect = Expect.FORBIDDEN, desc = "a race that goes on, or left something")
@State
public class CloseMeetsConnect extends Meeting {
  private @Nullable RaceFuture race;

  public CloseMeetsConnect() {
    super(2);
  }

  @Actor
  public void loop() {
    runLoop();
  }

  @Actor
  public void caller() {
    try {
      race = connect();
    } catch (IllegalStateException e) {
      race = null;
    }
    through();
  }

  @Actor
  public void closer() {
    connector.close();
    through();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = race == null ? "refused" : end(race);
    r.r2 = left();
  }
}
