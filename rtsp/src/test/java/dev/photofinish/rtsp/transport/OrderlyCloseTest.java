package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a connection to a camera that is late, or that does not close. */
class OrderlyCloseTest {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private ServerSocket server;
  private Channel channel;
  private Socket camera;

  @BeforeEach
  void connect() throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    channel =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(server.getLocalSocketAddress())
            .sync()
            .channel();
    camera = server.accept();
    camera.setSoTimeout(10_000);
  }

  @AfterEach
  void end() throws Exception {
    camera.close();
    server.close();
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
  }

  private void close(boolean direct) {
    channel
        .eventLoop()
        .execute(() -> OrderlyClose.close(channel, direct, () -> closed.complete(null)));
  }

  @Test
  void isOverWhenTheCameraHasClosed() throws Exception {
    close(true);
    assertThat(camera.getInputStream().read()).isEqualTo(-1);
    camera.getOutputStream().write(new byte[1000]); // what was on its way is read, and dropped
    assertThat(closed).isNotDone();
    camera.close();
    closed.get(60, TimeUnit.SECONDS);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void resetsTheConnectionOfACameraThatDoesNotClose() throws Exception {
    close(true);
    closed.get(60, TimeUnit.SECONDS);
    // A FIN alone would leave it open.
    assertThatThrownBy(
            () -> {
              while (true) {
                camera.getOutputStream().write(new byte[1000]);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void closesAtOnceWhatIsMoreThanTheChannel() throws Exception {
    close(false);
    closed.get(60, TimeUnit.SECONDS);
    assertThat(camera.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void whatIsClosedIsOver() throws Exception {
    channel.close().sync();
    close(true);
    closed.get(60, TimeUnit.SECONDS);
  }
}
