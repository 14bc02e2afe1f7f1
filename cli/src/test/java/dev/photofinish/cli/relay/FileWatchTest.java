package dev.photofinish.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is looked at each second, and read once nobody writes it any more. */
class FileWatchTest {
  @TempDir private Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("cameras.toml"), text);
  }

  @Test
  void theFirstLookFindsAFileThatTheSecondTakes() throws Exception {
    FileWatch watch = new FileWatch(file("a"));
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();
    assertThat(watch.hasChanged()).isFalse();
  }

  @Test
  void aFileThatIsBeingWrittenIsNotTaken() throws Exception {
    Path file = file("a");
    FileWatch watch = new FileWatch(file);
    watch.hasChanged();
    watch.hasChanged();
    file(""); // cut off, to be written again
    assertThat(watch.hasChanged()).isFalse();
    for (int i = 0; i < 3; i++) {
      Files.writeString(file, "part", StandardOpenOption.APPEND);
      assertThat(watch.hasChanged()).isFalse();
    }
    assertThat(watch.hasChanged()).isTrue();
    assertThat(watch.hasChanged()).isFalse();
  }

  @Test
  void anotherFileInItsPlaceIsTaken() throws Exception {
    Path file = file("a");
    FileWatch watch = new FileWatch(file);
    watch.hasChanged();
    watch.hasChanged();
    Path other = Files.writeString(folder.resolve("other"), "a");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();
  }

  @Test
  void aLinkThatLeadsElsewhereIsTaken() throws Exception {
    Path first = Files.createDirectory(folder.resolve("..1"));
    Path second = Files.createDirectory(folder.resolve("..2"));
    Files.writeString(first.resolve("cameras.toml"), "a");
    Files.writeString(second.resolve("cameras.toml"), "b");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first);
    Path file = Files.createSymbolicLink(folder.resolve("c.toml"), data.resolve("cameras.toml"));
    FileWatch watch = new FileWatch(file);
    watch.hasChanged();
    watch.hasChanged();
    Path next = Files.createSymbolicLink(folder.resolve("..next"), second);
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();
  }
}
