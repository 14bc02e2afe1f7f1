package dev.photofinish.fleet.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests what a node believes of the others. */
class FleetViewTest {
  private static NodeReport report(String node, Holding... holdings) {
    return new NodeReport(node, "", "rtsp://" + node + "/", "", false, List.of(holdings));
  }

  private static Holding door(long since) {
    return new Holding("door", "north", since, "PLAYING", 0, 0, false, null);
  }

  @Test
  void ofTwoThatSayTheyHoldACameraTheLaterOneIsBelieved() {
    FleetView view =
        FleetView.EMPTY.with(report("a", door(2))).with(report("b", door(1))).with(report("c"));
    assertThat(view.holder("door").orElseThrow().node().node()).isEqualTo("a");
    assertThat(view.holder("yard")).isEmpty();
    assertThat(view.only(Set.of("b", "c")).holder("door").orElseThrow().node().node())
        .isEqualTo("b");
    assertThat(view.holders()).containsOnlyKeys("door");
    assertThat(view.holders()).containsEntry("door", view.holder("door").orElseThrow());
  }

  @Test
  void aMoveIsOverWhenItsShardIsThereOrItsNodeIsNot() {
    FleetView view = FleetView.EMPTY.withMove("north", "b").with(report("a", door(1)));
    assertThat(view.moves()).containsKey("north");
    assertThat(view.with(report("b", door(2))).moves()).isEmpty();
    assertThat(view.only(Set.of("a")).moves()).isEmpty();
  }
}
