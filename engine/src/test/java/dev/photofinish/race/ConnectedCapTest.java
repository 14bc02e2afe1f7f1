package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;

import org.junit.jupiter.api.Test;

/** {@code max-connected-attempts}: a device that takes few clients never sees more of ours. */
final class ConnectedCapTest extends RaceScript {

  @Test
  void whatIsNotConnectedIsClosedWhenOneIs() {
    race("first-wins max-connected-attempts=1", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(300, connected(2));
    expect(close(1, CANCELLED));
    in(1900, ready(2));
    expect(won(2));
  }

  @Test
  void noneStartsBesideTheOneThatIsConnected() {
    race("first-wins max-connected-attempts=1", A, B);
    in(0);
    expect(dial(1, A));
    in(2, connected(1));
    expectNothing();
    in(4999);
    expectNothing();
  }

  @Test
  void dialsAreRacedAsLongAsNoneIsConnected() {
    race("first-wins max-connected-attempts=1", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
    in(502, connected(3));
    expect(close(1, CANCELLED), close(2, CANCELLED));
    in(530, ready(3));
    expect(won(3));
  }

  @Test
  void theNextStartsWhenTheOneIsGone() {
    race("last-wins max-connected-attempts=1", A);
    in(0);
    expect(dial(1, A));
    in(2, connected(1));
    expectNothing();
    in(600, closed(1));
    expect(dial(2, A));
    in(602, connected(2));
    expectNothing();
    in(640, ready(2));
    expect(won(2));
  }

  @Test
  void lastWinsTakesWhatIsReadyWhenNoneMayStartBesideIt() {
    race("last-wins max-connected-attempts=1", A, B);
    in(0);
    expect(dial(1, A));
    in(30, ready(1));
    expect(won(1));
  }

  @Test
  void twoMayBeConnectedOfThree() {
    race("first-wins max-connected-attempts=2", A, B, C);
    in(0);
    expect(dial(1, A));
    in(2, connected(1));
    expectNothing();
    in(252);
    expect(dial(2, B));
    in(502);
    expect(dial(3, C));
    in(503, connected(2));
    expect(close(3, CANCELLED));
    in(4000);
    expectNothing();
  }
}
