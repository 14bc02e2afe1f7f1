package dev.photofinish.relay.web;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what would block an event loop; they end while there is nothing to do. */
final class Workers {
  private static final long IDLE_SECONDS = 10;

  private Workers() {}

  static ExecutorService of(String name, int threads, int mostWaiting) {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(mostWaiting),
            new DefaultThreadFactory(name, true));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }
}
