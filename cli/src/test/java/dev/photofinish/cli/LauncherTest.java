package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code ./photofinish}. */
@Tag("lab")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "photofinish").toAbsolutePath().normalize();

  @TempDir private Path folder;

  /** A build in the middle of a test run would replace the jars that its classes come from. */
  @BeforeAll
  static void needsWhatItBuilds() throws Exception {
    Process process =
        new ProcessBuilder(LAUNCHER.toString(), "gst-source", "--help")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      Needs.that(
          Optional.of("it is not built, or its sources have changed: run ./photofinish --version"),
          Assumptions::abort);
    }
  }

  @Test
  void runsFromElsewhereThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("pf"), LAUNCHER);

    Process process = start(link.toString(), "simulate", "-");
    try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write("{\"candidates\":[\"192.0.2.1\"],\"network\":{\"192.0.2.1\":[{\"ready\":9}]}}");
    }

    assertThat(lines(process)).singleElement().asString().contains("\"decidedAt\":9");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void wrongUseIsExitCodeTwo() throws Exception {
    Process process = start(LAUNCHER.toString(), "race", "--racing-delay-ms=1", "a:1");

    assertThat(lines(process)).isEmpty();
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void aSignalEndsInOrder() throws Exception {
    Process process = start(LAUNCHER.toString(), "camera", "--port=0", "--json");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      // Beside the line that the camera is up, which another thread prints.
      assertThat(out.lines().limit(2)).anyMatch(line -> line.contains("rtsp://127.0.0.1:"));

      process.toHandle().destroy(); // SIGTERM, and the streams stay open

      assertThat(out.lines()).last().asString().contains("\"event\":\"summary\"");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void anOldOrMissingJavaIsSaid() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "--version");
    builder.environment().put("JAVA_HOME", folder.toString());
    Process process = builder.redirectErrorStream(true).start();

    assertThat(lines(process)).singleElement().asString().contains("JDK 17 or newer");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void aPipelineThatPlaysIsNoPlaceToBuild() throws Exception {
    Files.createDirectories(folder.resolve("cli/src/main"));
    Files.createDirectory(folder.resolve(".mvn"));
    Files.createFile(folder.resolve("pom.xml"));
    Files.createFile(folder.resolve("cli/pom.xml"));
    Path launcher = Files.copy(LAUNCHER, folder.resolve("photofinish"));
    Process process =
        new ProcessBuilder(launcher.toString(), "gst-source", "--socket", "3")
            .redirectErrorStream(true)
            .start();

    assertThat(lines(process))
        .singleElement()
        .asString()
        .endsWith("run " + launcher.toRealPath() + " gst-plugin");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> lines(Process process) throws IOException {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return new ArrayList<>(out.lines().toList());
    }
  }
}
