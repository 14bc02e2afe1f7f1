package dev.photofinish.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.cli.command.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Says in one sentence what is wrong with a file: which option, where, why. */
class TextFileTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsRead() {
    Path file = folder.resolve("picture.svg");
    TextFile.write("svg", file.toString(), "<svg/>");
    assertThat(TextFile.read(file)).isEqualTo("<svg/>");
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidWithItsReason() throws Exception {
    String missing = folder.resolve("no/such/file").toString();
    assertThatThrownBy(() -> TextFile.write("svg", missing, ""))
        .isInstanceOf(UsageException.class)
        .hasMessage("--svg: " + missing + ": cannot be written: no such folder");
    assertThatThrownBy(() -> TextFile.write("svg", folder.toString(), ""))
        .hasMessageStartingWith("--svg: " + folder + ": cannot be written: ");
    assertThatThrownBy(() -> TextFile.write("svg", "a\0b", ""))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot be written: ");
  }

  @Test
  void aFileThatCannotBeReadIsSaidWithItsReason() throws Exception {
    Path file = Files.write(folder.resolve("latin1"), new byte[] {'a', (byte) 0xe4});
    assertThatThrownBy(() -> TextFile.read(file))
        .hasMessage(file + ": cannot be read: it is not text in UTF-8");
    assertThatThrownBy(() -> TextFile.read(folder.resolve("none")))
        .hasMessage(folder.resolve("none") + ": cannot be read: no such file");
  }
}
