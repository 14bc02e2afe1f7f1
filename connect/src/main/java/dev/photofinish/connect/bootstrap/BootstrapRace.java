package dev.photofinish.connect.bootstrap;

import dev.photofinish.connect.channel.EarlyDataBuffer;
import dev.photofinish.connect.channel.Transport;
import dev.photofinish.connect.route.Route;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ChannelFactory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One race with the channels of a {@link Bootstrap}. Its handler comes into the winner's pipeline,
 * once, when the race is won: no handler of the bootstrap ever sees the attempts that lose.
 */
public final class BootstrapRace {
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapRace.class);

  /** Options that are set on the winner alone: until then the race needs them for itself. */
  private static final Set<ChannelOption<?>> FOR_THE_WINNER =
      Set.of(ChannelOption.AUTO_READ, ChannelOption.ALLOW_HALF_CLOSURE);

  private final Bootstrap bootstrap;
  private final Map<ChannelOption<?>, Object> options;

  public BootstrapRace(Bootstrap bootstrap) {
    this.bootstrap = bootstrap.validate();
    this.options = bootstrap.config().options();
  }

  /** First-wins; the bootstrap's connect timeout, if it has one, is the race's. */
  public RaceOptions raceOptions() {
    RaceOptions.Builder race = RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS);
    if (options.get(ChannelOption.CONNECT_TIMEOUT_MILLIS) instanceof Integer millis && millis > 0) {
      race.racingTimeout(Duration.ofMillis(millis));
    }
    return race.build();
  }

  /** The bootstrap's event loops and channels, and the connector's own for DNS. */
  public Transport transport(Transport dns) {
    return new Transport(
        bootstrap.config().group(),
        false,
        this::newChannel,
        dns.server(),
        dns.datagram(),
        dns.datagramOf(),
        dns.dnsStream());
  }

  /** The connector's route, from the bootstrap's local address if it has one. */
  public Route route(Route route) {
    SocketAddress local = bootstrap.config().localAddress();
    if (local == null) {
      return route;
    }
    if (!(local instanceof InetSocketAddress from) || from.getPort() != 0) {
      throw new InvalidOptionException(
          "local-address", local, "port 0: the attempts of a race cannot share a port");
    }
    InetAddress address = from.getAddress();
    return address == null || address.isAnyLocalAddress()
        ? route
        : route.toBuilder().interfaces(List.of()).localAddresses(List.of(address)).build();
  }

  @SuppressWarnings("deprecation") // the type that the configuration's accessor has
  private Channel newChannel() {
    ChannelFactory<? extends Channel> factory = bootstrap.config().channelFactory();
    Channel channel = factory.newChannel();
    options.forEach(
        (option, value) -> {
          if (!FOR_THE_WINNER.contains(option)) {
            set(channel, option, value);
          }
        });
    bootstrap.config().attrs().forEach((key, value) -> set(channel, key, value));
    return channel;
  }

  @SuppressWarnings("unchecked") // the bootstrap has matched them
  private static void set(Channel channel, ChannelOption<?> option, Object value) {
    if (!channel.config().setOption((ChannelOption<Object>) option, value)) {
      LOG.warn("{} has no option {}; it is left out", channel, option);
    }
  }

  @SuppressWarnings("unchecked") // the bootstrap has matched them
  private static void set(Channel channel, AttributeKey<?> key, Object value) {
    channel.attr((AttributeKey<Object>) key).set(value);
  }

  /**
   * The race as a future of Netty's, to be given to {@link #won} or {@link #lost}.
   *
   * @param loop of the race
   */
  public RacedChannelFuture future(EventLoop loop, Runnable cancelRace) {
    PendingChannel pending = new PendingChannel(loop);
    RacedChannelFuture future = new RacedChannelFuture(cancelRace, pending, loop);
    pending.closeFuture().addListener(closed -> future.cancelPending());
    return future;
  }

  /** Gives the winner's channel to the bootstrap's handler and to {@code future}. */
  public void won(Channel channel, RacedChannelFuture future) {
    handOver(channel, future);
    future.closePending();
  }

  /**
   * Ends {@code future} without a channel.
   *
   * @param failure null for a race that was cancelled
   */
  public void lost(@Nullable IOException failure, RacedChannelFuture future) {
    if (failure == null) {
      future.cancel(false);
    } else {
      future.tryFailure(failure);
    }
    future.closePending();
  }

  private void handOver(Channel channel, RacedChannelFuture future) {
    EarlyDataBuffer earlyData = channel.pipeline().get(EarlyDataBuffer.class);
    ChannelHandlerContext last = channel.pipeline().context(earlyData);
    if (!future.won(channel)) {
      ChannelFuture unused = channel.close();
      return;
    }
    earlyData.allowHalfClosure(Boolean.TRUE.equals(options.get(ChannelOption.ALLOW_HALF_CLOSURE)));
    install(channel, Objects.requireNonNull(bootstrap.config().handler()), last, future);
    if (channel.isOpen() && !Boolean.FALSE.equals(options.get(ChannelOption.AUTO_READ))) {
      channel.config().setAutoRead(true);
    }
  }

  /** The order of events is that of a bootstrap. */
  private static void install(
      Channel channel,
      ChannelHandler handler,
      ChannelHandlerContext last,
      RacedChannelFuture future) {
    try {
      channel.pipeline().addLast(handler);
    } catch (RuntimeException e) { // not sharable, and in use
      ChannelFuture unused = channel.close();
      future.tryFailure(e);
      return;
    }
    last.fireChannelRegistered();
    if (!channel.isOpen()) {
      future.tryFailure(new ClosedChannelException());
      return;
    }
    future.trySuccess(null);
    last.fireChannelActive();
  }
}
