package dev.photofinish.fleet.board;

import dev.photofinish.fleet.camera.FleetMessage;
import java.util.List;
import java.util.Objects;

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
  /** What an older node does not send has a default. */
  public NodeReport {
    zone = Objects.requireNonNullElse(zone, "");
    rtsp = Objects.requireNonNullElse(rtsp, "");
    web = Objects.requireNonNullElse(web, "");
    holdings = List.copyOf(Objects.requireNonNullElse(holdings, List.of()));
  }

  /** What its cameras send, in bits a second. */
  public long bitsPerSecond() {
    return holdings.stream().mapToLong(Holding::bitsPerSecond).sum();
  }
}
