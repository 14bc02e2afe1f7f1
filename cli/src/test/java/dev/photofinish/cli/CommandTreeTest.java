package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** The sentence that a command which failed leaves. */
class CommandTreeTest {
  @Test
  void aFailureIsSaidWithItsReason() {
    Exception shortage =
        new IllegalStateException(
            "failed to create a child event loop",
            new IllegalStateException("no selector", new IOException("Too many open files")));
    assertThat(CommandTree.message(shortage))
        .isEqualTo("failed to create a child event loop: Too many open files");
  }

  @Test
  void nothingIsSaidTwice() {
    IOException reason = new IOException("a.toml: cannot be read");
    assertThat(CommandTree.message(reason)).isEqualTo("a.toml: cannot be read");
    assertThat(CommandTree.message(new UncheckedIOException(reason)))
        .isEqualTo("java.io.IOException: a.toml: cannot be read");
    assertThat(CommandTree.message(new NullPointerException()))
        .isEqualTo("java.lang.NullPointerException");
  }

  @Test
  void causesThatGoRoundEnd() {
    Exception first = new IllegalStateException("first");
    Exception second = new IllegalStateException("second", first);
    first.initCause(second);
    assertThat(CommandTree.message(first)).startsWith("first");
  }
}
