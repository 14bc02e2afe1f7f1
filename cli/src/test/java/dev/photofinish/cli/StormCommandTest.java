package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StormCommandTest {
  @Test
  void comparesAndDraws(@TempDir Path folder) throws Exception {
    Path picture = folder.resolve("storm.svg");
    Cli.Result cli =
        Cli.run("storm", "--cameras=300", "--dark=7s", "--max-dials=20", "--svg=" + picture);
    assertThat(cli.exit()).as(cli.err()).isEqualTo(0);
    assertThat(cli.out()).contains("| first-wins | auto | within |", " | 20 | ");
    assertThat(Files.readString(picture)).contains("300 cameras", "prefers-color-scheme:dark");
  }

  @Test
  void linesOfJson() {
    Cli.Result cli = Cli.run("storm", "--cameras=30", "--dark=1s", "--json");
    assertThat(cli.json("storm"))
        .hasSize(14)
        .first()
        .satisfies(line -> assertThat(line).containsEntry("retryStrategy", "auto"))
        .satisfies(line -> assertThat(line).containsEntry("limiter", true));
  }

  /** The page's tables and picture are made by the commands that it names. */
  @Test
  @Tag("exhaustive")
  void theDocumentationShowsWhatIsPrinted(@TempDir Path folder) throws Exception {
    Path docs = Path.of("..", "docs");
    Path picture = folder.resolve("storm.svg");
    List<String> storm = Cli.run("storm", "--svg=" + picture).lines();
    assertThat(storm).hasSize(16);
    assertThat(Files.readAllLines(docs.resolve("storm.md"))).containsSequence(storm);
    assertThat(Files.readString(picture)).isEqualTo(Files.readString(docs.resolve("storm.svg")));
    List<String> fallback = Cli.run("storm", "--dark=0s", "--refused-ipv6=on").lines();
    assertThat(Files.readAllLines(docs.resolve("storm.md")))
        .containsSequence(
            fallback.stream().filter(line -> !line.startsWith("| ") || isShown(line)).toList());
  }

  private static boolean isShown(String line) {
    return line.contains("| auto | within |") || line.startsWith("| racing |");
  }

  @Test
  void wrongValuesAreRefused() {
    Cli.Result cli = Cli.run("storm", "--cameras=0");
    assertThat(cli.exit()).isEqualTo(2);
    assertThat(cli.err()).contains("--cameras", "from 1 to 100000");
  }
}
