package dev.photofinish.rtsp.loop;

import dev.photofinish.connect.channel.ReceivedDatagrams;
import dev.photofinish.connect.channel.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Opens an even port and the odd one after it (RFC 3550 section 11), on the event loop of the RTSP
 * connection.
 */
public final class UdpPortsOpener {
  /** Each try takes a port that the system chooses: its neighbour is seldom taken. */
  private static final int MOST_TRIES = 50;

  /** Half a second of 32 Mbit/s; the system may give less (Linux: {@code net.core.rmem_max}). */
  private static final int RECEIVE_BUFFER = 2 << 20;

  /** A jumbo frame (9000 bytes) and more: what is longer comes cut, and is dropped as malformed. */
  private static final int LONGEST_DATAGRAM = 9216;

  private static final ChannelHandler NOTHING =
      new ChannelInboundHandlerAdapter() {
        @Override
        public boolean isSharable() {
          return true;
        }
      };

  private final Bootstrap bootstrap;
  private final InetAddress local;
  private final BiConsumer<Channel, Channel> opened;
  private final Consumer<Throwable> failed;
  private int tries;

  /**
   * @param local the address to receive at
   * @param opened takes the channels for RTP and RTCP, on the loop
   * @param failed takes why there are none, on the loop
   */
  public UdpPortsOpener(
      EventLoop loop,
      InetAddress local,
      BiConsumer<Channel, Channel> opened,
      Consumer<Throwable> failed) {
    this.bootstrap = bootstrap(loop, transport -> transport.datagram().newChannel());
    this.local = local;
    this.opened = opened;
    this.failed = failed;
  }

  /** For ports that media come to; {@link ReceivedDatagrams#copy} of what is to be kept. */
  public static Bootstrap bootstrap(EventLoop loop, Function<Transport, Channel> channel) {
    Transport transport = Transport.of(loop);
    return new Bootstrap()
        .group(loop)
        .channelFactory(() -> receiving(channel.apply(transport)))
        .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
        .handler(NOTHING);
  }

  private static Channel receiving(Channel channel) {
    ReceivedDatagrams.inBatches(channel, LONGEST_DATAGRAM);
    return channel;
  }

  /** Takes ports that the system chooses. */
  public void open() {
    tries++;
    bind(0, this::first, failed);
  }

  /** Takes the even port {@code rtp} and its neighbour, or none. */
  public void open(int rtp) {
    tries = MOST_TRIES;
    bind(rtp, this::first, failed);
  }

  private void first(Channel channel) {
    int port = port(channel);
    bind(port ^ 1, neighbour -> pair(channel, neighbour), why -> again(channel, why));
  }

  /** The port that a channel is bound to. */
  public static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private void pair(Channel one, Channel other) {
    boolean even = port(one) % 2 == 0;
    opened.accept(even ? one : other, even ? other : one);
  }

  private void again(Channel alone, Throwable why) {
    Future<?> unused = alone.close();
    if (tries < MOST_TRIES) {
      open();
    } else {
      failed.accept(why);
    }
  }

  private void bind(int port, Consumer<Channel> bound, Consumer<Throwable> refused) {
    bind(bootstrap, new InetSocketAddress(local, port), bound, refused);
  }

  /** Binds a port; one of the two consumers is called on the loop. */
  public static void bind(
      Bootstrap bootstrap,
      InetSocketAddress local,
      Consumer<Channel> bound,
      Consumer<Throwable> refused) {
    ChannelFuture binding = bootstrap.bind(local);
    binding.addListener(
        done -> {
          if (done.isSuccess()) {
            bound.accept(binding.channel());
          } else {
            refused.accept(done.cause());
          }
        });
  }
}
