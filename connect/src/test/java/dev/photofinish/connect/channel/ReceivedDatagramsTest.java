package dev.photofinish.connect.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what is received of datagrams that wait, by one system call or by several. */
@Timeout(120)
class ReceivedDatagramsTest {
  private static final int LONGEST = 2_000;
  private static final int COUNT = 50;

  private final BlockingQueue<ByteBuf> copies = new LinkedBlockingQueue<>();

  private final class Keeps extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      copies.add(ReceivedDatagrams.copy(context, packet));
    }
  }

  /** They are sent while nothing is read, so that many wait. */
  private List<ByteBuf> receive(EventLoopGroup group, List<byte[]> datagrams) throws Exception {
    Transport transport = Transport.of(group);
    Channel channel = transport.datagram().newChannel();
    ReceivedDatagrams.inBatches(channel, LONGEST);
    channel.config().setAutoRead(false);
    try (DatagramSocket sender = new DatagramSocket()) {
      new Bootstrap()
          .group(group)
          .channelFactory(() -> channel)
          .handler(new Keeps())
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .sync();
      send(sender, (InetSocketAddress) channel.localAddress(), datagrams);
      channel.config().setAutoRead(true);
      List<ByteBuf> received = new ArrayList<>();
      for (int i = 0; i < datagrams.size(); i++) {
        ByteBuf copy = copies.poll(60, TimeUnit.SECONDS);
        assertThat(copy).as("datagram %d", i).isNotNull();
        received.add(copy);
      }
      return received;
    } finally {
      channel.close().sync();
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static void send(DatagramSocket sender, InetSocketAddress to, List<byte[]> datagrams)
      throws IOException {
    for (byte[] datagram : datagrams) {
      sender.send(new java.net.DatagramPacket(datagram, datagram.length, to));
    }
  }

  /** The {@code i}th has {@code 1 + 30 i} bytes of the value {@code i}. */
  private static List<byte[]> growing() {
    List<byte[]> datagrams = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] datagram = new byte[1 + 30 * i];
      Arrays.fill(datagram, (byte) i);
      datagrams.add(datagram);
    }
    return datagrams;
  }

  private void expectAllOfTheirOwnSize(EventLoopGroup group) throws Exception {
    List<byte[]> sent = growing();
    List<ByteBuf> received = receive(group, sent);
    for (int i = 0; i < COUNT; i++) {
      ByteBuf copy = received.get(i);
      byte[] bytes = new byte[copy.readableBytes()];
      copy.readBytes(bytes);
      assertThat(bytes).isEqualTo(sent.get(i));
      assertThat(copy.capacity()).isEqualTo(sent.get(i).length);
      assertThat(copy.release()).as("nobody else holds it").isTrue();
    }
  }

  @Test
  void eachThatWaitsComesInOrderAndInABufferOfItsOwn() throws Exception {
    expectAllOfTheirOwnSize(Transport.newGroup("test"));
  }

  @Test
  void alsoWhereEachIsReadAlone() throws Exception {
    expectAllOfTheirOwnSize(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
  }

  @Test
  void whatIsTooLongComesCutAndTheNextOneWhole() throws Exception {
    List<ByteBuf> received =
        receive(
            Transport.newGroup("test"),
            List.of(new byte[LONGEST + 1], new byte[LONGEST], new byte[1]));
    assertThat(received.stream().map(ByteBuf::readableBytes)).containsExactly(LONGEST, LONGEST, 1);
    received.forEach(ByteBuf::release);
  }
}
