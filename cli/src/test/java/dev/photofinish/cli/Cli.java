package dev.photofinish.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.cli.terminal.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs a command in this process and keeps what it wrote. */
public final class Cli {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final WatchedOutput out = new WatchedOutput();
  private final WatchedOutput err = new WatchedOutput();
  private final StopSignal stop = new StopSignal();
  private Map<String, String> environment = Map.of();
  private byte[] input = {};

  /** The result of a command. */
  public record Result(int exit, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    /** The lines as JSON; a line that is none fails. */
    List<Map<String, Object>> json() {
      return lines().stream().map(Cli::parse).toList();
    }

    List<Map<String, Object>> json(String event) {
      return json().stream().filter(line -> event.equals(line.get("event"))).toList();
    }
  }

  public static Result run(String... arguments) {
    return new Cli().execute(arguments);
  }

  Cli environment(Map<String, String> values) {
    environment = values;
    return this;
  }

  Cli input(String text) {
    return input(text.getBytes(StandardCharsets.UTF_8));
  }

  Cli input(byte[] bytes) {
    input = bytes;
    return this;
  }

  StopSignal stop() {
    return stop;
  }

  /** The text that was written so far. */
  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The bytes that were written so far. */
  byte[] bytes() {
    return out.toByteArray();
  }

  /** Waits until the text that was written satisfies {@code condition}. */
  void await(Predicate<String> condition) throws InterruptedException {
    out.await(condition);
  }

  /** The same for errors and the log. */
  void awaitErr(Predicate<String> condition) throws InterruptedException {
    err.await(condition);
  }

  /** Output that can be waited for. */
  private static final class WatchedOutput extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, length);
      notifyAll();
    }

    synchronized void await(Predicate<String> condition) throws InterruptedException {
      long end = System.nanoTime() + BOUND.toNanos();
      while (!condition.test(toString(StandardCharsets.UTF_8))) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("not within " + BOUND + ": " + this);
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
  }

  Result execute(String... arguments) {
    CliContext context =
        new CliContext(
            new ByteArrayInputStream(input),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            StandardCharsets.UTF_8,
            environment,
            Screen.plain(),
            stop);
    int exit = CommandTree.run(context, arguments);
    return new Result(exit, out(), err.toString(StandardCharsets.UTF_8));
  }

  static Map<String, Object> parse(String line) {
    try {
      return new ObjectMapper().readValue(line, new TypeReference<Map<String, Object>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
