package dev.photofinish.connect;

import dev.photofinish.connect.bootstrap.BootstrapRace;
import dev.photofinish.connect.channel.ChosenInterfaces;
import dev.photofinish.connect.channel.LocalAddresses;
import dev.photofinish.connect.channel.Transport;
import dev.photofinish.connect.dns.DnsResolver;
import dev.photofinish.connect.dns.DnsSettings;
import dev.photofinish.connect.dns.HostsFile;
import dev.photofinish.connect.dns.SystemResolver;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings;
import dev.photofinish.connect.route.Route;
import dev.photofinish.connect.route.Target;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.host.ThisProcess;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects by racing: resolves a target, dials its addresses as {@link RaceOptions} say, and gives
 * the winner's channel. All else is closed in the instant the race is decided.
 *
 * <p>One connector serves any number of races at once, from any thread. It keeps event loops, the
 * DNS cache, the TLS trust and what races learnt of addresses; else nothing of a race outlives it
 * but the winner's channel.
 */
public final class Connector implements AutoCloseable {
  private final RaceContext context;
  private final boolean ownsHistory;
  private final UndecidedRaces races = new UndecidedRaces();

  private Connector(Builder builder) {
    Route route = builder.route.build();
    LocalAddresses.checkInterfaces(route);
    ownsHistory = builder.history == null;
    Defaults defaults = new Defaults(builder.ticker);
    Transport transport =
        builder.eventLoopGroup == null ? Transport.own() : Transport.of(builder.eventLoopGroup);
    DnsSettings dns = new DnsSettings(builder.nameServers, builder.searchDomains);
    context =
        new ConnectorContext(
            transport,
            defaults.clock(),
            Defaults.listener(builder.listeners),
            new SystemResolver(new HostsFile(builder.hostsFile), new DnsResolver(transport, dns)),
            new Tls(builder.tls),
            builder.history == null ? defaults.history(builder.historyFile) : builder.history,
            builder.limiter == null ? defaults.limiter() : builder.limiter,
            route,
            new ChosenInterfaces(),
            races::ended);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** {@link ThisProcess#limiter}: the limiter of all races that are not given another. */
  public static SharedDialLimiter processLimiter() {
    return ThisProcess.limiter();
  }

  /** A connector with every setting at its default. */
  public static Connector create() {
    return builder().build();
  }

  /**
   * Races to the finish line {@code connect}, or {@code tls} for TLS endpoints; see {@link
   * Connection} for how the channel is handed over.
   *
   * @throws InvalidOptionException {@code finish-line} is one that needs a protocol
   */
  public RaceFuture connect(Target target, RaceOptions options) {
    FinishLines.check(target, options.finishLine());
    return connect(target, options, new FinishLines(options.finishLine()));
  }

  /**
   * Races to the finish line that {@code initializer} defines.
   *
   * @throws IllegalStateException the connector, or the event loop group it was given, is closed
   */
  public RaceFuture connect(Target target, RaceOptions options, AttemptInitializer initializer) {
    return races.begin(context, target, options, initializer);
  }

  /**
   * Takes the place of {@link Bootstrap#connect(String, int)}: {@code bootstrap.connect(host,
   * port)} becomes {@code connector.connect(bootstrap, host, port)}. A first-wins race whose
   * timeout is the bootstrap's {@code CONNECT_TIMEOUT_MILLIS} if it has one, else that of {@link
   * RaceOptions}; see {@link #connect(Bootstrap, Target, RaceOptions)}.
   */
  public ChannelFuture connect(Bootstrap bootstrap, String host, int port) {
    BootstrapRace race = new BootstrapRace(bootstrap);
    return connect(race, Target.of(new Endpoint(host, port)), race.raceOptions());
  }

  /**
   * Races with the group, channel factory, options, attributes, local address and handler of {@code
   * bootstrap}. Its resolver is not asked: names are this connector's to resolve.
   *
   * <p>The handler is added to the winner's channel when the race is won, once; it then sees {@code
   * channelRegistered} and {@code channelActive}, and what the peer has sent in the meantime. The
   * channels that lose never have it. Handlers that want to see {@code bind} or {@code connect}
   * themselves, such as Netty's for proxies, come too late: use {@link Builder#proxy}.
   *
   * <p>The future's {@code channel()} is the winner's once the future is done, and until then a
   * stand-in, which closes when the race is lost; closing it, like cancelling the future, cancels
   * the race. A lost race fails with the type that callers of a bootstrap expect, {@link
   * java.net.UnknownHostException}, {@link io.netty.channel.ConnectTimeoutException}, {@link
   * java.net.NoRouteToHostException} or {@link java.net.ConnectException}, whose cause is the
   * {@link RaceException}.
   *
   * @throws InvalidOptionException the bootstrap's local address has a port, or as {@link
   *     #connect(Target, RaceOptions)}
   * @throws IllegalStateException the bootstrap lacks what Netty demands of it
   */
  public ChannelFuture connect(Bootstrap bootstrap, Target target, RaceOptions options) {
    return connect(new BootstrapRace(bootstrap), target, options);
  }

  private ChannelFuture connect(BootstrapRace race, Target target, RaceOptions options) {
    FinishLines.check(target, options.finishLine());
    return new BootstrapDriver(race, races, context).connect(target, options);
  }

  /** {@link #connect(Target, RaceOptions)}, waited for as {@link RaceFuture#await} does. */
  public Connection connectBlocking(Target target, RaceOptions options)
      throws RaceException, InterruptedException {
    return connect(target, options).await();
  }

  /** The number of undecided races. */
  int racing() {
    return races.count();
  }

  /**
   * Cancels the undecided races. Event loops of the connector's own are ended, and with them every
   * channel that was won on them; those given to it go on.
   *
   * <p>May be called from anywhere. On an event loop, such as in a callback, it returns at once and
   * the loops end a moment later; elsewhere it waits for them, 5 s at most.
   */
  @Override
  public void close() {
    races.close();
    context.resolver().close();
    context.transport().close();
    if (ownsHistory) {
      context.history().close();
    }
  }

  /** Settings of a connector. */
  public static final class Builder {
    private final List<RaceListener> listeners = new ArrayList<>();
    private @Nullable EventLoopGroup eventLoopGroup;
    private TlsSettings tls = TlsSettings.systemTrust();
    private @Nullable List<InetSocketAddress> nameServers;
    private @Nullable List<String> searchDomains;
    private Path hostsFile = HostsFile.systemFile();
    private @Nullable SharedHistory history;
    private @Nullable Path historyFile;
    private @Nullable DialLimiter limiter;
    private Route.Builder route = Route.builder();
    private Ticker ticker = Ticker.systemTicker();

    private Builder() {}

    /**
     * Event loops to run on, which the connector does not end; epoll, io_uring or NIO. Without, the
     * connector has a few of its own: epoll where there is one, NIO elsewhere.
     */
    public Builder eventLoopGroup(EventLoopGroup value) {
      eventLoopGroup = value;
      return this;
    }

    /** The certificates that TLS trusts; the system's authorities by default. */
    public Builder tls(TlsSettings value) {
      tls = value;
      return this;
    }

    /** Name servers to ask in place of the system's. */
    public Builder nameServers(List<InetSocketAddress> value) {
      nameServers = List.copyOf(value);
      return this;
    }

    /** Domains to try behind short names in place of the system's. */
    public Builder searchDomains(List<String> value) {
      searchDomains = List.copyOf(value);
      return this;
    }

    /** A hosts file in place of the system's. */
    public Builder hostsFile(Path value) {
      hostsFile = value;
      return this;
    }

    /** The addresses to dial from: {@link Route#localAddresses}. */
    public Builder localAddresses(InetAddress... values) {
      route.localAddresses(List.of(values));
      return this;
    }

    /**
     * The interfaces to dial through: {@link Route#interfaces}. One that is not there is an error
     * of {@link #build}; one that goes away later is left out of races until it is back.
     */
    public Builder interfaces(String... names) {
      route.interfaces(List.of(names));
      return this;
    }

    /** The proxy to go through: {@link Route#proxy}. */
    public Builder proxy(ProxySettings value) {
      route.proxy(value);
      return this;
    }

    /** Local addresses or interfaces, and proxy, in place of all that were set before. */
    public Builder route(Route value) {
      route = value.toBuilder();
      return this;
    }

    /**
     * A history to share with other connectors, which this one does not close; without, it learns
     * alone.
     */
    public Builder history(SharedHistory value) {
      history = value;
      return this;
    }

    /**
     * The file that keeps what a connector with a history of its own learns: see {@link
     * SharedHistory#in(Path)}.
     */
    public Builder historyFile(Path value) {
      historyFile = value;
      return this;
    }

    /**
     * The limiter of its dials, shared with all that have the same one; {@link #processLimiter} by
     * default (none with a {@link #ticker} of another time). {@link SharedDialLimiter#unlimited}
     * for none.
     */
    public Builder limiter(DialLimiter value) {
      limiter = value;
      return this;
    }

    /** Adds a listener to all races. */
    public Builder listener(RaceListener value) {
      listeners.add(value);
      return this;
    }

    /** The clock, for tests: it must be the one that the event loops run on. */
    public Builder ticker(Ticker value) {
      ticker = value;
      return this;
    }

    /**
     * A connector with these settings.
     *
     * @throws IllegalStateException if there is both a history and a file for one
     */
    public Connector build() {
      if (history != null && historyFile != null) {
        throw new IllegalStateException(
            "history and historyFile are both set; expected one: SharedHistory.in(file) is both");
      }
      return new Connector(this);
    }
  }
}
