package dev.photofinish.relay.rtsp;

import io.netty.util.concurrent.Ticker;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines about what peers do wrong, bounded in rate however often they do it: one of a kind within
 * {@value #QUIET_SECONDS} s, which counts those that were left out before it. Any thread uses it.
 */
final class CountedLog {
  /** The kinds that are counted apart. */
  enum Kind {
    CONNECTION_LIMIT,
    READER_LIMIT,
    LOGIN,
    MALFORMED,
    TLS,
    TUNNEL
  }

  static final long QUIET_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(CountedLog.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(QUIET_SECONDS);

  private final Ticker clock;
  private final Map<Kind, Count> counts = new EnumMap<>(Kind.class);

  CountedLog(Ticker clock) {
    this.clock = clock;
  }

  /**
   * Something happened.
   *
   * @param line a sentence without its full stop; what a peer sent in it is escaped and cut
   */
  void say(Kind kind, Supplier<String> line) {
    long leftOut = counted(kind);
    if (leftOut == 0) {
      LOG.warn("{}", line.get());
    } else if (leftOut > 0) {
      LOG.warn("{}; and {} more of this kind before it", line.get(), leftOut);
    }
  }

  /** How many were left out before this one is said; negative if it is left out too. */
  private synchronized long counted(Kind kind) {
    long now = clock.nanoTime();
    Count count = counts.get(kind);
    if (count == null) {
      counts.put(kind, new Count(now));
      return 0;
    }
    if (now - count.saidAt < QUIET_NANOS) {
      count.leftOut++;
      return -1;
    }
    long leftOut = count.leftOut;
    count.saidAt = now;
    count.leftOut = 0;
    return leftOut;
  }

  private static final class Count {
    long saidAt;
    long leftOut;

    Count(long now) {
      saidAt = now;
    }
  }
}
