package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.DialogueEvent;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.stream.TrackArrivals;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Media as datagrams to ports of ours or to groups (RFC 2326 section 12.39), each track put back
 * into order.
 *
 * <p>A datagram counts if the camera's host sent it, or the source that was named for a group.
 * While the caller does not read, datagrams are dropped as they come, and count as lost: nobody can
 * ask a camera to wait.
 */
final class UdpTransport implements MediaTransport {
  private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

  /** RTP of version 2, 12 bytes without payload (RFC 3550 section 5.1). */
  private static final byte[] EMPTY_RTP = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  /** A receiver report without blocks (RFC 3550 section 6.4.2). */
  private static final byte[] EMPTY_RTCP = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 0};

  private final class Flow {
    final UdpPorts ports;
    final TrackReceiver receiver;
    final UdpOrder order;

    Flow(UdpPorts ports, TrackReceiver receiver, OptionalLong ssrc) {
      this.ports = ports;
      this.receiver = receiver;
      this.order = new UdpOrder(ssrc, reorderWindow);
    }
  }

  private final TrackReceiver.Sink sink;
  private final ConnectionContext context;
  private final Consumer<UdpDatagram> incoming;
  private final Consumer<DialogueEvent> events;
  private final long reorderWindow;

  /** EADDRINUSE in the platform's words: each member of a group has to share its ports. */
  private static final String IN_USE = "Address already in use";

  private final MulticastSettings multicast;
  private String interfaceName = "";

  private final OpenedPorts opened = new OpenedPorts();
  private List<Flow> flows = List.of();
  private boolean reading = true;
  private long dropped;

  /**
   * @param sink takes what comes
   * @param incoming takes each datagram, to hand it to {@link #datagram} when it is its turn
   * @param events takes what becomes of ports that were asked for
   */
  UdpTransport(
      TrackReceiver.Sink sink,
      ConnectionContext context,
      Consumer<UdpDatagram> incoming,
      Consumer<DialogueEvent> events,
      MediaSettings settings) {
    this.sink = sink;
    this.context = context;
    this.incoming = incoming;
    this.events = events;
    this.reorderWindow = settings.reorderWindow().toNanos();
    this.multicast = settings.multicast();
  }

  // ---- Ports

  /** Opens ports for a media, in place of those that it may have. */
  void open(int index) {
    opened.open(
        context.channel(),
        index,
        incoming,
        ports -> events.accept(new DialogueEvent.PortsOpened(ports.pair())),
        why -> events.accept(new DialogueEvent.PortsFailed(why)));
  }

  /** Joins the group of a media, in place of one that it may have. */
  void join(int index, TrackTransport.Multicast group) {
    Channel connection = context.channel();
    if (connection.localAddress() instanceof InetSocketAddress local
        && connection.remoteAddress() instanceof InetSocketAddress camera) {
      Optional<InetAddress> source = multicast.source().or(group::source);
      InetAddress sender = source.orElse(camera.getAddress());
      String doing = "cannot join: " + group;
      try {
        NetworkInterface by = multicast.join(local.getAddress());
        interfaceName = by.getName();
        new GroupJoiner(
                connection.eventLoop(),
                group,
                by,
                source.orElse(null),
                (rtp, rtcp, reports) ->
                    opened.keep(
                        index,
                        UdpPorts.ofGroup(rtp, rtcp, sender, group, reports, incoming),
                        ports -> events.accept(new DialogueEvent.GroupJoined())),
                why -> failed(doing, why))
            .join();
      } catch (SocketException e) {
        failed(doing, e);
      }
    } else {
      events.accept(new DialogueEvent.PortsFailed("multicast needs an IP connection"));
    }
  }

  /** Where groups are joined, for a sentence; empty before. */
  String joinedOn() {
    return interfaceName.isEmpty()
        ? ""
        : ", on network interface " + interfaceName + "; multicast-interface names another";
  }

  private void failed(String what, Throwable why) {
    String said = String.valueOf(why.getMessage());
    String cause =
        said.contains(IN_USE)
            ? "another program on this host, the server perhaps, has its ports to itself"
            : said;
    events.accept(new DialogueEvent.PortsFailed(what + ": " + cause));
  }

  void close() {
    flows.forEach(flow -> flow.order.clear());
    flows = List.of();
    opened.close();
    if (dropped > 0) {
      LOG.info("{}: {} datagrams were dropped, since nobody read", sink.remote(), dropped);
    }
  }

  // ---- Tracks

  @Override
  public List<TrackArrivals> assign(List<Track> tracks) {
    flows.forEach(flow -> flow.order.clear());
    List<Flow> assigned = new ArrayList<>();
    for (Track track : tracks) {
      UdpPorts ports = opened.of(track.transport());
      OptionalLong ssrc = OptionalLong.empty();
      if (track.transport() instanceof TrackTransport.Udp udp) {
        ssrc = udp.ssrc();
        udp.server().ifPresent(ports::expect);
        udp.source().ifPresent(ports::expectFrom);
        if (!track.isBackChannel()) {
          ports.punch(EMPTY_RTP, EMPTY_RTCP);
        }
      }
      assigned.add(new Flow(ports, new TrackReceiver(assigned.size(), track, sink), ssrc));
    }
    flows = List.copyOf(assigned);
    return flows.stream().map(flow -> flow.receiver.arrivals()).toList();
  }

  /** Where the RTP of each track comes. */
  List<InetSocketAddress> ports() {
    return flows.stream().map(flow -> flow.ports.local()).toList();
  }

  @Override
  public void send(int track, byte[] packet) {
    flows.get(track).ports.send(packet);
  }

  @Override
  public void report(int track, byte[] compound) {
    flows.get(track).ports.report(compound);
  }

  // ---- What comes

  /** Back pressure: what comes while nothing is read is dropped. */
  void reading(boolean read) {
    reading = read;
  }

  /** One datagram came; not released here. */
  void datagram(UdpDatagram datagram, long now) {
    Flow flow = flowOf(datagram.ports());
    if (flow == null) {
      return; // before PLAY, or of a media that was left out
    }
    ByteBuf content = datagram.content();
    int index = content.readerIndex();
    int length =
        flow.receiver.decrypt(content, index, content.readableBytes(), datagram.isControl());
    if (length < 0) {
      return;
    }
    content.writerIndex(index + length);
    if (datagram.isControl()) {
      flow.receiver.control(content, index, length, now);
    } else if (!flow.receiver.describes(content, index, length)
        || length < UdpOrder.HEADER_LENGTH) {
      flow.receiver.packet(content, index, length, now);
    } else if (!reading) {
      dropped++;
    } else {
      flow.order.add(content, now);
      deliver(flow, now);
    }
  }

  private @Nullable Flow flowOf(UdpPorts ports) {
    for (Flow flow : flows) {
      if (flow.ports == ports) {
        return flow;
      }
    }
    return null;
  }

  /** Hands on what need not wait any longer. */
  void deliver(long now) {
    for (Flow flow : flows) {
      deliver(flow, now);
    }
  }

  private void deliver(Flow flow, long now) {
    for (ByteBuf next = flow.order.poll(now); next != null; next = flow.order.poll(now)) {
      try {
        flow.receiver.packet(next, next.readerIndex(), next.readableBytes(), now);
      } finally {
        next.release();
      }
    }
  }

  /** When to {@link #deliver} if nothing comes before. */
  OptionalLong deadline() {
    OptionalLong first = OptionalLong.empty();
    for (Flow flow : flows) {
      first = Deadlines.earlier(first, flow.order.deadline());
    }
    return first;
  }
}
