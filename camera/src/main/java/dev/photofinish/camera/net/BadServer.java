package dev.photofinish.camera.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/**
 * A TCP server on the loopback interface that misbehaves in one way. It starts with its factory
 * method, on a free port, and ends with {@link #close}.
 *
 * <pre>{@code
 * try (BadServer server = BadServer.blackHole()) {
 *   assertThatThrownBy(() -> connect(server.address())).isInstanceOf(ConnectTimeoutException.class);
 * }
 * }</pre>
 */
public interface BadServer extends AutoCloseable {

  /** Where it is: a loopback address and a port. */
  InetSocketAddress address();

  /** How many connections were accepted; 0 for servers that accept none. */
  default int accepted() {
    return 0;
  }

  /** Connections that are open now; a client's close is noticed. */
  default int open() {
    return 0;
  }

  /** Frees sockets and threads; again, it does nothing. */
  @Override
  void close();

  /**
   * Every SYN is answered with RST. The port is bound by a socket that never listens, so nobody
   * else gets it meanwhile.
   */
  static BadServer refuse() {
    return refuse("127.0.0.1");
  }

  /**
   * {@link #refuse()} on another local address.
   *
   * @param address numeric, IPv4 or IPv6
   */
  static BadServer refuse(String address) {
    return started(() -> new Refusing(address));
  }

  /** SYNs are dropped: a client hears nothing at all. See {@link BlackHole} for how. */
  static BadServer blackHole() {
    return blackHole("127.0.0.1");
  }

  /**
   * {@link #blackHole()} on another local address.
   *
   * @param address numeric, IPv4 or IPv6
   */
  static BadServer blackHole(String address) {
    return started(() -> new BlackHole(address));
  }

  /** Accepts and never sends a byte; what clients send is read and forgotten. */
  static BadServer mute() {
    return accepting("127.0.0.1", Behaviour.MUTE);
  }

  /** Accepts and resets at once. */
  static BadServer reset() {
    return resetAfter(0);
  }

  /**
   * Accepts and resets after {@code millis} milliseconds.
   *
   * @param millis 0 and more
   */
  static BadServer resetAfter(long millis) {
    return accepting("127.0.0.1", Behaviour.reset(millis));
  }

  /**
   * Accepts and closes (FIN) after {@code millis} milliseconds.
   *
   * @param millis 0 and more
   */
  static BadServer closeAfter(long millis) {
    return accepting("127.0.0.1", Behaviour.close(millis));
  }

  /**
   * Answers what comes first on a connection with {@code answer} (ISO 8859-1), {@code millis}
   * milliseconds after it came; the connection stays open.
   *
   * @param millis 0 and more
   */
  static BadServer answerAfter(long millis, String answer) {
    return accepting("127.0.0.1", Behaviour.answer(millis, answer));
  }

  /**
   * Accepts on another local address and does what {@code behaviour} says.
   *
   * @param address numeric, IPv4 or IPv6
   */
  static BadServer accepting(String address, Behaviour behaviour) {
    return started(() -> new Accepting(address, behaviour));
  }

  private static BadServer started(Start start) {
    try {
      return start.server();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a server: " + e.getMessage(), e);
    }
  }

  /** Makes a server. */
  interface Start {
    BadServer server() throws IOException;
  }
}
