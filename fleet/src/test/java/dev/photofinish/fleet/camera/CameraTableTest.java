package dev.photofinish.fleet.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of cameras, as nodes that do not always hear of each other come to agree on it. */
class CameraTableTest {
  private static final FleetCamera DOOR = FleetCamera.of("door", "rtsp://192.0.2.1/a");
  private static final FleetCamera OTHER_DOOR = FleetCamera.of("door", "rtsp://192.0.2.1/b");

  @Test
  void theLastChangeHolds() {
    CameraTable first = CameraTable.EMPTY.with(DOOR, "a");
    CameraTable second = first.with(OTHER_DOOR, "b");
    assertThat(first.merge(second)).isEqualTo(second);
    assertThat(second.merge(first)).isEqualTo(second);
    assertThat(second.camera("door")).contains(OTHER_DOOR);
  }

  @Test
  void aRemovedCameraDoesNotComeBackWithAnOldList() {
    CameraTable first = CameraTable.EMPTY.with(DOOR, "a");
    CameraTable removed = first.without("door", "b");
    assertThat(removed.merge(first).cameras()).isEmpty();
    assertThat(removed.isRemoved("door")).isTrue();
    assertThat(removed.with(DOOR, "a").camera("door")).contains(DOOR);
  }

  @Test
  void ofTwoChangesAtOnceThatOfTheGreaterNodeHolds() {
    CameraTable one = CameraTable.EMPTY.with(DOOR, "a");
    CameraTable other = CameraTable.EMPTY.with(OTHER_DOOR, "b");
    assertThat(one.merge(other)).isEqualTo(other.merge(one)).isEqualTo(other);
    assertThat(entry(one).isConflictWith(entry(other))).isTrue();
  }

  private static CameraTable.Entry entry(CameraTable of) {
    return Objects.requireNonNull(of.entries().get("door"));
  }

  @Test
  void theSameCameraIsNoChange() {
    CameraTable table = CameraTable.EMPTY.with(DOOR, "a");
    assertThat(table.with(DOOR, "b")).isSameAs(table);
    assertThat(table.without("yard", "b")).isSameAs(table);
  }

  @Test
  void aCameraDoesNotChangeItsSiteWhileItIsListed() {
    CameraTable table = CameraTable.EMPTY.with(DOOR, "a");
    FleetCamera moved = new FleetCamera("door", DOOR.url(), "north", List.of(), Map.of());
    assertThatThrownBy(() -> table.with(moved, "a"))
        .hasMessageContaining("its site cannot change from '' to 'north'");
    assertThat(table.without("door", "a").with(moved, "a").camera("door")).contains(moved);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nodesAgreeInWhateverOrderTheyHear(long seed) {
    Random random = new Random(seed);
    CameraTable[] nodes = {CameraTable.EMPTY, CameraTable.EMPTY, CameraTable.EMPTY};
    for (int i = 0; i < 300; i++) {
      int node = random.nextInt(3);
      String name = "camera" + random.nextInt(5);
      switch (random.nextInt(3)) {
        case 0 -> nodes[node] = nodes[node].without(name, "node" + node);
        case 1 -> {
          String url = "rtsp://192.0.2.1/" + random.nextInt(3);
          nodes[node] = nodes[node].with(FleetCamera.of(name, url), "node" + node);
        }
        default -> nodes[node] = nodes[node].merge(nodes[random.nextInt(3)]);
      }
    }
    CameraTable forward = nodes[0].merge(nodes[1]).merge(nodes[2]);
    assertThat(nodes[2].merge(nodes[0].merge(nodes[1]))).isEqualTo(forward);
    assertThat(nodes[1].merge(nodes[2]).merge(nodes[0]).merge(nodes[1])).isEqualTo(forward);
  }

  @Test
  void aPasswordIsNotShown() {
    FleetCamera camera =
        new FleetCamera(
            "door", "rtsp://me:hunter2@host/", "", List.of(), Map.of("password", "hunter2"));
    assertThat(camera.toString()).doesNotContain("hunter2");
  }

  @Test
  void theShardIsTheSite() {
    FleetCamera camera = new FleetCamera("a/b", "rtsp://h/", "north", List.of(), Map.of());
    assertThat(Shards.shard(camera.entity())).isEqualTo("north");
    assertThat(Shards.name(camera.entity())).isEqualTo("a/b");
    assertThat(Shards.shard(DOOR.entity())).startsWith("~");
    assertThat(Shards.name(DOOR.entity())).isEqualTo("door");
  }
}
