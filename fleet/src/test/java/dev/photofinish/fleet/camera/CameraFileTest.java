package dev.photofinish.fleet.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The list of cameras over an end of all nodes, and the changes that a configuration file makes.
 */
class CameraFileTest {
  private static final FleetCamera DOOR =
      new FleetCamera("door", "rtsp://h/a", "north", List.of("b", "a"), Map.of("transport", "tcp"));
  private static final FleetCamera YARD = FleetCamera.of("yard", "rtsp://h/y");

  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsRead() throws IOException {
    CameraFile file = new CameraFile(folder.resolve("state").resolve("cameras.json"));
    assertThat(file.read()).isEqualTo(CameraFile.Content.EMPTY);
    CameraTable table = CameraTable.EMPTY.with(DOOR, "a").with(YARD, "a").without("yard", "a");
    CameraFile.Content content = new CameraFile.Content(table, Map.of("door", DOOR));
    file.write(content);
    file.write(content);
    assertThat(file.read()).isEqualTo(content);
    Path path = folder.resolve("state").resolve("cameras.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedFileIsNotReplacedByAnEmptyList() throws IOException {
    Path path = Files.writeString(folder.resolve("cameras.json"), "{");
    assertThatThrownBy(() -> new CameraFile(path).read()).isInstanceOf(IOException.class);
  }

  private static CameraTable fed(
      CameraTable table, Map<String, FleetCamera> before, Map<String, FleetCamera> now) {
    return CameraFile.fed(table, before, now, "a", text -> {});
  }

  @Test
  void aFileThatDidNotChangeUndoesNothing() {
    Map<String, FleetCamera> file = Map.of("door", DOOR);
    FleetCamera later = new FleetCamera("door", "rtsp://h/later", "north", List.of(), Map.of());
    CameraTable table = fed(CameraTable.EMPTY, Map.of(), file).with(later, "b");
    assertThat(fed(table, file, file)).isEqualTo(table);
    assertThat(fed(table.without("door", "b"), file, file).cameras()).isEmpty();
  }

  @Test
  void whatChangedInTheFileChangesTheList() {
    CameraTable table = fed(CameraTable.EMPTY, Map.of(), Map.of("door", DOOR));
    CameraTable next = fed(table, Map.of("door", DOOR), Map.of("yard", YARD));
    assertThat(next.cameras()).containsOnly(Map.entry("yard", YARD));
  }

  @Test
  void aSiteThatChangedIsRefusedAndNothingElse() {
    CameraTable table = fed(CameraTable.EMPTY, Map.of(), Map.of("door", DOOR));
    FleetCamera moved = new FleetCamera("door", DOOR.url(), "south", List.of(), Map.of());
    List<String> refused = new ArrayList<>();
    CameraTable next =
        CameraFile.fed(
            table, Map.of("door", DOOR), Map.of("door", moved, "yard", YARD), "a", refused::add);
    assertThat(next.camera("door")).contains(DOOR);
    assertThat(next.camera("yard")).contains(YARD);
    assertThat(refused).singleElement().asString().startsWith("door: its site cannot change");
  }
}
