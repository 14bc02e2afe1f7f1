package dev.photofinish.fleet.board;

import dev.photofinish.fleet.camera.FleetMessage;
import java.util.List;
import java.util.Optional;

/**
 * A report of a node on itself.
 *
 * @param node its address in the fleet, {@code host:port}
 * @param zone empty for none
 * @param rtsp where other nodes read its cameras: {@code rtsp://host:port/} or {@code rtsps://}
 * @param web its page and API; empty for none
 * @param draining whether it takes no cameras, and gives away those it has
 * @param holdings all cameras that it holds
 */
public record NodeReport(
    String node, String zone, String rtsp, String web, boolean draining, List<Holding> holdings)
    implements FleetMessage {
  /** What a camera counts that sends nothing yet, in bits a second. */
  public static final long LEAST_BITS = 500_000;

  public NodeReport {
    holdings = List.copyOf(holdings);
  }

  public Optional<Holding> holding(String name) {
    return holdings.stream().filter(holding -> holding.name().equals(name)).findFirst();
  }

  /** The load of a node that holds so much, in bits a second. */
  public static long load(List<Holding> holdings) {
    return holdings.stream().mapToLong(h -> Math.max(LEAST_BITS, h.bitsPerSecond())).sum();
  }
}
