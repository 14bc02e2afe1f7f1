package dev.photofinish.fleet.place;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.NodeReport;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The loads of shards, by what nodes have reported of their cameras so far: a shard whose node was
 * lost counts where it goes as it did where it was, before the cameras send again. Not safe for use
 * by several threads.
 */
public final class ShardLoads {
  private final ToIntFunction<String> listed;
  private final Map<String, NodeReport> seen = new HashMap<>();
  private final Map<String, Shard> shards = new HashMap<>();

  /** The cameras of a shard that were reported, in bits a second. */
  private static final class Shard {
    final Map<String, Long> cameras = new HashMap<>();
    long sum;

    /** One that sends nothing at the moment keeps its rate. */
    void learn(Holding camera) {
      Long before = cameras.get(camera.name());
      if (before == null || camera.bitsPerSecond() > 0) {
        cameras.put(camera.name(), camera.load());
        sum += camera.load() - (before == null ? 0 : before);
      }
    }
  }

  /**
   * Knows nothing yet.
   *
   * @param listed the number of cameras of a shard
   */
  public ShardLoads(ToIntFunction<String> listed) {
    this.listed = listed;
  }

  /** Learns from reports that it has not seen. */
  public void see(FleetView view) {
    for (NodeReport report : view.reports().values()) {
      if (!report.equals(seen.put(report.node(), report))) {
        report
            .holdings()
            .forEach(h -> shards.computeIfAbsent(h.shard(), shard -> new Shard()).learn(h));
      }
    }
    seen.keySet().retainAll(view.reports().keySet());
    // A shard that cameras were removed from is learned again.
    shards.entrySet().removeIf(e -> e.getValue().cameras.size() > listed.applyAsInt(e.getKey()));
  }

  /** The load of a shard, in bits a second; 500 kbit/s for each camera that was not reported. */
  public long load(String shard) {
    Shard known = shards.get(shard);
    int cameras = Math.max(1, listed.applyAsInt(shard));
    return known == null
        ? cameras * Holding.LEAST_BITS
        : known.sum + (cameras - known.cameras.size()) * Holding.LEAST_BITS;
  }
}
