package dev.photofinish.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The kind of what standard output goes to, where the system says it (Linux). */
public final class StandardOutput {
  private static final Path LINK = Path.of("/proc/self/fd/1");

  private StandardOutput() {}

  /** Whether it is surely a pipe. */
  public static boolean isPipe() {
    return target(LINK).filter(target -> target.startsWith("pipe:")).isPresent();
  }

  /** Whether it may be a terminal. */
  static boolean mayBeTerminal() {
    return mayBeTerminal(LINK);
  }

  static boolean mayBeTerminal(Path link) {
    return target(link).map(StandardOutput::mayNameTerminal).orElse(true);
  }

  private static boolean mayNameTerminal(String target) {
    return !target.startsWith("pipe:")
        && !target.startsWith("socket:")
        && !target.equals("/dev/null")
        && !Files.isRegularFile(Path.of(target));
  }

  private static Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
