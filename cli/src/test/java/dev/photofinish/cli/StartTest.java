package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The classes that a command loads before it does anything, as a JVM of its own says. */
class StartTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  private static List<String> loaded(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Photofinish.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  @Test
  void noCommandMakesAMapperOfJsonThatItDoesNotUse() throws Exception {
    assertThat(loaded("--version"))
        .anyMatch(line -> line.contains("SimulateCommand"))
        .noneMatch(line -> line.contains("jackson.databind.deser"));
  }

  @Test
  void aNamedCommandIsMadeAloneAndLooksForNoTerminalWhereThereIsNone() throws Exception {
    assertThat(loaded("race", "--help"))
        .anyMatch(line -> line.contains("RaceCommand"))
        .noneMatch(line -> line.contains("RelayOptions") || line.contains("SiteOptions"))
        .noneMatch(line -> line.contains("org.jline.terminal.TerminalBuilder"));
  }

  @Test
  void nothingIsMadeForARecorderThatDoesNotRun() throws Exception {
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(loaded("race", "127.0.0.1:" + peer.getLocalPort()))
          .anyMatch(line -> line.contains("connect.RaceDriver"))
          .noneMatch(line -> line.contains("FlightRace") || line.contains("FlightAttempt"))
          .noneMatch(line -> line.contains("jdk.jfr.internal.handlers"));
    }
  }
}
