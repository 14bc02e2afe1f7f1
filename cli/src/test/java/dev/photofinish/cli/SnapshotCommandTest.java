package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.net.BadServer;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** The {@code snapshot} command against simulated cameras. */
class SnapshotCommandTest {
  @TempDir private Path folder;

  @Test
  @EnabledOnOs(
      architectures = "amd64",
      disabledReason = "the build brings FFmpeg's libraries for this platform")
  void theNextKeyFrameIsAPicture() throws Exception {
    Path file = folder.resolve("door.png");
    Files.writeString(file, "an old picture");
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Cli.Result result = Cli.run("snapshot", "--json", camera.url(), file.toString());
      assertThat(result.err()).isEmpty();
      assertThat(result.exit()).isZero();
      BufferedImage picture = ImageIO.read(file.toFile());
      Map<String, Object> line = result.json().get(0);
      assertThat(line)
          .containsEntry("event", "snapshot")
          .containsEntry("codec", "H264")
          .containsEntry("file", file.toString())
          .containsEntry("width", picture.getWidth())
          .containsEntry("height", picture.getHeight())
          .containsEntry("bytes", (int) Files.size(file))
          .containsOnlyKeys(
              Objects.requireNonNull(JsonLinesTest.documented().get("snapshot")).keySet());
    }
    assertThat(folder.toFile().list()).as("no part is left").containsExactly("door.png");
  }

  @Test
  void aCameraWithoutMediaIsAFailureAndTheOldPictureStays() throws Exception {
    Path file = folder.resolve("door.jpg");
    Files.writeString(file, "an old picture");
    try (SimulatedCamera camera = SimulatedCamera.builder().mute().start()) {
      Cli.Result result = Cli.run("snapshot", "--duration=300ms", camera.url(), file.toString());
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("no key frame within 300 ms; the stream is ");
    }
    assertThat(file).hasContent("an old picture");
  }

  @Test
  void theReasonIsSaid() throws Exception {
    try (BadServer refuses = BadServer.refuse()) {
      String url = "rtsp://127.0.0.1:" + refuses.address().getPort() + "/";
      Cli.Result result =
          Cli.run("snapshot", "--duration=300ms", url, folder.resolve("door.jpg").toString());
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("no key frame within 300 ms").contains("refused");
      assertThat(result.err()).doesNotContain("nothing came within");
    }
  }

  @Test
  void anotherKindOfFileIsRefused() {
    Cli.Result result = Cli.run("snapshot", "rtsp://192.0.2.1/", "door.gif");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("'door.gif' is not valid; expected a file name ending in .jpg or .png");
  }

  @Test
  void aFolderThatIsNotThereIsSaidBeforeAnythingIsDialled() {
    String file = folder.resolve("none") + File.separator + "door.jpg";
    Cli.Result result = Cli.run("snapshot", "rtsp://192.0.2.1/", file);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("door.jpg: cannot be written: no folder ");
  }
}
