package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StormCommandTest {
  @Test
  void comparesAndDraws(@TempDir Path folder) throws Exception {
    Path picture = folder.resolve("storm.svg");
    Cli.Result cli =
        Cli.run("storm", "--cameras=300", "--dark=7s", "--max-dials=20", "--svg=" + picture);
    assertThat(cli.exit()).as(cli.err()).isEqualTo(0);
    assertThat(cli.out()).contains("first-wins within the budget", "at most 20 at once");
    assertThat(Files.readString(picture)).contains("300 cameras", "prefers-color-scheme:dark");
  }

  @Test
  void wrongValuesAreRefused() {
    Cli.Result cli = Cli.run("storm", "--cameras=0");
    assertThat(cli.exit()).isEqualTo(2);
    assertThat(cli.err()).contains("--cameras", "from 1 to 100000");
  }
}
