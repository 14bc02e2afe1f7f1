package dev.photofinish.fleet.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.fleet.camera.FleetCamera;
import java.util.List;
import java.util.Map;
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

  /** What it holds is not known to be lost, and nothing can be asked of it. */
  @Test
  void aNodeThatIsNotReachedKeepsItsReportAndTakesNothing() {
    FleetView view = FleetView.EMPTY.with(report("a", door(1))).with(report("b"));
    FleetView parted = view.withUnreachable(Set.of("a"), 5);
    assertThat(parted.unreachable()).containsOnly(Map.entry("a", 5L));
    assertThat(parted.withUnreachable(Set.of("a", "b"), 9).unreachable())
        .as("since when, of each")
        .containsOnly(Map.entry("a", 5L), Map.entry("b", 9L));
    assertThat(parted.with(report("a")).unreachable()).containsKey("a");
    assertThat(parted.withMove("north", "b").unreachable()).containsKey("a");
    assertThat(parted.holder("door")).isPresent();
    FleetCamera door = FleetCamera.of("door", "rtsp://192.0.2.1/");
    assertThat(view.whyNot(door, "a")).isEmpty();
    assertThat(parted.whyNot(door, "a")).contains("That node cannot be reached at the moment.");
    assertThat(parted.whyNot(door, "b")).isEmpty();
    assertThat(view.canTake("b")).isTrue();
    assertThat(parted.canTake("b")).isFalse();
    assertThat(parted.withUnreachable(Set.of(), 9)).as("it is back").isEqualTo(view);
    assertThat(parted.only(Set.of("b")).unreachable()).as("it was removed").isEmpty();
  }

  @Test
  void whyNobodyHoldsACameraIsSaid() {
    FleetCamera everywhere = FleetCamera.of("door", "rtsp://192.0.2.1/");
    FleetCamera north =
        new FleetCamera("yard", "rtsp://192.0.2.2/", "", List.of("north"), Map.of());
    FleetView view = FleetView.EMPTY.with(report("a"));
    assertThat(FleetView.EMPTY.whyUnheld(north)).as("none is known yet").isEmpty();
    assertThat(view.whyUnheld(everywhere)).isEmpty();
    assertThat(view.whyUnheld(north))
        .contains("it can be reached from zone north, and no node that takes cameras is there");
    String none = "no node takes cameras now, each drains or is unreachable";
    assertThat(view.withUnreachable(Set.of("a"), 1).whyUnheld(everywhere)).contains(none);
    NodeReport draining = new NodeReport("a", "", "", "", true, List.of());
    assertThat(view.with(draining).whyUnheld(everywhere)).contains(none);
  }
}
