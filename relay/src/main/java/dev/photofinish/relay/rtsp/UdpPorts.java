package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.loop.UdpPortsOpener;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The {@link ServerPorts} of a server, opened when a reader first needs them: a pair for each event
 * loop and address of ours, so that a reader is sent to by the loop of its connection. Any thread
 * uses it.
 */
final class UdpPorts {
  /** Addresses of ours are few; a host that has more serves the others by TCP. */
  private static final int MOST = 1_024;

  private final int first;
  private final int queueBytes;
  private final Map<Place, CompletableFuture<ServerPorts>> open = new HashMap<>();
  private final Map<EventLoop, Integer> numbers = new HashMap<>();
  private boolean closed;

  /**
   * @param first the even port of the first event loop; 0 for any
   * @param queueBytes that may wait in a port
   */
  UdpPorts(int first, int queueBytes) {
    this.first = first;
    this.queueBytes = queueBytes;
  }

  private record Place(EventLoop loop, InetAddress local) {}

  /** Completed on the loop, or failed with why there are none. */
  synchronized CompletableFuture<ServerPorts> at(EventLoop loop, InetAddress local) {
    var place = new Place(loop, local);
    CompletableFuture<ServerPorts> known = open.get(place);
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    var ports = new CompletableFuture<ServerPorts>();
    if (closed || open.size() >= MOST) {
      ports.completeExceptionally(new SocketException("no more ports are opened"));
      return ports;
    }
    open.put(place, ports);
    var opener =
        new UdpPortsOpener(
            loop,
            local,
            (rtp, rtcp) -> ports.complete(new ServerPorts(rtp, rtcp, queueBytes)),
            ports::completeExceptionally);
    if (first == 0) {
      opener.open();
    } else {
      opener.open(first + 2 * numbers.computeIfAbsent(loop, next -> numbers.size()));
    }
    return ports;
  }

  synchronized void close() {
    closed = true;
    for (CompletableFuture<ServerPorts> ports : open.values()) {
      CompletableFuture<?> unused = ports.thenAccept(ServerPorts::close);
    }
  }
}
