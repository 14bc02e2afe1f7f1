package dev.photofinish.cli.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Finds out whether standard output is a terminal that can be drawn on, and how wide it is. */
public final class TerminalScreen {
  private static final int NARROWEST = 24;

  private TerminalScreen() {}

  public static Screen detect(PrintStream out, Charset charset, Map<String, String> environment) {
    String type = environment.getOrDefault("TERM", "dumb");
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    if (type.equals("dumb") || noColour) {
      return Screen.plain(charset); // not even asked: JLine would write escape sequences to it
    }
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .systemOutput(TerminalBuilder.SystemOutput.SysOut)
              .nativeSignals(false) // an interrupt is ours: JLine would end the JVM
              .dumb(true)
              .build();
      if (terminal.getType().startsWith("dumb")) {
        return Screen.plain(charset);
      }
      Window window = new Window(terminal, out);
      return new Screen(
          window, true, Glyphs.of(charset), () -> Math.max(NARROWEST, window.columns()));
    } catch (IOException | IllegalStateException e) {
      return Screen.plain(charset);
    }
  }
}
