package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a connection to a camera that is late, or that does not close. */
@SuppressWarnings("NullAway.Init") // each test connects first
class OrderlyCloseTest {
  private static final long NEVER = 3_600_000;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private Channel channel;
  private Socket camera;

  /**
   * @param peerMillis for the camera to close
   */
  private void connect(long peerMillis) throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    channel =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline().addLast(new OrderlyClose(peerMillis), new After());
                  }
                })
            .connect(server.getLocalSocketAddress())
            .sync()
            .channel();
    camera = server.accept();
    camera.setSoTimeout(10_000);
    channel.closeFuture().addListener(done -> closed.complete(null));
  }

  /** The handlers after it, which hear of the end at once, and of nothing that comes later. */
  private final class After extends ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      heard.add("read");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      heard.add("inactive");
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
      Future<?> unused = ctx.writeAndFlush(Unpooled.copiedBuffer("bye", StandardCharsets.US_ASCII));
      Future<?> unusedToo = ctx.close(promise);
    }
  }

  @AfterEach
  void end() throws Exception {
    camera.close();
    server.close();
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
  }

  private void close() {
    channel.eventLoop().execute(() -> OrderlyClose.close(channel));
  }

  private void readToTheEnd() throws IOException {
    assertThat(camera.getInputStream().readAllBytes()).asString().isEqualTo("bye");
  }

  @Test
  void isOverWhenTheCameraHasClosed() throws Exception {
    connect(NEVER);
    close();
    readToTheEnd();
    camera.getOutputStream().write(new byte[1000]); // what was on its way is read, and dropped
    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("inactive");
    assertThat(closed).isNotDone();
    camera.close();
    closed.get(60, TimeUnit.SECONDS);
    assertThat(channel.isOpen()).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void resetsTheConnectionOfACameraThatDoesNotClose() throws Exception {
    connect(OrderlyClose.PEER_MILLIS);
    close();
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

  /** Without a word of the other handlers. */
  @Test
  void whatHasLostIsClosedInOrderToo() throws Exception {
    connect(NEVER);
    channel.eventLoop().submit(() -> OrderlyClose.ofLoser(channel)).sync();
    assertThat(camera.getInputStream().read()).isEqualTo(-1);
    assertThat(closed).isNotDone();
    camera.close();
    closed.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aSecondCloseIsDoneWithTheFirst() throws Exception {
    connect(NEVER);
    close();
    readToTheEnd();
    Future<?> second = channel.close();
    assertThat(second.isDone()).isFalse();
    camera.close();
    second.sync();
    closed.get(60, TimeUnit.SECONDS);
  }

  @Test
  void whatIsClosedIsOver() throws Exception {
    connect(NEVER);
    camera.close();
    closed.get(60, TimeUnit.SECONDS);
    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("inactive"); // later than its future
    channel.eventLoop().submit(() -> OrderlyClose.close(channel)).sync();
    channel.eventLoop().submit(() -> {}).sync(); // behind what that has left to do
    assertThat(heard).isEmpty();
  }
}
