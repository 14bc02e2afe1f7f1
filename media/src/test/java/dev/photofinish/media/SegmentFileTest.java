package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of files of which many have the same one. */
class SegmentFileTest {
  @TempDir private Path folder;

  private String created() throws IOException {
    SegmentFile file = SegmentFile.create(folder, "door", "mp4", Instant.EPOCH, Disk.FILES);
    String name = file.name();
    file.discard();
    return name;
  }

  private void take(String name) throws IOException {
    Files.createFile(folder.resolve(name));
  }

  @Test
  void aNameThatIsTakenGetsTheNextNumber() throws IOException {
    assertThat(created()).isEqualTo("door.mp4");
    take("door.mp4");
    for (int i = 1; i < 1200; i++) {
      assertThat(created()).isEqualTo("door-" + i + ".mp4");
      take("door-" + i + (i % 2 == 0 ? ".mp4" : ".mp4.part"));
    }
  }

  @Test
  void aNumberThatIsMissingInBetweenIsTaken() throws IOException {
    for (String taken : new String[] {"door.mp4", "door-1.mp4", "door-2.mp4", "door-4.mp4"}) {
      take(taken);
    }
    assertThat(created()).isIn("door-3.mp4", "door-5.mp4");
  }
}
