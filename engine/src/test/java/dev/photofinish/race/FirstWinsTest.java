package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The strategy {@code first-wins}. */
@Tag("first-wins")
final class FirstWinsTest extends RaceScript {

  @Test
  void theFirstToBeReadyWins() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(500);
    expect(dial(3, C));
    in(510, ready(2));
    expect(close(1, CANCELLED), close(3, CANCELLED), won(2));
    assertThat(attempt(1).outcome()).isEqualTo(CANCELLED);
    assertThat(attempt(2).outcome()).isEqualTo(Outcome.WON);
  }

  @Test
  void connectingDoesNotWin() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(255, connected(1));
    expectNothing();
    in(260, ready(2));
    expect(close(1, CANCELLED), won(2));
  }

  @Test
  void oneThatIsNeverDialledCostsNothing() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(30, ready(1));
    expect(won(1));
    assertThat(report().attempts()).hasSize(1);
  }

  @Test
  void beingClosedIsNoEvidenceHere() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(2, connected(1));
    expectNothing();
    in(252);
    expect(dial(2, B));
    in(254, connected(2), closed(1));
    expectNothing();
    in(504);
    expect(dial(3, C));
  }

  @Test
  void aFailedRaceIsNotFollowedByAnother() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, connected(1), closed(1));
    expect(lost(Result.FAILED));
  }
}
