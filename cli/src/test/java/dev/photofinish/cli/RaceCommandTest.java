package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Races to sockets of this machine. */
final class RaceCommandTest {

  @Test
  void drawsTheTimelineOfARaceThatWasWon() throws IOException {
    try (ServerSocket server = listening()) {
      Cli.Result result = Cli.run("race", target(server));

      assertThat(result.exit()).isZero();
      assertThat(result.lines().get(0)).isEqualTo("none race to " + target(server));
      assertThat(result.lines().get(1)).startsWith("won by attempt 1, " + target(server));
      assertThat(result.out()).contains("◆").doesNotContain("\u001b");
    }
  }

  @Test
  void endsWithOneWhenTheRaceIsLost() throws IOException {
    String closed = closedPort();

    Cli.Result result = Cli.run("race", "--connection-racing=first-wins", closed);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains("failed after").contains("refused");
  }

  @Test
  void writesALineForEachRaceAndOneForAll() throws IOException {
    try (ServerSocket server = listening()) {
      Cli.Result result = Cli.run("race", "--json", "--repeat", "5", target(server));

      assertThat(result.exit()).isZero();
      List<Map<String, Object>> races = result.json("race");
      assertThat(races)
          .hasSize(5)
          .allSatisfy(
              race ->
                  assertThat(race)
                      .containsEntry("target", target(server))
                      .containsEntry("result", "won")
                      .containsKeys("at", "strategy", "winner", "decidedAt", "attempts"));
      Map<String, Object> all = result.json().get(5);
      assertThat(all)
          .containsEntry("event", "races")
          .containsEntry("count", 5)
          .containsEntry("won", 5)
          .containsOnlyKeys(
              "event", "count", "won", "p50Ms", "p90Ms", "p95Ms", "p99Ms", "meanMs", "maxMs");
    }
  }

  @Test
  void percentilesOfNothingWonAreNull() throws IOException {
    Cli.Result result = Cli.run("race", "--json", "--repeat", "2", closedPort());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.json("races").get(0)).containsEntry("won", 0).containsEntry("p50Ms", null);
  }

  @Test
  void drawsToAFile(@TempDir Path folder) throws IOException {
    Path timeline = folder.resolve("timeline.svg");
    Path distribution = folder.resolve("distribution.svg");
    try (ServerSocket server = listening()) {
      Cli.run("race", "--svg", timeline.toString(), target(server));
      Cli.Result result =
          Cli.run("race", "--repeat=3", "--loss=30", "--svg=" + distribution, target(server));

      assertThat(result.out()).contains("3 of 3 races won").contains("predicted for 30");
    }
    assertThat(timeline).content().contains("won by attempt 1");
    assertThat(distribution).content().contains("measured, 3 races", "predicted for 30");
  }

  @Test
  void aPictureThatCannotBeWrittenIsWrongUse(@TempDir Path folder) throws IOException {
    try (ServerSocket server = listening()) {
      Cli.Result result =
          Cli.run("race", "--svg", folder.resolve("no/such/file").toString(), target(server));

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("--svg").hasLineCount(1);
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static String closedPort() throws IOException {
    try (ServerSocket server = listening()) {
      return target(server);
    }
  }

  private static String target(ServerSocket server) {
    return "127.0.0.1:" + server.getLocalPort();
  }
}
