package dev.photofinish.connect;

import dev.photofinish.race.Budget;
import dev.photofinish.race.BudgetOptions;
import dev.photofinish.race.DialBudget;
import dev.photofinish.race.InvalidOptionException;
import dev.photofinish.race.RaceOptions;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
  private static final long CLOSE_TIMEOUT_SECONDS = 5;
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final DialBudget PROCESS_BUDGET = new DialBudget(BudgetOptions.defaults());

  private final Shared shared;
  private final boolean ownsHistory;
  private final AtomicLong races = new AtomicLong();
  private final Set<RaceDriver> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Connector(Builder builder) {
    ownsHistory = builder.history == null;
    Transport transport =
        builder.eventLoopGroup == null ? Transport.own() : Transport.of(builder.eventLoopGroup);
    List<RaceListener> listeners = new ArrayList<>(builder.listeners);
    listeners.add(new RaceLog());
    if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
      listeners.add(new FlightLog());
    }
    DnsSettings dns = new DnsSettings(builder.nameServers, builder.searchDomains);
    shared =
        new Shared(
            transport,
            builder.ticker,
            new Listeners(listeners),
            new SystemNames(new Hosts(builder.hostsFile), new Dns(transport, dns)),
            new Tls(builder.tls),
            builder.history == null ? builder.ownHistory() : builder.history,
            budget(builder),
            builder.localAddress,
            running::remove);
  }

  private static Budget budget(Builder builder) {
    if (builder.budget != null) {
      return builder.budget;
    }
    boolean ofThisTime = builder.ticker == Ticker.systemTicker();
    return ofThisTime ? PROCESS_BUDGET : DialBudget.unlimited();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The budget, with every option at its default, of all races that are not given another. */
  public static DialBudget processBudget() {
    return PROCESS_BUDGET;
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
    if (closed) {
      throw new IllegalStateException("the connector is closed; expected one that is open");
    }
    RaceDriver race =
        new RaceDriver(
            shared,
            NUMBERS.incrementAndGet(),
            races.incrementAndGet(),
            target,
            options,
            initializer);
    running.add(race);
    begin(race);
    if (closed) {
      race.future().cancel(false);
    }
    return race.future();
  }

  private void begin(RaceDriver race) {
    try {
      race.begin();
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException(
          "the event loops have ended; expected a connector that is open", e);
    }
  }

  /** {@link #connect(Target, RaceOptions)}, waited for as {@link RaceFuture#await} does. */
  public Connection connectBlocking(Target target, RaceOptions options)
      throws RaceException, InterruptedException {
    return connect(target, options).await();
  }

  /** How many races are on. */
  int racing() {
    return running.size();
  }

  /**
   * Cancels the races still on. Event loops of the connector's own are ended, and with them every
   * channel that was won on them; those given to it go on.
   */
  @Override
  public void close() {
    closed = true;
    running.forEach(race -> race.future().cancel(false));
    shared.names().close();
    if (shared.transport().owned()) {
      end(shared.transport().group());
    }
    if (ownsHistory) {
      shared.history().close();
    }
  }

  private static void end(EventLoopGroup group) {
    Future<?> ended = group.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    for (EventExecutor loop : group) {
      if (loop.inEventLoop()) {
        return; // it cannot wait for itself
      }
    }
    ended.awaitUninterruptibly(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private record Shared(
      Transport transport,
      Ticker ticker,
      RaceListener listener,
      Names names,
      Tls tls,
      SharedHistory history,
      Budget budget,
      @Nullable InetAddress localAddress,
      Consumer<RaceDriver> onEnd)
      implements RaceContext {
    @Override
    public void ended(RaceDriver race) {
      onEnd.accept(race);
    }
  }

  /** Settings of a connector. */
  public static final class Builder {
    private final List<RaceListener> listeners = new ArrayList<>();
    private @Nullable EventLoopGroup eventLoopGroup;
    private TlsSettings tls = TlsSettings.systemTrust();
    private @Nullable List<InetSocketAddress> nameServers;
    private @Nullable List<String> searchDomains;
    private Path hostsFile = Hosts.systemFile();
    private @Nullable InetAddress localAddress;
    private @Nullable SharedHistory history;
    private @Nullable Path historyFile;
    private @Nullable Budget budget;
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

    /** Whom TLS trusts; the system's authorities by default. */
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

    /** The address to dial from; only addresses of its family are dialled. */
    public Builder localAddress(InetAddress value) {
      localAddress = value;
      return this;
    }

    /**
     * What other connectors learn too, which the connector does not close; without, it learns
     * alone.
     */
    public Builder history(SharedHistory value) {
      history = value;
      return this;
    }

    /**
     * Where the connector keeps what it learns when it learns alone: see {@link
     * SharedHistory#in(Path)}.
     */
    public Builder historyFile(Path value) {
      historyFile = value;
      return this;
    }

    private SharedHistory ownHistory() {
      return historyFile == null ? new SharedHistory() : SharedHistory.in(historyFile, ticker);
    }

    /**
     * What its races may dial, shared with whoever has the same budget; {@link #processBudget} by
     * default (none with a {@link #ticker} of another time). {@link DialBudget#unlimited} for none.
     */
    public Builder budget(Budget value) {
      budget = value;
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
     * A connector as the settings say.
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
