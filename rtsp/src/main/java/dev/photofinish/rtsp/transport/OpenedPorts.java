package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.loop.UdpPortsOpener;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The ports and groups that were opened for the media of one connection. */
final class OpenedPorts {
  private final Map<Integer, UdpPorts> opened = new HashMap<>();
  private boolean closed;

  /**
   * Opens ports for a media, in place of those that it may have; nothing is called once these are
   * closed.
   *
   * @param connection the RTSP connection
   * @param index of the media
   * @param incoming takes what the other end sends to them
   * @param failed takes why there are none
   */
  void open(
      Channel connection,
      int index,
      Consumer<UdpDatagram> incoming,
      Consumer<UdpPorts> then,
      Consumer<String> failed) {
    if (connection.localAddress() instanceof InetSocketAddress local
        && connection.remoteAddress() instanceof InetSocketAddress other) {
      new UdpPortsOpener(
              connection.eventLoop(),
              local.getAddress(),
              (rtp, rtcp) ->
                  keep(index, UdpPorts.ofOurs(rtp, rtcp, other.getAddress(), incoming), then),
              why -> failed.accept("no ports for media over UDP: " + why.getMessage()))
          .open();
    } else {
      failed.accept("media over UDP needs an IP connection");
    }
  }

  /** Keeps what was opened for a media, in place of what it may have. */
  void keep(int index, UdpPorts ports, Consumer<UdpPorts> then) {
    if (closed) {
      ports.close();
      return;
    }
    UdpPorts before = opened.put(index, ports);
    if (before != null) {
      before.close();
    }
    then.accept(ports);
  }

  /** Those of a track. */
  UdpPorts of(TrackTransport transport) {
    for (UdpPorts ports : opened.values()) {
      if (ports.serve(transport)) {
        return ports;
      }
    }
    throw new IllegalStateException(transport + " is not open");
  }

  void close() {
    closed = true;
    opened.values().forEach(UdpPorts::close);
    opened.clear();
  }
}
