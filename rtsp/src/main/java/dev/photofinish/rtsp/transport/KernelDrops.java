package dev.photofinish.rtsp.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches ports of this process for datagrams that the kernel drops, because they came faster than
 * they were read. Linux tells it in a table of all sockets, which is read every five seconds for
 * all ports together, on a thread that is there while ports are watched. Elsewhere it is not known.
 */
final class KernelDrops {
  /** Of this process. */
  static final KernelDrops PROCESS =
      new KernelDrops(List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")));

  private static final Logger LOG = LoggerFactory.getLogger(KernelDrops.class);
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final List<Path> tables;
  private final Set<Watch> watches = new LinkedHashSet<>();
  private @Nullable ScheduledThreadPoolExecutor thread;

  /** One port that is watched. */
  final class Watch {
    private final List<String> keys;
    private final LongConsumer dropped;
    private long seen;

    private Watch(List<String> keys, LongConsumer dropped) {
      this.keys = keys;
      this.dropped = dropped;
    }

    /** Ends it; at once, though a call that was begun may still end. */
    void close() {
      KernelDrops.this.close(this);
    }

    private void look(Map<String, Long> drops) {
      long now = keys.stream().mapToLong(key -> drops.getOrDefault(key, 0L)).sum();
      long news = now - seen;
      seen = now;
      if (news > 0) {
        dropped.accept(news);
      }
    }
  }

  KernelDrops(List<Path> tables) {
    this.tables = tables;
  }

  /**
   * Watches a port.
   *
   * @param dropped takes how many datagrams were dropped since the last call, on a thread of its
   *     own
   */
  synchronized Watch watch(InetSocketAddress local, LongConsumer dropped) {
    Watch watch = new Watch(UdpTable.keys(local), dropped);
    watches.add(watch);
    if (thread == null && tables.stream().anyMatch(Files::isReadable)) {
      thread = start();
    }
    return watch;
  }

  private ScheduledThreadPoolExecutor start() {
    ScheduledThreadPoolExecutor started =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread reader = new Thread(task, "photofinish-kernel-drops");
              reader.setDaemon(true);
              return reader;
            });
    var unused =
        started.scheduleWithFixedDelay(this::look, INTERVAL, INTERVAL, TimeUnit.NANOSECONDS);
    return started;
  }

  private synchronized void close(Watch watch) {
    watches.remove(watch);
    if (watches.isEmpty() && thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  /** Reads the tables once, and reports what is new. */
  void look() {
    List<Watch> looking = watches();
    Map<String, Long> drops = new HashMap<>();
    looking.forEach(watch -> watch.keys.forEach(key -> drops.put(key, 0L)));
    for (Path table : tables) {
      try (BufferedReader reader = Files.newBufferedReader(table)) {
        UdpTable.add(reader, drops);
      } catch (IOException e) {
        LOG.debug("{} cannot be read: {}", table, e.toString());
      }
    }
    looking.forEach(watch -> watch.look(drops));
  }

  private synchronized List<Watch> watches() {
    return List.copyOf(watches);
  }
}
