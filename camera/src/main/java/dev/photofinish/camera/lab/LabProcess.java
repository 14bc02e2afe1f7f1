package dev.photofinish.camera.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program in a namespace, or on the host itself, with a time limit: {@code timeout} ends it even
 * when this JVM is gone. Its output, errors included, is read all the time, so that it never blocks
 * on a full pipe; the last 1,000 lines are kept.
 */
public final class LabProcess implements AutoCloseable {
  private static final int LINES_KEPT = 1000;

  private final Process process;
  private final String command;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private boolean ended;

  private LabProcess(Process process, String command) {
    this.process = process;
    this.command = command;
  }

  /** Starts a program in no namespace: it needs no privileges and no lab. */
  public static LabProcess onHost(Duration limit, List<String> command) {
    return start(List.of(), limit, command);
  }

  static LabProcess start(List<String> enter, Duration limit, List<String> command) {
    List<String> limited =
        List.of("timeout", "-k", "1", String.valueOf(Math.max(1, limit.toSeconds())));
    List<String> full = Command.join(enter, Command.join(limited, command));
    try {
      Process process = new ProcessBuilder(full).redirectErrorStream(true).start();
      process.getOutputStream().close();
      LabProcess started = new LabProcess(process, String.join(" ", command));
      Thread reader = new Thread(started::read, "lab output of " + command.get(0));
      reader.setDaemon(true);
      reader.start();
      return started;
    } catch (IOException e) {
      throw new LabException(String.join(" ", full) + ": " + e.getMessage(), e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        keep(line);
      }
    } catch (IOException e) {
      keep("(output ended: " + e.getMessage() + ")");
    } finally {
      end();
    }
  }

  private synchronized void keep(String line) {
    if (lines.size() == LINES_KEPT) {
      lines.removeFirst();
    }
    lines.addLast(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The last lines it printed, oldest first. */
  public synchronized List<String> output() {
    return List.copyOf(lines);
  }

  /**
   * Waits for a line that contains {@code text}, printed before or after this call.
   *
   * @throws LabException when the program ends or the time passes first; it quotes the output
   */
  public synchronized String awaitLine(String text, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      for (String line : lines) {
        if (line.contains(text)) {
          return line;
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (ended || left <= 0) {
        throw new LabException(missed(text, within), null);
      }
      wait(left);
    }
  }

  private String missed(String text, Duration within) {
    return command
        + (ended ? ": ended" : ": printed nothing in " + within.toMillis() + " ms")
        + " that contains \""
        + text
        + "\"; its output:\n"
        + String.join("\n", lines);
  }

  /** Its exit status, 124 if its time limit ended it; empty if it still runs after that time. */
  public OptionalInt awaitExit(Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** SIGTERM: asks it to end. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL, with everything it started; returns when it is gone. Harmless on what has ended. */
  @Override
  public void close() {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      descendants.toList().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
    if (!Command.ends(process, 5)) {
      throw new LabException(command + ": still running 5 s after SIGKILL", null);
    }
  }
}
