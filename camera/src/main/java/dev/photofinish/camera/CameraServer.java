package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket of a camera, which comes and goes with its reboots; on its event loop. */
final class CameraServer {

  private static final Logger log = LoggerFactory.getLogger(CameraServer.class);

  /** A closed listening socket is the kernel's until the next select: the port is tried again. */
  private static final Duration BIND_RETRY = Duration.ofMillis(5);

  /** Small, as in a camera: a client that does not read soon costs frames, in bytes. */
  private static final int SEND_BUFFER = 256 * 1024;

  private final Device device;
  private final HttpTunnels tunnels;
  private final InetSocketAddress address;
  private final @Nullable SslContext tls;
  private @Nullable Channel listening;
  private boolean closed;
  private int boots;

  CameraServer(Device device, InetSocketAddress address, @Nullable SslContext tls) {
    this.device = device;
    this.tunnels = new HttpTunnels(device.context().tally());
    this.address = address;
    this.tls = tls;
  }

  /** Listens; the future fails where the address cannot be bound. */
  ChannelFuture up() {
    return new ServerBootstrap()
        .group(device.context().loop())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .handler(new Listening())
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
        .childHandler(new ConnectionInitializer())
        .bind(address);
  }

  private void listening(Channel channel) {
    if (closed) {
      var unused = channel.close();
      return;
    }
    listening = channel;
    device.powerOn();
    device
        .context()
        .tally()
        .record(
            Kind.UP, 0, NetUtil.toSocketAddressString((InetSocketAddress) channel.localAddress()));
    Duration every = device.context().options().get(Knob.REBOOT_EVERY);
    if (!every.isZero()) {
      int boot = boots;
      later(every, () -> rebootUnlessDone(boot));
    }
  }

  private void rebootUnlessDone(int boot) {
    if (boot == boots) {
      reboot(device.context().options().get(Knob.REBOOT_FOR));
    }
  }

  /**
   * Refuses connections from now on, drops those there are, and listens again after {@code time}.
   */
  void reboot(Duration time) {
    int boot = ++boots;
    down("reboot for " + time.toMillis() + " ms");
    later(time, () -> comeBack(boot));
  }

  private void comeBack(int boot) {
    if (closed || boot != boots) {
      return;
    }
    up().addListener(
            done -> {
              if (!done.isSuccess()) {
                log.debug("cannot listen on {} again yet", address, done.cause());
                later(BIND_RETRY, () -> comeBack(boot));
              }
            });
  }

  private void later(Duration time, Runnable task) {
    var unused = device.context().loop().schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends every connection; new ones are accepted. */
  void closeAll(HangUp how, String reason) {
    tunnels.closeUndecided(how, reason);
    device.closeAll(how, reason);
  }

  void close() {
    closed = true;
    down("closed");
  }

  private void down(String reason) {
    if (listening != null) {
      var unused = listening.close();
      listening = null;
      device.context().tally().record(Kind.DOWN, 0, reason);
    }
    tunnels.closeUndecided(HangUp.RST, reason);
    device.powerOff(reason);
  }

  /** Records that the camera is up before the first connection is accepted. */
  private final class Listening extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      listening(context.channel());
      context.fireChannelActive();
    }
  }

  private final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {

    @Override
    protected void initChannel(SocketChannel channel) {
      if (tls != null) {
        channel.pipeline().addLast(tls.newHandler(channel.alloc()));
      }
      RtspConnection connection = new RtspConnection(device, tunnels, channel);
      channel
          .pipeline()
          .addLast(
              new ProtocolDetector(device, tunnels, connection), new RequestDecoder(), connection);
    }
  }
}
