package dev.photofinish.camera;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RTP and RTCP as datagrams, from a pair of ports of its own. What the client sends to them is read
 * only where a camera wants reports; else the kernel drops it when its buffer is full.
 */
final class UdpSink implements RtpSink {

  private static final Logger log = LoggerFactory.getLogger(UdpSink.class);
  private static final int MAX_TRIES = 100;
  private static final int LONGEST_DATAGRAM = 65_535;

  private final DatagramChannel rtp;
  private final DatagramChannel rtcp;
  private final InetSocketAddress rtpPeer;
  private final InetSocketAddress rtcpPeer;
  private final String transport;

  private UdpSink(Ports ports, InetSocketAddress rtpPeer, InetSocketAddress rtcpPeer, String to) {
    this.rtp = ports.rtp;
    this.rtcp = ports.rtcp;
    this.rtpPeer = rtpPeer;
    this.rtcpPeer = rtcpPeer;
    this.transport = to;
  }

  private record Ports(DatagramChannel rtp, DatagramChannel rtcp, int first) {
    void close() throws IOException {
      rtp.close();
      rtcp.close();
    }

    @Override
    public String toString() {
      return first + "-" + (first + 1);
    }
  }

  /**
   * A sink to two ports of a client.
   *
   * @param local the address that the client connected to
   */
  static UdpSink open(InetAddress local, InetSocketAddress rtpPeer, InetSocketAddress rtcpPeer)
      throws IOException {
    Ports ports = bind(local);
    String client = "client_port=" + rtpPeer.getPort() + "-" + rtcpPeer.getPort();
    String transport = "RTP/AVP;unicast;" + client + ";server_port=" + ports;
    return new UdpSink(ports, rtpPeer, rtcpPeer, transport);
  }

  /**
   * A sink to two ports of a group, the same as those that it sends from.
   *
   * @param local the address that the client connected to, whose interface is sent by
   * @param ttl hops; 0 for 16, as servers have it
   */
  static UdpSink open(InetAddress local, InetAddress group, int ttl) throws IOException {
    int hops = ttl == 0 ? 16 : ttl;
    Ports ports = bind(local);
    try {
      NetworkInterface by = NetworkInterface.getByInetAddress(local);
      for (DatagramChannel channel : List.of(ports.rtp, ports.rtcp)) {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, by);
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, hops);
      }
    } catch (IOException e) {
      ports.close();
      throw e;
    }
    String transport =
        "RTP/AVP;multicast;destination="
            + group.getHostAddress()
            + ";source="
            + local.getHostAddress().replaceAll("%.*", "")
            + ";port="
            + ports
            + ";ttl="
            + hops;
    return new UdpSink(
        ports,
        new InetSocketAddress(group, ports.first),
        new InetSocketAddress(group, ports.first + 1),
        transport);
  }

  /** A free even port and the odd one after it (RFC 3550 section 11). */
  private static Ports bind(InetAddress local) throws IOException {
    for (int i = 0; i < MAX_TRIES; i++) {
      DatagramChannel rtp = bind(local, 0);
      int port = ((InetSocketAddress) rtp.getLocalAddress()).getPort();
      if (port % 2 == 0) {
        try {
          return new Ports(rtp, bind(local, port + 1), port);
        } catch (BindException e) {
          log.debug("port {} is taken, trying another pair", port + 1);
        }
      }
      rtp.close();
    }
    throw new BindException("no free pair of UDP ports in " + MAX_TRIES + " tries on " + local);
  }

  private static DatagramChannel bind(InetAddress local, int port) throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(
            local instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      return channel.bind(new InetSocketAddress(local, port));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void rtp(byte[] packet) {
    send(rtp, packet, rtpPeer);
  }

  @Override
  public void rtcp(byte[] packet) {
    send(rtcp, packet, rtcpPeer);
  }

  private static void send(DatagramChannel channel, byte[] packet, InetSocketAddress peer) {
    try {
      channel.send(ByteBuffer.wrap(packet), peer);
    } catch (IOException e) {
      log.debug("a packet to {} is lost", peer, e);
    }
  }

  /** Takes what the client has sent to these ports. */
  void receive(Consumer<byte[]> onRtp, Consumer<byte[]> onRtcp) {
    try {
      receive(rtcp, onRtcp);
      receive(rtp, onRtp);
    } catch (IOException e) {
      log.debug("the ports of a client cannot be read", e);
    }
  }

  private static void receive(DatagramChannel from, Consumer<byte[]> to) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(LONGEST_DATAGRAM);
    while (from.receive(packet) != null) {
      to.accept(Arrays.copyOf(packet.array(), packet.position()));
      packet.clear();
    }
  }

  @Override
  public void heard(Consumer<byte[]> reports) {
    try {
      receive(
          rtcp,
          packet -> {
            if (ClientFrame.rtcp(packet)) {
              reports.accept(packet);
            }
          });
    } catch (IOException e) {
      log.debug("no reports can be read", e);
    }
  }

  @Override
  public void flush() {
    // Datagrams are not kept back.
  }

  @Override
  public void close() {
    try {
      rtp.close();
      rtcp.close();
    } catch (IOException e) {
      log.debug("closing the ports of a session", e);
    }
  }

  @Override
  public String transport() {
    return transport;
  }

  @Override
  public boolean interleaved() {
    return false;
  }
}
