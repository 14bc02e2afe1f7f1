package dev.photofinish.cli.terminal;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Finds out whether standard output is a terminal that can be drawn on, and how wide it is. */
public final class TerminalScreen {
  /** Set by the launcher where standard output is a terminal: its width. */
  private static final String COLUMNS = "PHOTOFINISH_COLUMNS";

  private TerminalScreen() {}

  public static Screen detect(PrintStream out, Charset charset, Map<String, String> environment) {
    String type = environment.getOrDefault("TERM", "dumb");
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    if (type.equals("dumb") || noColour || !StandardOutput.mayBeTerminal()) {
      // Not even asked: JLine would write escape sequences, and takes a while to find out.
      return still(charset, environment);
    }
    JLineLog.turnOff();
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .systemOutput(TerminalBuilder.SystemOutput.SysOut)
              .nativeSignals(false) // an interrupt is ours: JLine would end the JVM
              .dumb(true)
              .build();
      return terminal.getType().startsWith("dumb")
          ? Screen.plain(charset)
          : Screen.of(new Window(terminal, out), charset);
    } catch (IOException | IOError | IllegalStateException e) {
      return Screen.plain(charset);
    }
  }

  /**
   * It would print what JLine could not ask the terminal: an interrupt ends the programs that it
   * runs for that, too. A class of its own, as most starts have no terminal and load no logging.
   */
  private static final class JLineLog {
    /** Kept, since a level holds as long as its logger is referenced. */
    private static final Logger LOG = Logger.getLogger("org.jline");

    static void turnOff() {
      LOG.setLevel(Level.OFF);
    }
  }

  private static Screen still(Charset charset, Map<String, String> environment) {
    String columns = environment.getOrDefault(COLUMNS, "");
    return columns.matches("\\d{1,4}")
        ? Screen.still(charset, Integer.parseInt(columns))
        : Screen.plain(charset);
  }
}
