package dev.photofinish.cli.command;

import dev.photofinish.cli.terminal.Screen;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * The surroundings of a command: streams, environment, screen and stop signal. Handed in, so that a
 * test runs a command in its own process and reads what it wrote.
 *
 * @param charset of both output streams
 */
public record CliContext(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Charset charset,
    Map<String, String> environment,
    Screen screen,
    StopSignal stop) {

  /** One line on standard output. A line that cannot be written ends the command. */
  public void line(String text) {
    out.println(text);
    if (out.checkError()) {
      stop.request(); // nobody reads it any more
    }
  }
}
