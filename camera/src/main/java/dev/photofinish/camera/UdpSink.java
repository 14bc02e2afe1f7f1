package dev.photofinish.camera;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RTP and RTCP as datagrams, from a pair of ports of its own. What the client sends to them is read
 * only where a camera wants reports; else the kernel drops it when its buffer is full.
 */
final class UdpSink implements RtpSink {

  private static final Logger log = LoggerFactory.getLogger(UdpSink.class);
  private static final int MAX_TRIES = 100;

  private final DatagramChannel rtp;
  private final DatagramChannel rtcp;
  private final InetSocketAddress rtpPeer;
  private final InetSocketAddress rtcpPeer;
  private final int serverPort;

  private UdpSink(
      DatagramChannel rtp,
      DatagramChannel rtcp,
      int serverPort,
      InetSocketAddress rtpPeer,
      InetSocketAddress rtcpPeer) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    this.serverPort = serverPort;
    this.rtpPeer = rtpPeer;
    this.rtcpPeer = rtcpPeer;
  }

  /**
   * A sink with a free even port and the odd one after it (RFC 3550 section 11).
   *
   * @param local the address that the client connected to
   */
  static UdpSink open(InetAddress local, InetSocketAddress rtpPeer, InetSocketAddress rtcpPeer)
      throws IOException {
    for (int i = 0; i < MAX_TRIES; i++) {
      DatagramChannel rtp = bind(local, 0);
      int port = ((InetSocketAddress) rtp.getLocalAddress()).getPort();
      if (port % 2 == 0) {
        try {
          return new UdpSink(rtp, bind(local, port + 1), port, rtpPeer, rtcpPeer);
        } catch (BindException e) {
          log.debug("port {} is taken, trying another pair", port + 1);
        }
      }
      rtp.close();
    }
    throw new BindException("no free pair of UDP ports in " + MAX_TRIES + " tries on " + local);
  }

  private static DatagramChannel bind(InetAddress local, int port) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
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

  @Override
  public boolean heard() {
    boolean heard = false;
    try {
      ByteBuffer report = ByteBuffer.allocate(1500);
      while (rtcp.receive(report) != null) {
        heard |= ClientFrame.rtcp(report.array());
        report.clear();
      }
    } catch (IOException e) {
      log.debug("no reports can be read", e);
    }
    return heard;
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
    return "RTP/AVP;unicast;client_port="
        + rtpPeer.getPort()
        + "-"
        + rtcpPeer.getPort()
        + ";server_port="
        + serverPort
        + "-"
        + (serverPort + 1);
  }

  @Override
  public boolean interleaved() {
    return false;
  }
}
