package dev.photofinish.connect;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The caller is interrupted in await while the event loop wins: who got no channel left none. */
@JCStressTest
@Outcome(
    id = "interrupted, 0 open, 0 racing",
    expect = Expect.ACCEPTABLE,
    desc = "the interrupt was first")
@Outcome(id = "won, 1 open, 0 racing", expect = Expect.ACCEPTABLE, desc = "the race was first")
@Outcome(expect = Expect.FORBIDDEN, desc = "a channel without an owner, or none for the winner")
@State
public class InterruptMeetsWin extends Meeting {
  private final RaceFuture race = connect();

  public InterruptMeetsWin() {
    super(1);
  }

  @Actor
  public void loop() {
    runLoop();
  }

  @Actor
  public void caller(LL_Result r) {
    Thread.currentThread().interrupt();
    r.r1 = await();
    Thread.interrupted();
    through();
  }

  private String await() {
    try {
      return race.await().channel().isOpen() ? "won" : "won what is closed";
    } catch (InterruptedException e) {
      return "interrupted";
    } catch (RaceException e) {
      return "lost";
    }
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r2 = left();
  }
}
