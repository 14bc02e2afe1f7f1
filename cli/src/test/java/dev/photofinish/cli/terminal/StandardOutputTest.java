package dev.photofinish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guess, from where standard output leads, whether a terminal need be looked for. */
class StandardOutputTest {
  @TempDir Path folder;

  private boolean mayBeTerminal(String target) throws Exception {
    return StandardOutput.mayBeTerminal(
        Files.createSymbolicLink(folder.resolve("output"), Path.of(target)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe:[1]", "socket:[2]", "/dev/null"})
  void noTerminalIsLookedForWhereItIsNone(String target) throws Exception {
    assertThat(mayBeTerminal(target)).isFalse();
  }

  @Test
  void aFileIsNone() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(mayBeTerminal(file.toString())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/pts/0", "/dev/tty1", "/dev/console"})
  void aDeviceMayBeOne(String target) throws Exception {
    assertThat(mayBeTerminal(target)).isTrue();
  }

  @Test
  void whereTheSystemDoesNotSayItMayBeOne() {
    assertThat(StandardOutput.mayBeTerminal(folder.resolve("absent"))).isTrue();
  }
}
