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
import java.util.List;
import java.util.Map;

/** Runs a command in this process and keeps what it wrote. */
public final class Cli {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StopSignal stop = new StopSignal();
  private Map<String, String> environment = Map.of();
  private String input = "";

  /** What came of a command. */
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
    input = text;
    return this;
  }

  StopSignal stop() {
    return stop;
  }

  /** What was written so far. */
  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  Result execute(String... arguments) {
    CliContext context =
        new CliContext(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
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
