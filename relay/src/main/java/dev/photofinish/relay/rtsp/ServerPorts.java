package dev.photofinish.relay.rtsp;

import dev.photofinish.connect.channel.ReceivedDatagrams;
import dev.photofinish.connect.channel.SegmentedDatagrams;
import dev.photofinish.rtsp.loop.UdpPortsOpener;
import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two neighbouring ports that all readers of one event loop at one address of ours are sent
 * datagrams from, and all its publishers send to: they cost no descriptors a client. A datagram
 * counts if it comes from the address and port of one of them; others are not looked at. Used on
 * that event loop.
 */
final class ServerPorts {
  private static final Logger LOG = LoggerFactory.getLogger(ServerPorts.class);

  /** The bursts of many readers; the system may give less (Linux: {@code net.core.wmem_max}). */
  private static final int SEND_BUFFER = 2 << 20;

  private final Channel rtp;
  private final Channel rtcp;
  private final Map<InetSocketAddress, Consumer<ByteBuf>> clients = new HashMap<>();
  private boolean takesRuns;

  ServerPorts(Channel rtp, Channel rtcp, int queueBytes) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    this.takesRuns = SegmentedDatagrams.areTakenBy(rtp);
    for (Channel channel : new Channel[] {rtp, rtcp}) {
      channel
          .config()
          .setWriteBufferWaterMark(new WriteBufferWaterMark(queueBytes / 2, queueBytes));
      channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
      channel.pipeline().addLast(new Handler());
    }
  }

  /**
   * Whether the RTP port sends several datagrams as one: where the kernel does, and none has
   * failed, as they do on a path that takes less than Ethernet.
   */
  boolean takesRuns() {
    return takesRuns;
  }

  Channel rtp() {
    return rtp;
  }

  Channel rtcp() {
    return rtcp;
  }

  Pair pair() {
    return new Pair(UdpPortsOpener.port(rtp), UdpPortsOpener.port(rtcp));
  }

  /** From now on a datagram from this address goes there; valid during the call. */
  void expect(InetSocketAddress client, Consumer<ByteBuf> receiver) {
    clients.put(client, receiver);
  }

  /** Undoes {@link #expect}, unless another took the address over. */
  void forget(InetSocketAddress client, Consumer<ByteBuf> receiver) {
    clients.remove(client, receiver);
  }

  void close() {
    Future<?> unused = rtp.close();
    unused = rtcp.close();
  }

  private final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      Consumer<ByteBuf> receiver = clients.get(packet.sender());
      if (receiver != null) {
        ByteBuf content = ReceivedDatagrams.copy(context, packet);
        try {
          receiver.accept(content);
        } finally {
          content.release();
        }
      }
    }

    /** Such as a route that is missing: it concerns one datagram. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (context.channel() == rtp) {
        takesRuns = false;
      }
      LOG.debug("{}: {}", context.channel().localAddress(), cause.toString());
    }
  }
}
