package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.photofinish.camera.SimulatedCamera;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ctrl-C and SIGTERM in a real pseudo-terminal, made by {@code script} of util-linux. */
// A read of a process's output cannot be interrupted.
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SignalsOnATerminalTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final String CTRL_C = "\u0003";

  private final SimulatedCamera camera = SimulatedCamera.builder().start();

  @BeforeEach
  void aPseudoTerminal() {
    assumeTrue(Files.isExecutable(SCRIPT), "no " + SCRIPT + ", which makes a pseudo-terminal");
  }

  @AfterEach
  void close() {
    camera.close();
  }

  @Test
  void anInterruptEndsWatchInOrder() throws Exception {
    try (Session session = Session.of("", "watch", camera.url())) {
      session.until(text -> text.contains("reconnects"));
      session.type(CTRL_C);

      assertThat(session.rest())
          .contains("summary")
          .doesNotContain("has been closed")
          .contains("exit=0");
      assertThat(camera.report().requests()).containsEntry("TEARDOWN", 1);
    }
  }

  @Test
  void aTerminateSignalEndsWatchInOrder() throws Exception {
    try (Session session = Session.of("", "watch", camera.url())) {
      session.until(text -> text.contains("reconnects"));
      session.terminate();

      assertThat(session.rest())
          .contains("summary")
          .doesNotContain("has been closed")
          .contains("exit=0");
      assertThat(camera.report().requests()).containsEntry("TEARDOWN", 1);
    }
  }

  @Test
  void aSecondInterruptEndsAtOnce() throws Exception {
    // It looks for an interrupt between two storms, and the first takes minutes.
    try (Session session = Session.of("", "storm", "--cameras=100000", "--dark=10min")) {
      session.until(text -> text.contains("racing"));
      session.type(CTRL_C);
      session.until(text -> text.contains("interrupt again to end at once"));
      session.type(CTRL_C);

      assertThat(session.rest()).contains("exit=130").contains("modes=kept");
    }
  }

  /** As {@code timeout} does: it signals the command, then its group, which the command is in. */
  @Test
  void twoTerminateSignalsAtOnceAreOne() throws Exception {
    try (Session session = Session.of("", "storm", "--cameras=100000", "--dark=10min")) {
      session.until(text -> text.contains("racing"));
      session.terminate();
      session.terminate();
      session.until(text -> text.contains("interrupt again to end at once"));
      session.terminate();

      assertThat(session.rest()).contains("exit=143").contains("modes=kept");
    }
  }

  /** The first that is written are questions to the terminal: what it is, what it can. */
  @Test
  void anInterruptWhileTheTerminalIsAskedEndsInOrder() throws Exception {
    try (Session session = Session.of("", "watch", camera.url())) {
      session.until(text -> !text.isEmpty());
      session.type(CTRL_C);

      assertThat(session.rest())
          .contains("exit=1")
          .doesNotContain("Exception", "Error", "has been closed");
    }
  }

  @Test
  void theTerminalIsAsItWas() throws Exception {
    try (Session session = Session.of("", "watch", camera.url())) {
      session.until(text -> text.contains("reconnects"));
      session.type(CTRL_C);

      String text = session.rest();
      assertThat(text).contains("modes=kept");
      assertThat(text.lastIndexOf("\u001b[?25h"))
          .as("the cursor is shown at the end")
          .isGreaterThanOrEqualTo(text.lastIndexOf("\u001b[?25l"));
    }
  }

  @Test
  void anInterruptedCameraPrintsItsSummary() throws Exception {
    try (Session session = Session.of("", "camera", "--port=0")) {
      session.until(text -> text.contains("rtsp://"));
      session.type(CTRL_C);

      assertThat(session.rest()).contains("connections").contains("exit=0");
    }
  }

  @Test
  void interruptedRacesPrintTheirPercentiles() throws Exception {
    try (Session session = Session.of("", "race", "--repeat=1000000", camera.url())) {
      session.until(text -> text.contains("of 1000000 races, "));
      session.type(CTRL_C);

      assertThat(session.rest()).contains("races won").contains("p50").contains("exit=0");
    }
  }

  @Test
  void interruptedRacesThroughAPipePrintTheirPercentiles() throws Exception {
    // The reader of the pipe leaves the interrupt to the command.
    String reader = " | (trap '' INT; cat)";
    try (Session session = Session.of(reader, "race", "--repeat=1000000", "-vv", camera.url())) {
      // A race is counted before the next one dials.
      session.until(text -> text.indexOf(" dials ") < text.lastIndexOf(" dials "));
      session.type(CTRL_C);

      assertThat(session.rest()).contains("races won").contains("p50").contains("exit=0");
    }
  }

  @Test
  void aFailedWriteIsExitCodeOne() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full on this system");
    String target = "127.0.0.1:" + camera.port();
    try (Session session = Session.of(" > /dev/full", "race", target)) {
      assertThat(session.rest()).contains("standard output cannot be written").contains("exit=1");
    }
  }

  @Test
  void aReaderThatHasEnoughEndsACommandQuietly() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/fd/1")), "this system does not say what is a pipe");
    String target = "127.0.0.1:" + camera.port();
    try (Session session = Session.of(" | head -c 1", "race", "--repeat=1000", "--json", target)) {
      assertThat(session.rest()).doesNotContain("cannot be written").contains("exit=0");
    }
  }

  /** A command in a terminal of its own. */
  private record Session(Process process, StringBuilder seen) implements AutoCloseable {

    static Session of(String after, String... arguments) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String command =
          quoted(java)
              + " -XX:TieredStopAtLevel=1 -cp "
              + quoted(System.getProperty("java.class.path"))
              + " dev.photofinish.cli.Photofinish "
              + String.join(" ", arguments)
              + after
              + "; echo exit=${PIPESTATUS[0]}; [[ $before == $(stty -g) ]] && echo modes=kept";
      // The shell itself survives the interrupt, to say how the command ended.
      ProcessBuilder builder =
          new ProcessBuilder(
              "env",
              "--default-signal=INT", // ignored where the build runs in the background of a shell
              SCRIPT.toString(),
              "-qec",
              "trap : INT; before=$(stty -g); " + command,
              "/dev/null");
      builder.environment().put("TERM", "xterm");
      builder.environment().put("SHELL", "/bin/bash");
      builder.environment().remove("NO_COLOR");
      return new Session(builder.redirectErrorStream(true).start(), new StringBuilder());
    }

    private static String quoted(String text) {
      return "'" + text.replace("'", "'\\''") + "'";
    }

    void until(Predicate<String> condition) throws IOException {
      var in = process.inputReader(StandardCharsets.UTF_8);
      while (!condition.test(seen.toString())) {
        int c = in.read();
        assertThat(c).as("the command ended early: %s", seen).isNotNegative();
        seen.append((char) c);
      }
    }

    void type(String keys) throws IOException {
      OutputStream terminal = process.getOutputStream();
      terminal.write(keys.getBytes(StandardCharsets.UTF_8));
      terminal.flush();
    }

    void terminate() {
      process
          .descendants()
          .filter(child -> child.info().command().orElse("").endsWith("/java"))
          .forEach(ProcessHandle::destroy);
    }

    String rest() throws IOException {
      BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
      for (int c = in.read(); c >= 0; c = in.read()) {
        seen.append((char) c);
      }
      return seen.toString();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
