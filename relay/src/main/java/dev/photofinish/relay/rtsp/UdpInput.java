package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * A track that comes as datagrams, from the address of the publisher's connection and the ports
 * that it named, and from no other.
 */
final class UdpInput extends ReceivingInput {
  private final ServerPorts ports;
  private final InetSocketAddress rtp;
  private final InetSocketAddress rtcp;
  private final Consumer<ByteBuf> takesRtp;
  private final Consumer<ByteBuf> takesRtcp;

  /**
   * @param client the publisher's ports
   * @param alive called when it sends a datagram
   */
  UdpInput(ServerPorts ports, InetAddress publisher, Pair client, Runnable alive) {
    this.ports = ports;
    this.rtp = new InetSocketAddress(publisher, client.rtp());
    this.rtcp = new InetSocketAddress(publisher, client.rtcp());
    Consumer<ByteBuf> lives = datagram -> alive.run();
    this.takesRtp = lives.andThen(this::rtp);
    this.takesRtcp = lives.andThen(this::rtcp);
    ports.expect(rtp, takesRtp);
    ports.expect(rtcp, takesRtcp);
  }

  @Override
  public boolean isUnordered() {
    return true;
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
