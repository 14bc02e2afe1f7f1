package dev.photofinish.socket;

import dev.photofinish.host.SharedHistory;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets whose {@code connect} races: first-wins unless the options say otherwise.
 *
 * <p><b>What is dialled.</b> An unresolved address, or a resolved one that carries a host name, is
 * resolved again to all addresses of the name; they are dialled in the order of RFC 6724, families
 * interleaved. If the client's own address is not among them (it has a resolver of its own), that
 * one alone is dialled. A numeric address is one candidate, which is dialled again while it stays
 * silent.
 *
 * <p><b>How long.</b> The timeout given to {@code connect} bounds the race, the wait for its permit
 * and name resolution included; {@code hybrid} spends half of it on each of its two races. 0 stands
 * for {@code racing-timeout}; more than an hour for one hour.
 *
 * <p><b>What races share.</b> They learn from one another (option {@code history}, on by default)
 * and keep to the limiter of dials of the process, with all others that race there. While all
 * permits are taken, {@code connect} waits in a queue: within the timeout that it was given, else
 * for as long as it takes; {@code racing-timeout} counts from then.
 *
 * <p><b>Settings made before connecting</b> hold for every attempt. A socket bound to an address
 * dials from it. One bound to a port of its own can have one connection at a time: it dials its
 * addresses one after the other, as {@code none} does.
 *
 * <p><b>Errors</b> are those of {@link Socket}: {@link java.net.UnknownHostException}, {@link
 * java.net.SocketTimeoutException}, {@link java.net.ConnectException}, {@link
 * java.net.NoRouteToHostException}, {@link java.net.BindException} or {@link
 * java.net.SocketException}, with one suppressed cause an attempt.
 *
 * <p><b>Interrupts and close.</b> An interrupt while connecting ends the race and the call, with an
 * {@link java.io.InterruptedIOException}; the interrupt status stays set. {@code close} from
 * another thread ends both with a {@link java.net.SocketException}. Once connected, an interrupt of
 * a thread that reads or writes closes the socket, as it does for any {@link Socket} on a virtual
 * thread: that ends the read with a {@link java.net.SocketException}.
 *
 * <p>In all else the socket is a {@link Socket}. It has no {@code getChannel()}. The thread that
 * connects drives its race itself; only a name that is not numeric is looked up on another, a
 * daemon thread that ends with the answer, since the platform's lookup can be neither interrupted
 * nor bounded. Safe for use by several threads.
 */
public final class RacingSocketFactory extends SocketFactory {
  private static final class Default {
    static final RacingSocketFactory INSTANCE = new RacingSocketFactory();
  }

  private final RaceOptions options;
  private final FactoryContext context;

  /** First-wins, every option at its default. */
  public RacingSocketFactory() {
    this(RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build());
  }

  /**
   * For clients that make their factory from a class name and one text, such as PostgreSQL's {@code
   * socketFactoryArg}.
   *
   * @param options {@code name=value} separated by commas, such as {@code
   *     connection-racing=hybrid,racing-delay-ms=100}; first-wins unless {@code connection-racing}
   *     is given
   */
  public RacingSocketFactory(String options) {
    this(parse(options));
  }

  /**
   * Races as {@code options} say.
   *
   * @throws InvalidOptionException {@code finish-line} is not {@code connect}: what comes after is
   *     the client's; or {@code connection-racing} is {@code auto}, which needs a client that
   *     reports how its connections fared
   */
  public RacingSocketFactory(RaceOptions options) {
    this(options, PlatformResolver.INSTANCE);
  }

  RacingSocketFactory(RaceOptions options, Resolver resolver) {
    this(options, FactoryContext.ofThisProcess(resolver));
  }

  private RacingSocketFactory(RaceOptions options, FactoryContext context) {
    if (options.finishLine() != null && options.finishLine() != FinishLine.CONNECT) {
      throw new InvalidOptionException("finish-line", options.finishLine(), "connect");
    }
    if (options.connectionRacing() == Strategy.AUTO) {
      throw new InvalidOptionException(
          "connection-racing", "auto", "none, first-wins, last-wins or hybrid");
    }
    this.options = options;
    this.context = context;
  }

  /** The factory of {@link #RacingSocketFactory()}, for clients that ask for it by class name. */
  public static SocketFactory getDefault() {
    return Default.INSTANCE;
  }

  /**
   * This factory, handing {@code listener} the report of every race when it is decided, on the
   * thread that connects.
   */
  public RacingSocketFactory onDecided(Consumer<RaceReport> listener) {
    return new RacingSocketFactory(options, context.with(listener));
  }

  /** This factory, learning in {@code history} in place of the process's own. */
  public RacingSocketFactory history(SharedHistory history) {
    return new RacingSocketFactory(options, context.with(history));
  }

  /**
   * This factory, dialling with permits of {@code limiter} in place of the process's own; {@link
   * dev.photofinish.race.limiter.SharedDialLimiter#unlimited} for none.
   */
  public RacingSocketFactory limiter(DialLimiter limiter) {
    return new RacingSocketFactory(options, context.with(limiter));
  }

  private static RaceOptions parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("connection-racing", "first-wins");
    for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      if (equals < 0) {
        throw new InvalidOptionException(
            "options", entry, "name=value, such as racing-delay-ms=100");
      }
      values.put(entry.substring(0, equals).strip(), entry.substring(equals + 1));
    }
    return RaceOptions.of(values);
  }

  /** A socket that is not connected: its {@code connect} races. */
  @Override
  public Socket createSocket() throws IOException {
    return new RacingSocket(new RacingSocketImpl(options, context));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        InetSocketAddress.createUnresolved(host, port),
        new InetSocketAddress(localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localAddress, localPort));
  }

  private Socket connected(InetSocketAddress remote, @Nullable InetSocketAddress local)
      throws IOException {
    Socket socket = createSocket();
    try {
      if (local != null) {
        socket.bind(local);
      }
      socket.connect(remote);
      return socket;
    } catch (Throwable e) {
      socket.close();
      throw e;
    }
  }
}
