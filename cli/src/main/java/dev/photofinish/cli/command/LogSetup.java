package dev.photofinish.cli.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Sends logs to standard error, warnings and worse unless more is asked for. A live display takes
 * the lines over, so that they do not run through its picture.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static volatile Consumer<String> sink = System.err::println;

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LineAppender appender = new LineAppender();
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From 0, warnings, to 3, everything. */
  static void verbosity(int level) {
    Level[] levels = {Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE};
    Level chosen = levels[Math.min(level, levels.length - 1)];
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger("dev.photofinish").setLevel(chosen);
    context
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
        .setLevel(level >= levels.length - 1 ? Level.DEBUG : Level.WARN);
  }

  public static void sendTo(Consumer<String> lines) {
    sink = lines;
  }

  /** Prints a line where log lines go. */
  public static void print(String line) {
    sink.accept(line);
  }

  /** Drops all that is logged until {@link #sendTo}; returns the destination before. */
  static Consumer<String> silence() {
    Consumer<String> before = sink;
    sink = line -> {};
    return before;
  }

  private static final class LineAppender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      String name = event.getLoggerName();
      String text =
          TIME.format(Instant.ofEpochMilli(event.getTimeStamp()))
              + " "
              + event.getLevel()
              + " "
              + name.substring(name.lastIndexOf('.') + 1)
              + ": "
              + event.getFormattedMessage();
      for (IThrowableProxy cause = event.getThrowableProxy();
          cause != null;
          cause = cause.getCause()) {
        text += " <- " + cause.getClassName() + ": " + cause.getMessage();
      }
      sink.accept(SafeText.line(text));
    }
  }
}
