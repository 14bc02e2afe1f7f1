package dev.photofinish.cli;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.cli.terminal.TerminalScreen;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The main class of the command line. */
public final class Photofinish {
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";
  private static final String BUFFER_EVENTS = "io.netty.jfr.enabled";

  private Photofinish() {}

  public static void main(String[] arguments) {
    buffersAreNotWatched();
    buffersAreNotRecorded();
    List<String> words = Arrays.asList(arguments);
    boolean json = words.contains("--json");
    Charset charset = json ? StandardCharsets.UTF_8 : terminalCharset();
    StopSignal stop = new StopSignal();
    // Before the terminal is asked what it is, which takes a while.
    Interrupts interrupts = Interrupts.handle(stop);
    PrintStream out = stream(FileDescriptor.out, false, charset);
    CliContext context =
        new CliContext(
            System.in,
            out,
            stream(FileDescriptor.err, true, charset),
            charset,
            System.getenv(),
            json || CommandTree.isForAProgram(arguments)
                ? Screen.plain()
                : TerminalScreen.detect(out, charset, System.getenv()),
            stop);
    interrupts.exit(CommandTree.run(context, arguments));
  }

  /**
   * Netty looks for leaks in one buffer of 128, which costs a relay a tenth of its time. The tests
   * look at every one.
   */
  private static void buffersAreNotWatched() {
    if (System.getProperty(LEAK_DETECTION) == null) {
      System.setProperty(LEAK_DETECTION, "disabled");
    }
  }

  /**
   * Netty has an event of Java Flight Recorder for each buffer that it hands out: their classes are
   * made at every start, whether anyone records or not.
   */
  private static void buffersAreNotRecorded() {
    if (System.getProperty(BUFFER_EVENTS) == null) {
      System.setProperty(BUFFER_EVENTS, "false");
    }
  }

  private static PrintStream stream(FileDescriptor file, boolean autoFlush, Charset charset) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(file)), autoFlush, charset);
  }

  private static Charset terminalCharset() {
    String name = System.getProperty("native.encoding", "US-ASCII");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
  }
}
