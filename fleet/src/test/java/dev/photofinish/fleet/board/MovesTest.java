package dev.photofinish.fleet.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests which moves of cameras a node remembers. */
class MovesTest {
  private static final Set<String> DOOR = Set.of("door");

  private final Moves moves = new Moves();

  private static Map<String, FleetView.Held> heldBy(String node, long since) {
    Holding door = new Holding("door", "north", since, "PLAYING", 0, 0, false, null);
    NodeReport report = new NodeReport(node, "", "rtsp://x/", "", false, List.of(door));
    return FleetView.EMPTY.with(report).holders();
  }

  @Test
  void aCameraHasMovedWhenAnotherNodeHoldsItThoughNoneDidMeanwhile() {
    moves.seen(heldBy("a", 1), DOOR);
    assertThat(moves.latest()).as("the first that is seen").isEmpty();
    moves.seen(Map.of(), DOOR);
    moves.seen(heldBy("a", 2), DOOR);
    assertThat(moves.latest()).as("it came back").isEmpty();
    moves.seen(Map.of(), DOOR);
    moves.seen(heldBy("b", 3), DOOR);
    moves.seen(heldBy("a", 4), DOOR);
    assertThat(moves.latest())
        .containsExactly(new Moves.Move("door", "b", "a", 4), new Moves.Move("door", "a", "b", 3));
  }

  @Test
  void aCameraThatWasRemovedIsAnotherOneWhenItIsAdded() {
    moves.seen(heldBy("a", 1), DOOR);
    moves.seen(Map.of(), Set.of());
    moves.seen(heldBy("b", 2), DOOR);
    assertThat(moves.latest()).isEmpty();
  }

  @Test
  void theOldestIsForgotten() {
    for (int i = 0; i <= Moves.MOST + 5; i++) {
      moves.seen(heldBy("node" + i, i), DOOR);
    }
    assertThat(moves.latest()).hasSize(Moves.MOST);
    assertThat(moves.latest().get(0).at()).isEqualTo(Moves.MOST + 5);
  }
}
