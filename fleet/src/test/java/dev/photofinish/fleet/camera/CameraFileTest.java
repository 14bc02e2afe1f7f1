package dev.photofinish.fleet.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** As on a disk that is full for a while; here a file is in the place of the folder. */
  @Test
  void whatCouldNotBeWrittenIsWrittenLater() throws IOException {
    Path state = Files.writeString(folder.resolve("state"), "");
    CameraFile file = new CameraFile(state.resolve("cameras.json"));
    CameraFile.Content content =
        new CameraFile.Content(CameraTable.EMPTY.with(DOOR, "a"), Map.of());
    file.write(CameraFile.Content.EMPTY);
    file.write(content);
    file.retry();
    Files.delete(state);
    file.retry();
    assertThat(file.read()).isEqualTo(content);
    Files.delete(state.resolve("cameras.json"));
    file.retry();
    assertThat(state.resolve("cameras.json")).as("written once").doesNotExist();
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

  private static final FleetCamera BY_API =
      new FleetCamera("door", "rtsp://h/api", "north", List.of(), Map.of());

  /** A node without a folder has nothing to say what it was fed when it starts again. */
  @Test
  void aNodeThatForgotUndoesNothingOfTheApiWithAFileThatWasNotEdited() {
    Map<String, FleetCamera> file = Map.of("door", DOOR);
    CameraTable table = fed(CameraTable.EMPTY, Map.of(), file);
    CameraTable changed = table.with(BY_API, "b");
    assertThat(fed(changed, Map.of(), file)).isEqualTo(changed);
    CameraTable removed = changed.without("door", "b");
    assertThat(fed(removed, Map.of(), file)).isEqualTo(removed);
  }

  @Test
  void aFileThatSaysAlreadyWhatTheApiSaidIsNoEditLater() {
    Map<String, FleetCamera> file = Map.of("door", DOOR);
    CameraTable table = fed(CameraTable.EMPTY.with(DOOR, "b"), Map.of(), file).with(BY_API, "b");
    assertThat(fed(table, Map.of(), file)).isEqualTo(table);
  }

  @Test
  void aFileThatWasEditedIsTheLaterChangeAndSaysWhatItReplaces() {
    Map<String, FleetCamera> edited = Map.of("door", FleetCamera.of("door", "rtsp://h/edited"));
    FleetCamera byApi = FleetCamera.of("door", "rtsp://me:hunter2@h/api");
    CameraTable table =
        fed(CameraTable.EMPTY, Map.of(), Map.of("door", FleetCamera.of("door", "rtsp://h/a")))
            .with(byApi, "b");
    List<String> told = new ArrayList<>();
    assertThat(CameraFile.fed(table, Map.of(), edited, "a", told::add).cameras()).isEqualTo(edited);
    assertThat(told)
        .containsExactly(
            "door: what the API of b said of it is replaced by what the edited configuration file"
                + " says");
    assertThat(fed(table.without("door", "b"), Map.of(), edited).cameras()).isEqualTo(edited);
    Map<String, FleetCamera> before = Map.of("door", byApi);
    told.clear();
    assertThat(CameraFile.fed(table, before, Map.of(), "a", told::add).cameras()).isEmpty();
    assertThat(told).hasSize(1);
  }

  /** Two nodes whose files contradict each other: the later one holds, and both are told. */
  @Test
  void ofTwoFilesTheOneThatIsReadLaterHolds() {
    FleetCamera other =
        new FleetCamera("door", "rtsp://192.0.2.9/other", DOOR.site(), List.of(), Map.of());
    CameraTable first = fed(CameraTable.EMPTY, Map.of(), Map.of("door", DOOR));
    List<String> told = new ArrayList<>();
    CameraTable next = CameraFile.fed(first, Map.of(), Map.of("door", other), "b", told::add);
    assertThat(next.camera("door")).contains(other);
    assertThat(told)
        .containsExactly(
            "door: what the configuration file of a said of it is replaced by what this node's"
                + " says");
    assertThat(Conflicts.between(first, next, next, Map.of("door", DOOR), "a"))
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.camera()).isEqualTo("door");
              assertThat(conflict.holds()).isEqualTo("b");
              assertThat(conflict.lost()).isEqualTo("a");
            });
    assertThat(Conflicts.between(first, next, next, Map.of("door", other), "a")).isEmpty();
    assertThat(Conflicts.between(next, next, next, Map.of("door", DOOR), "a")).isEmpty();
    CameraTable byApi = first.with(other, "b");
    assertThat(Conflicts.between(first, byApi, byApi, Map.of("door", DOOR), "a")).isEmpty();
  }

  @Test
  void aCameraThatTheFileLostAndGotAgainIsBack() {
    Map<String, FleetCamera> file = Map.of("door", DOOR);
    CameraTable lost = fed(fed(CameraTable.EMPTY, Map.of(), file), file, Map.of());
    assertThat(lost.cameras()).isEmpty();
    assertThat(fed(lost, Map.of(), file).cameras()).isEqualTo(file);
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

  @Test
  void aFolderThatCannotBeWrittenToIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> CameraFile.in(file.resolve("state")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("state: ");
    Path state = folder.resolve("new").resolve("state");
    CameraFile.in(state).write(CameraFile.Content.EMPTY);
    assertThat(CameraFile.in(state).read()).isEqualTo(CameraFile.Content.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"table\":",
        "{}",
        "[1]",
        "null",
        "garbage",
        "{\"table\":{},\"fed\":{}}x",
        "{\"table\":{}}"
      })
  void aFileThatIsDamagedIsSaidAsThat(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("cameras.json"), content);
    assertThatThrownBy(() -> CameraFile.in(folder).read())
        .isInstanceOf(IOException.class)
        .hasNoCause()
        .hasMessage(file + " is damaged: remove it, and this node hears the list from the others");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    Path file = Files.createDirectory(folder.resolve("cameras.json"));
    assertThatThrownBy(() -> CameraFile.in(folder).read())
        .hasMessageStartingWith(file + " cannot be read: ");
  }
}
