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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/** Where the program starts and ends. */
public final class Photofinish {
  /** An interrupted command has so long to tear down and print its summary. */
  private static final int ORDERLY_END_SECONDS = 15;

  /** Signal to exit code, as a shell reports the death by that signal. */
  private static final Map<String, Integer> SECOND_INTERRUPT = Map.of("INT", 130, "TERM", 143);

  private Photofinish() {}

  public static void main(String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    boolean json = words.contains("--json");
    Charset charset = json ? StandardCharsets.UTF_8 : terminalCharset();
    StopSignal stop = new StopSignal();
    PrintStream out = stream(FileDescriptor.out, false, charset);
    CliContext context =
        new CliContext(
            System.in,
            out,
            stream(FileDescriptor.err, true, charset),
            charset,
            System.getenv(),
            json ? Screen.plain() : TerminalScreen.detect(out, charset, System.getenv()),
            stop);
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(stop, exitCode), "interrupt"));
    exitCode.complete(CommandTree.run(context, arguments));
    System.exit(exitCode.join());
  }

  /**
   * An interrupt starts the shutdown, in which the JVM would take the signal's exit code: wait for
   * the command instead and end with its own. A second interrupt does not wait.
   */
  private static void endInOrder(StopSignal stop, CompletableFuture<Integer> exitCode) {
    if (exitCode.isDone()) {
      return;
    }
    SECOND_INTERRUPT.forEach(
        (signal, code) -> Signals.register(signal, () -> Runtime.getRuntime().halt(code)));
    stop.request();
    int code = exitCode.completeOnTimeout(1, ORDERLY_END_SECONDS, TimeUnit.SECONDS).join();
    Runtime.getRuntime().halt(code);
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
