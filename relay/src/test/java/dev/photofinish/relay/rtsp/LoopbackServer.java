package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.Relay;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server of a relay on a port of the loopback, for tests. */
public final class LoopbackServer {
  private LoopbackServer() {}

  /** On any port, by the relay's event loops. */
  public static RtspServer.Builder of(Relay relay) {
    return RtspServer.builder(relay)
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .eventLoopGroup(relay.eventLoops());
  }
}
