package dev.photofinish.connect;

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
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Races with the channels of a {@link Bootstrap}. Its handler comes into the winner's pipeline,
 * once, when the race is won: nobody else's handlers ever hear of the attempts that lose.
 */
final class BootstrapRace {
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapRace.class);

  /** What the race needs for itself until it is won. */
  private static final Set<ChannelOption<?>> FOR_THE_WINNER =
      Set.of(ChannelOption.AUTO_READ, ChannelOption.ALLOW_HALF_CLOSURE);

  private final Bootstrap bootstrap;
  private final Map<ChannelOption<?>, Object> options;

  BootstrapRace(Bootstrap bootstrap) {
    this.bootstrap = bootstrap.validate();
    this.options = bootstrap.config().options();
  }

  /** First-wins; the bootstrap's connect timeout, if it has one, is the race's. */
  RaceOptions raceOptions() {
    RaceOptions.Builder race = RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS);
    if (options.get(ChannelOption.CONNECT_TIMEOUT_MILLIS) instanceof Integer millis && millis > 0) {
      race.racingTimeout(Duration.ofMillis(millis));
    }
    return race.build();
  }

  RaceContext context(RaceContext shared) {
    Transport transport =
        new Transport(
            bootstrap.config().group(),
            false,
            this::newChannel,
            shared.transport().datagram(),
            shared.transport().dnsStream());
    return new BootstrapContext(shared, transport, route(shared.route()));
  }

  private Route route(Route route) {
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

  /** The race as a future of Netty's. */
  ChannelFuture future(RaceFuture race) {
    PendingChannel pending = new PendingChannel(race.loop());
    RacedChannelFuture future = new RacedChannelFuture(race, pending, race.loop());
    pending.closeFuture().addListener(closed -> giveUp(future, pending));
    var unusedStage =
        race.whenComplete(
            (won, lost) -> {
              if (won != null) {
                won(won.channel(), future);
              } else {
                lost(Objects.requireNonNull(lost), future);
              }
              ChannelFuture unused = pending.close();
            });
    return future;
  }

  private static void giveUp(RacedChannelFuture future, PendingChannel pending) {
    if (future.channel() == pending && !future.isDone()) {
      future.cancel(false);
    }
  }

  private void won(Channel channel, RacedChannelFuture future) {
    EarlyDataBuffer keeper = channel.pipeline().get(EarlyDataBuffer.class);
    ChannelHandlerContext last = channel.pipeline().context(keeper);
    if (!future.won(channel)) {
      ChannelFuture unused = channel.close();
      return;
    }
    keeper.allowHalfClosure(Boolean.TRUE.equals(options.get(ChannelOption.ALLOW_HALF_CLOSURE)));
    install(channel, Objects.requireNonNull(bootstrap.config().handler()), last, future);
    if (channel.isOpen() && !Boolean.FALSE.equals(options.get(ChannelOption.AUTO_READ))) {
      channel.config().setAutoRead(true);
    }
  }

  /** In the order in which a bootstrap lets things happen. */
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

  private static void lost(Throwable lost, RacedChannelFuture future) {
    if (lost instanceof RaceException race) {
      future.tryFailure(BootstrapFailure.of(race));
    } else {
      future.cancel(false);
    }
  }
}
