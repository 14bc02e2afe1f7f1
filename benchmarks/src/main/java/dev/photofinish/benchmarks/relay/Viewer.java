package dev.photofinish.benchmarks.relay;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A reader that comes back when it is closed. */
final class Viewer implements AutoCloseable {
  private static final long RETRY_MILLIS = 20;

  private final String url;
  private @Nullable Readers reader;
  private long packets;
  private int closed;

  Viewer(String url) {
    this.url = url;
  }

  /** Packets came since it was last asked. */
  boolean sees() throws InterruptedException {
    if (reader == null) {
      connect();
    }
    Readers now = reader;
    if (now == null) {
      return false;
    }
    long got = now.totals().packets();
    boolean more = got > packets;
    packets = got;
    if (now.ended() > 0) {
      closed++;
      now.close();
      reader = null;
    }
    return more;
  }

  private void connect() throws InterruptedException {
    packets = 0;
    try {
      reader = Readers.start(url, 1, false);
    } catch (IOException e) {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  /** How often it was closed since it was last asked. */
  int closed() {
    int times = closed;
    closed = 0;
    return times;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
