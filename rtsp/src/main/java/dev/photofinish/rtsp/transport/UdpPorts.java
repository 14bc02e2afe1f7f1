package dev.photofinish.rtsp.transport;

import dev.photofinish.connect.channel.ReceivedDatagrams;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.loop.UdpPortsOpener;
import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two neighbouring ports, of ours or of a group that we joined, for the RTP and the RTCP of one
 * media, and who sends to them.
 */
final class UdpPorts {
  private static final Logger LOG = LoggerFactory.getLogger(UdpPorts.class);

  private final Channel rtp;
  private final Channel rtcp;
  private final UdpSource rtpSource;
  private final UdpSource rtcpSource;
  private final TrackTransport.@Nullable Multicast group;
  private final @Nullable InetSocketAddress reports;

  private UdpPorts(
      Channel rtp,
      Channel rtcp,
      InetAddress sender,
      TrackTransport.@Nullable Multicast group,
      @Nullable InetSocketAddress reports,
      Consumer<UdpDatagram> incoming) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    this.rtpSource = new UdpSource(sender);
    this.rtcpSource = new UdpSource(sender);
    this.group = group;
    this.reports = reports;
    rtp.pipeline().addLast(new Handler(rtpSource, false, incoming));
    rtcp.pipeline().addLast(new Handler(rtcpSource, true, incoming));
  }

  /**
   * Ports of ours that are open.
   *
   * @param camera the other end of the RTSP connection
   * @param incoming takes what the camera sends
   */
  static UdpPorts ofOurs(
      Channel rtp, Channel rtcp, InetAddress camera, Consumer<UdpDatagram> incoming) {
    return new UdpPorts(rtp, rtcp, camera, null, null, incoming);
  }

  /**
   * Ports of a group that is joined.
   *
   * @param sender whose datagrams are taken; others may send to the group too
   * @param reports where our RTCP goes: to the whole group
   * @param incoming takes what it sends
   */
  static UdpPorts ofGroup(
      Channel rtp,
      Channel rtcp,
      InetAddress sender,
      TrackTransport.Multicast group,
      InetSocketAddress reports,
      Consumer<UdpDatagram> incoming) {
    return new UdpPorts(rtp, rtcp, sender, group, reports, incoming);
  }

  Pair pair() {
    return new Pair(UdpPortsOpener.port(rtp), UdpPortsOpener.port(rtcp));
  }

  /** Whether the track comes to these ports. */
  boolean serve(TrackTransport transport) {
    return transport instanceof TrackTransport.Udp udp
        ? group == null && pair().equals(udp.client())
        : transport.equals(group);
  }

  /** Where RTP comes. */
  InetSocketAddress local() {
    return (InetSocketAddress) rtp.localAddress();
  }

  /** The camera said by which ports it sends and receives. */
  void expect(Pair camera) {
    rtpSource.expect(camera.rtp());
    rtcpSource.expect(camera.rtcp());
  }

  /** The camera named a host that may send for it. */
  void expectFrom(InetAddress source) {
    rtpSource.expectFrom(source);
    rtcpSource.expectFrom(source);
  }

  /**
   * Opens the way for what the camera sends through firewalls and NATs in between, if it is known
   * by which ports it does.
   */
  void punch(byte[] rtpPacket, byte[] rtcpPacket) {
    send(rtp, rtpSource.address(), rtpPacket);
    send(rtcp, rtcpSource.address(), rtcpPacket);
  }

  /** Sends RTP to the camera; nothing while it is not known where to. */
  void send(byte[] packet) {
    send(rtp, rtpSource.address(), packet);
  }

  /** Sends RTCP, to the whole group if it is one's; nothing while it is not known where to. */
  void report(byte[] compound) {
    send(rtcp, reports == null ? rtcpSource.address() : reports, compound);
  }

  private static void send(Channel channel, @Nullable InetSocketAddress address, byte[] bytes) {
    if (address != null) {
      Future<?> unused =
          channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(bytes), address));
    }
  }

  /**
   * Sends to where the other end said that it receives; on any thread.
   *
   * @param waiting how much may wait for the network
   */
  Sender sender(WriteBufferWaterMark waiting) {
    rtp.config().setWriteBufferWaterMark(waiting);
    return new Sender(
        rtp,
        rtcp,
        Objects.requireNonNull(rtpSource.address()),
        Objects.requireNonNull(rtcpSource.address()));
  }

  /** The ports as one for sending. */
  record Sender(Channel rtp, Channel rtcp, InetSocketAddress rtpTo, InetSocketAddress rtcpTo) {
    /** The packet stays the caller's. */
    void send(boolean control, ByteBuf packet) {
      Channel channel = control ? rtcp : rtp;
      Future<?> unused =
          channel.writeAndFlush(
              new DatagramPacket(packet.retainedDuplicate(), control ? rtcpTo : rtpTo),
              channel.voidPromise());
    }

    boolean isWritable() {
      return rtp.isWritable();
    }
  }

  void close() {
    Future<?> unused = rtp.close();
    unused = rtcp.close();
  }

  private final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
    private final UdpSource source;
    private final boolean control;
    private final Consumer<UdpDatagram> incoming;

    Handler(UdpSource source, boolean control, Consumer<UdpDatagram> incoming) {
      this.source = source;
      this.control = control;
      this.incoming = incoming;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      if (source.accepts(packet.sender())) {
        ByteBuf content = ReceivedDatagrams.copy(context, packet);
        incoming.accept(new UdpDatagram(UdpPorts.this, control, content));
      } else if (source.strangers() == 1 && !isReportOfAReceiver()) {
        LOG.info(
            "{}: datagrams from {}, which is not the camera's, are ignored",
            context.channel().localAddress(),
            packet.sender());
      }
    }

    /** RFC 3550 section 6.4.2: all who receive a group report to it. */
    private boolean isReportOfAReceiver() {
      return control && group != null;
    }

    /** Such as "port unreachable" for what we sent: it says nothing about what is sent to us. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("{}: {}", context.channel().localAddress(), cause.toString());
    }
  }
}
