package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A track that comes as datagrams, from the address of the publisher's connection and the ports
 * that it named, and from no other.
 */
final class UdpInput implements TrackInput {
  private final ServerPorts ports;
  private final InetSocketAddress rtp;
  private final InetSocketAddress rtcp;
  private final Consumer<ByteBuf> takesRtp;
  private final Consumer<ByteBuf> takesRtcp;
  private @Nullable Receiver receiver;

  /**
   * @param client the publisher's ports
   * @param alive called when it sends a datagram
   */
  UdpInput(ServerPorts ports, InetAddress publisher, Pair client, Runnable alive) {
    this.ports = ports;
    this.rtp = new InetSocketAddress(publisher, client.rtp());
    this.rtcp = new InetSocketAddress(publisher, client.rtcp());
    this.takesRtp = datagram -> rtp(datagram, alive);
    this.takesRtcp = datagram -> rtcp(datagram, alive);
    ports.expect(rtp, takesRtp);
    ports.expect(rtcp, takesRtcp);
  }

  private void rtp(ByteBuf datagram, Runnable alive) {
    alive.run();
    if (receiver != null) {
      receiver.rtp(datagram);
    }
  }

  private void rtcp(ByteBuf datagram, Runnable alive) {
    alive.run();
    if (receiver != null) {
      receiver.rtcp(datagram);
    }
  }

  @Override
  public boolean isUnordered() {
    return true;
  }

  @Override
  public void open(Receiver to) {
    receiver = to;
  }

  @Override
  public void stop() {
    receiver = null;
  }

  @Override
  public boolean frame(int channel, ByteBuf content) {
    return false;
  }

  @Override
  public void report(byte[] report) {
    var packet = new DatagramPacket(Unpooled.wrappedBuffer(report), rtcp);
    Future<?> unused = ports.rtcp().writeAndFlush(packet, ports.rtcp().voidPromise());
  }

  @Override
  public void close() {
    stop();
    ports.forget(rtp, takesRtp);
    ports.forget(rtcp, takesRtcp);
  }
}
