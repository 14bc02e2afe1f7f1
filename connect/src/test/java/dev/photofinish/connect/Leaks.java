package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.connect.observe.RaceListener;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.slf4j.LoggerFactory;

/** Hears of buffers that were not released, and keeps what listeners throw out of the log. */
final class Leaks implements AutoCloseable {
  private final Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  private final Logger listeners =
      (Logger) LoggerFactory.getLogger(RaceListener.class.getPackageName() + ".Listeners");
  private final ListAppender<ILoggingEvent> found = new ListAppender<>();

  Leaks() {
    found.start();
    detector.addAppender(found);
    listeners.setLevel(Level.OFF);
  }

  void expectNone() {
    System.gc();
    ByteBufAllocator.DEFAULT.buffer().release(); // the detector reports when a buffer is made
    assertThat(found.list).as("buffers that were not released").isEmpty();
  }

  @Override
  public void close() {
    detector.detachAppender(found);
    listeners.setLevel(null);
  }
}
