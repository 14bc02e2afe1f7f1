package dev.photofinish.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark runs, with all clients in it; how fast they are stands in no test. */
class NetworkBenchmarkTest {
  @Test
  @Tag("lab")
  void everybodyTakesPartInEveryCase(@TempDir Path folder) throws Exception {
    Needs.lab(Assumptions::abort);
    NetworkBenchmark.main("2", "20", folder.toString());
    String results = Files.readString(folder.resolve("benchmarks-network.md"));
    for (ClientKind kind : ClientKind.values()) {
      assertThat(results.lines().filter(line -> line.startsWith("| " + kind.title() + " |")))
          .as("a row in each of the two tables: %s", results)
          .hasSize(2);
    }
    assertThat(folder.resolve("benchmarks-loss-50.svg")).isNotEmptyFile();
  }
}
