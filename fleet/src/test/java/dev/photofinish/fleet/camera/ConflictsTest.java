package dev.photofinish.fleet.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Changes of one camera on sides that did not see each other, as people are told of them. */
class ConflictsTest {
  private static CameraTable.Entry by(String node) {
    FleetCamera camera = FleetCamera.of("door", "rtsp://192.0.2.1/" + node);
    return new CameraTable.Entry(3, node, camera, true, "");
  }

  @Test
  void sayWhoseChangeHoldsInWhateverOrderTheyAreHeard() {
    Conflicts.Conflict conflict = Conflicts.Conflict.of("door", by("b"), by("a"), 7);
    assertThat(conflict).isEqualTo(new Conflicts.Conflict("door", "b", "a", 7));
    assertThat(Conflicts.Conflict.of("door", by("a"), by("b"), 7)).isEqualTo(conflict);
    assertThat(conflict)
        .hasToString("door was changed by b and by a at once; the change of b holds");
  }

  @Test
  void theOldestIsForgotten() {
    Conflicts conflicts = new Conflicts();
    for (int i = 0; i <= Conflicts.MOST; i++) {
      conflicts.heard(new Conflicts.Conflict("door", "b", "a", i));
    }
    assertThat(conflicts.latest()).hasSize(Conflicts.MOST);
    assertThat(conflicts.latest().get(0).at()).isEqualTo(Conflicts.MOST);
  }
}
