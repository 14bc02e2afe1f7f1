package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that plays a stream, run with a time limit. */
public final class Player {

  private static final int LIMIT_SECONDS = 60;

  private Player() {}

  /**
   * What the program said, once it has ended with 0. {@code gst-launch} may end otherwise after the
   * end of the stream: where the answer to its TEARDOWN takes more than a tenth of a second, it
   * counts as an error.
   *
   * @param folder for its output
   */
  public static List<String> run(Path folder, String... command) throws Exception {
    requireOnPath(command[0]);
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      List<String> lines = Files.readAllLines(said);
      assertThat(ended).as("%s ends within %d s: %s", command[0], LIMIT_SECONDS, lines).isTrue();
      if (lines.stream().noneMatch(Player::isEnd)) {
        assertThat(process.exitValue()).as("%s: %s", Arrays.toString(command), lines).isZero();
      }
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether {@code gst-launch} says with this line that it played to the end. */
  static boolean isEnd(String line) {
    return line.startsWith("Got EOS from element");
  }

  private static void requireOnPath(String program) {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!there && System.getProperty("photofinish.lab", "").equals("required")) {
      throw new UncheckedIOException(new IOException(program + " is required and not on the PATH"));
    }
    assumeTrue(there, program + " is not on the PATH");
  }
}
