package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.DatagramRun;
import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * A track's packets as datagrams to the address that the reader's connection comes from, and to no
 * other: nobody can have a third party flooded.
 */
final class UdpOutput implements TrackOutput {
  private final ServerPorts ports;
  private final PacedSender sender;
  private final InetSocketAddress rtp;
  private final InetSocketAddress rtcp;
  private final Consumer<ByteBuf> takesRtp;
  private final Consumer<ByteBuf> takesRtcp;

  /**
   * @param sender of the whole session, on the RTP port of {@code ports}; the caller closes it
   * @param client the reader's ports
   * @param alive called when the reader sends a datagram
   * @param reports takes its RTCP
   */
  UdpOutput(
      ServerPorts ports,
      PacedSender sender,
      InetAddress reader,
      Pair client,
      Runnable alive,
      Consumer<ByteBuf> reports) {
    this.ports = ports;
    this.sender = sender;
    this.rtp = new InetSocketAddress(reader, client.rtp());
    this.rtcp = new InetSocketAddress(reader, client.rtcp());
    this.takesRtp = datagram -> alive.run();
    this.takesRtcp = takesRtp.andThen(reports);
    ports.expect(rtp, takesRtp);
    ports.expect(rtcp, takesRtcp);
  }

  @Override
  public boolean hasRoom() {
    return sender.hasRoom();
  }

  @Override
  public void send(OutgoingPacket packet) {
    sender.send(packet.rtp().retain(), rtp);
  }

  @Override
  public void send(PacketBatch batch) {
    if (!ports.takesRuns()) {
      batch.packets().forEach(this::send);
      return;
    }
    for (DatagramRun run : batch.datagrams()) {
      sender.send(run, rtp);
    }
  }

  @Override
  public void report(ByteBuf report) {
    var packet = new DatagramPacket(report.retainedDuplicate(), rtcp);
    Future<?> unused = ports.rtcp().writeAndFlush(packet, ports.rtcp().voidPromise());
  }

  @Override
  public void flush() {
    sender.flush();
  }

  @Override
  public void close() {
    ports.forget(rtp, takesRtp);
    ports.forget(rtcp, takesRtcp);
  }
}
