package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A player that somebody else wrote, and what it has said so far. */
public final class PlayerProcess implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final long LOOK = Duration.ofMillis(20).toNanos();

  private final Path log;
  private final Process process;

  private PlayerProcess(Path log, List<String> command) throws IOException {
    this.log = log;
    this.process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /**
   * Starts a player.
   *
   * @param log a file of its own
   */
  public static PlayerProcess start(Path log, String... command) throws IOException {
    return new PlayerProcess(log, List.of(command));
  }

  /**
   * Starts FFmpeg, which decodes so many pictures as they come and says how many it has.
   *
   * @param input what reads it, the URL last
   */
  public static PlayerProcess ffmpeg(Path log, int pictures, String... input) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "warning", "-progress", "-"));
    command.addAll(List.of(input));
    command.addAll(List.of("-map", "0:v", "-fps_mode", "passthrough", "-frames:v"));
    command.addAll(List.of(String.valueOf(pictures), "-f", "null", "-"));
    return new PlayerProcess(log, command);
  }

  /** The lines that it has printed, errors included. */
  public List<String> said() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a line, of all that were printed, says it. */
  public void awaitLine(Predicate<String> says) {
    await(lines -> lines.anyMatch(says));
  }

  /** Waits until what was printed is enough. */
  public void await(Predicate<Stream<String>> enough) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!enough.test(said().stream())) {
      assertThat(System.nanoTime() - end).as("%s", said()).isNegative();
      LockSupport.parkNanos(LOOK);
    }
  }

  /** Waits until FFmpeg has decoded so many pictures. */
  public void awaitPictures(int count) {
    awaitLine(
        line -> line.startsWith("frame=") && Integer.parseInt(line.substring(6).strip()) >= count);
  }

  /**
   * Waits for its end, which must be a success; that of {@code gst-launch} is that it played to the
   * end, behind which it counts a slow answer to its TEARDOWN as an error.
   */
  public void expectSuccess() throws InterruptedException {
    assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).as("%s", said()).isTrue();
    if (said().stream().noneMatch(line -> line.startsWith("Got EOS from element"))) {
      assertThat(process.exitValue()).as("%s", said()).isZero();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
