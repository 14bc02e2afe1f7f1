package dev.photofinish.connect.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the kernel has the hops of each transport. */
class MulticastTtlTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theKernelHasThemForBothFamilies(boolean epoll) throws Exception {
    assumeThat(!epoll || Epoll.isAvailable()).as("epoll").isTrue();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    try {
      assertThat(hops(loops, SocketProtocolFamily.INET, "239.1.2.3")).isEqualTo(7);
      assertThat(hops(loops, SocketProtocolFamily.INET6, "ff15::7")).isEqualTo(7);
    } finally {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }
  }

  private static int hops(EventLoopGroup loops, SocketProtocolFamily family, String group)
      throws Exception {
    InetAddress address = InetAddress.getByName(group);
    Channel channel =
        new Bootstrap()
            .group(loops)
            .channelFactory(() -> Transport.of(loops).datagramOf().apply(family))
            .handler(new ChannelInboundHandlerAdapter())
            .bind(new InetSocketAddress(0))
            .sync()
            .channel();
    try {
      MulticastTtl.set(channel, address, 7);
      return channel.config().getOption(MulticastTtl.of(channel, address));
    } finally {
      channel.close().sync();
    }
  }
}
