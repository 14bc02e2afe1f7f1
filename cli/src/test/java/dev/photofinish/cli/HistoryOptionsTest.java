package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history of races is kept in the file that the options name. */
final class HistoryOptionsTest {
  @TempDir private Path folder;

  private Path history() {
    return folder.resolve("history");
  }

  @Test
  void aRaceLeavesWhatItLearnt() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String target = "127.0.0.1:" + server.getLocalPort();

      Cli.Result result = Cli.run("race", "--history-file=" + history(), target);

      assertThat(result.exit()).isZero();
      assertThat(Files.readAllLines(history()))
          .hasSize(4)
          .anySatisfy(line -> assertThat(line).startsWith(target + " - "));
    }
  }

  /** With history off nothing is learnt, so there is nothing to write. */
  @Test
  void aRaceWithoutHistoryLeavesNothing() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String target = "127.0.0.1:" + server.getLocalPort();

      Cli.Result result = Cli.run("race", "--history=off", "--history-file=" + history(), target);

      assertThat(result.exit()).isZero();
      assertThat(history()).doesNotExist();
    }
  }

  @Test
  void watchingLeavesWhatItLearnt() throws IOException {
    Cli.Result result = Cli.run("watch", "--packets=5", "--history-file=" + history());

    assertThat(result.exit()).isZero();
    assertThat(Files.readAllLines(history())).hasSizeGreaterThan(3).endsWith("end");
  }

  @Test
  void aDamagedFileIsSetAsideAndNothingElse() throws IOException {
    Files.writeString(history(), "rubbish");
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Cli.Result result =
          Cli.run("race", "--history-file=" + history(), "127.0.0.1:" + server.getLocalPort());

      assertThat(result.exit()).isZero();
    }
    assertThat(folder.resolve("history.damaged")).hasContent("rubbish");
    assertThat(Files.readAllLines(history())).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "race"})
  void oneCameraHasNoFileOfItsOwn(String command) throws IOException {
    Path config = folder.resolve("cameras.toml");
    Files.writeString(
        config, "[front]\nurl = \"rtsp://127.0.0.1:1/\"\nhistory-file = \"" + history() + "\"\n");

    Cli.Result result = Cli.run(command, "--config=" + config, "front");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("[front]: history-file is for every camera; expected it at the top of the file");
  }

  @Test
  void aFileNeedsAName() {
    Cli.Result result = Cli.run("race", "--history-file=", "127.0.0.1:1");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("history-file: '' is not valid; expected the name of a file");
  }
}
