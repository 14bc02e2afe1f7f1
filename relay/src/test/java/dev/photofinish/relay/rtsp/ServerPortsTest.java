package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.photofinish.connect.channel.SegmentedDatagrams;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServerPortsTest {
  /** Not allowed to a socket that did not ask for broadcasts. */
  private static final InetSocketAddress FORBIDDEN = new InetSocketAddress("255.255.255.255", 9);

  private EventLoopGroup group;
  private Channel rtp;
  private Channel rtcp;
  private ServerPorts ports;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Epoll.isAvailable(), "no epoll: only it sends several datagrams as one");
    group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    rtp = bind();
    rtcp = bind();
    assumeTrue(SegmentedDatagrams.areTakenBy(rtp), "this kernel has no UDP_SEGMENT");
    ports = onLoop(() -> new ServerPorts(rtp, rtcp, 1 << 16));
  }

  @AfterEach
  void close() {
    if (group != null) {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private Channel bind() {
    return new Bootstrap()
        .group(group)
        .channel(EpollDatagramChannel.class)
        .handler(new ChannelInboundHandlerAdapter())
        .bind(InetAddress.getLoopbackAddress(), 0)
        .syncUninterruptibly()
        .channel();
  }

  private <T> T onLoop(Callable<T> work) throws Exception {
    return group.submit(work).get(60, TimeUnit.SECONDS);
  }

  /** True if runs are still sent after a datagram that the kernel refused. */
  private boolean takesRunsAfterARefusalAt(Channel channel) throws Exception {
    onLoop(
        () -> {
          DatagramPacket datagram = new DatagramPacket(Unpooled.copyInt(1), FORBIDDEN);
          return channel.writeAndFlush(datagram, channel.voidPromise());
        });
    return onLoop(ports::takesRuns);
  }

  @Test
  void runsAreSentUntilOneIsRefused() throws Exception {
    assertThat(onLoop(ports::takesRuns)).isTrue();
    assertThat(takesRunsAfterARefusalAt(rtcp)).isTrue();
    assertThat(takesRunsAfterARefusalAt(rtp)).isFalse();
  }
}
