package dev.photofinish.connect;

import dev.photofinish.connect.observe.BuiltInListeners;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.host.ThisProcess;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.netty.util.concurrent.Ticker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The parts of a connector that its caller did not choose. */
record Defaults(Ticker ticker) {
  /** The platform's: Netty's ticker counts from when Netty was loaded, and nothing else does. */
  LongSupplier clock() {
    return isSystemTime() ? System::nanoTime : ticker::nanoTime;
  }

  private boolean isSystemTime() {
    return ticker == Ticker.systemTicker();
  }

  /** The process's, which races at a virtual time cannot share. */
  DialLimiter limiter() {
    return isSystemTime() ? ThisProcess.limiter() : SharedDialLimiter.unlimited();
  }

  /** A history of the connector's own, kept in {@code file} if there is one. */
  SharedHistory history(@Nullable Path file) {
    return file == null ? new SharedHistory() : SharedHistory.in(file, clock());
  }

  /** The caller's listeners first, then those of every connector. */
  static RaceListener listener(List<RaceListener> chosen) {
    List<RaceListener> all = new ArrayList<>(chosen);
    all.addAll(BuiltInListeners.all());
    return RaceListener.all(all.toArray(RaceListener[]::new));
  }
}
