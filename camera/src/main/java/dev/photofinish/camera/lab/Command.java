package dev.photofinish.camera.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A short program run to its end, within 20 s. */
final class Command {
  private static final int LIMIT_SECONDS = 60;

  private Command() {}

  static List<String> join(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  static String run(String... command) {
    return run(List.of(command), "");
  }

  /** What it printed; anything but exit status 0 is a {@link LabException} that quotes it. */
  static String run(List<String> command, String input) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        return finish(command, process, input);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new LabException(String.join(" ", command) + ": " + e.getMessage(), e);
    }
  }

  private static String finish(List<String> command, Process process, String input)
      throws IOException {
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    if (!ends(process, LIMIT_SECONDS)) {
      throw new LabException(
          String.join(" ", command) + ": still running after " + LIMIT_SECONDS + " s", null);
    }
    String text = output.join();
    if (process.exitValue() != 0) {
      throw new LabException(
          String.join(" ", command)
              + ": exit status "
              + process.exitValue()
              + ": "
              + text.strip()
              + (input.isEmpty() ? "" : "\n" + input),
          null);
    }
    return text;
  }

  private static String read(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** False when the process still runs after that time, or when this thread was interrupted. */
  static boolean ends(Process process, long seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
