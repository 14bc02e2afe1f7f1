package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import java.util.List;
import java.util.function.Consumer;

/**
 * Media to a server as datagrams from ports of ours, to which its receiver reports come. {@link
 * #send} and {@link #isFull} are called on any thread, everything else on the connection's event
 * loop.
 */
public final class OutgoingPorts {
  private final Channel connection;
  private final WriteBufferWaterMark waiting;
  private final Consumer<ByteBuf> reports;
  private final OpenedPorts ports = new OpenedPorts();
  private volatile List<UdpPorts.Sender> senders = List.of();

  /**
   * @param connection the RTSP connection
   * @param waiting how much of each track may wait for the network until it is full
   * @param reports takes the RTCP that the server sends; it is released behind it
   */
  public OutgoingPorts(
      Channel connection, WriteBufferWaterMark waiting, Consumer<ByteBuf> reports) {
    this.connection = connection;
    this.waiting = waiting;
    this.reports = reports;
  }

  /**
   * Opens ports for a track, in place of those that it may have.
   *
   * @param failed takes why there are none
   */
  public void open(int track, Consumer<Pair> opened, Consumer<String> failed) {
    ports.open(connection, track, this::datagram, these -> opened.accept(these.pair()), failed);
  }

  private void datagram(UdpDatagram datagram) {
    try {
      if (datagram.isControl()) {
        reports.accept(datagram.content());
      }
    } finally {
      datagram.release();
    }
  }

  /** The server receives tracks at the ports that it said. */
  public void begin(List<TrackTransport.Udp> tracks) {
    senders =
        tracks.stream()
            .map(
                track -> {
                  UdpPorts of = ports.of(track);
                  of.expect(track.server().orElseThrow());
                  return of.sender(waiting);
                })
            .toList();
  }

  /** Whether so much waits for the network that more is better dropped. */
  public boolean isFull() {
    for (UdpPorts.Sender sender : senders) {
      if (!sender.isWritable()) {
        return true;
      }
    }
    return false;
  }

  /** Sends a packet of a track, which stays the caller's; nothing before {@link #begin}. */
  public void send(int track, boolean control, ByteBuf packet) {
    List<UdpPorts.Sender> known = senders;
    if (track < known.size()) {
      known.get(track).send(control, packet);
    }
  }

  public void close() {
    senders = List.of();
    ports.close();
  }
}
