package dev.photofinish.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS over sockets that race: a {@link RacingSocketFactory} below, any {@link SSLSocketFactory}
 * above.
 *
 * <p>The race is to the connection; the handshake follows on the winner alone, when the client
 * wants it. Trust, protocols, server name indication and the check of the host name are those of
 * the factory above and of the client, and the host is the one that the client named.
 */
public final class RacingSslSocketFactory extends SSLSocketFactory {
  private static final class Default {
    static final RacingSslSocketFactory INSTANCE = new RacingSslSocketFactory();
  }

  private final SocketFactory racing;
  private final SSLSocketFactory tls;

  /** The platform's default TLS over a {@link RacingSocketFactory#RacingSocketFactory()}. */
  public RacingSslSocketFactory() {
    this(new RacingSocketFactory(), (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * TLS of {@code tls} over the sockets of {@code racing}.
   *
   * @param tls layers TLS over a connected socket; for {@link #createSocket()} it makes sockets
   *     that are not connected, too
   */
  public RacingSslSocketFactory(RacingSocketFactory racing, SSLSocketFactory tls) {
    this.racing = racing;
    this.tls = tls;
  }

  /** The factory of {@link #RacingSslSocketFactory()}, for clients that ask by class name. */
  public static SocketFactory getDefault() {
    return Default.INSTANCE;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  /**
   * A TLS socket that is not connected: its {@code connect} races, and the host that it is given is
   * the one that the certificate must name.
   */
  @Override
  public Socket createSocket() throws IOException {
    return new RacingSslSocket(racing.createSocket(), tls);
  }

  /** TLS over {@code socket}, which is connected already: nothing is left to race. */
  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return tls.createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(Socket socket, InputStream consumed, boolean autoClose)
      throws IOException {
    return tls.createSocket(socket, consumed, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return RacingSslSocket.secure(tls, racing.createSocket(host, port), host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return RacingSslSocket.secure(
        tls, racing.createSocket(host, port, localHost, localPort), host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return RacingSslSocket.secure(tls, racing.createSocket(host, port), named(host), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    Socket connected = racing.createSocket(host, port, localAddress, localPort);
    return RacingSslSocket.secure(tls, connected, named(host), port);
  }

  /** The name that the address carries, or the address as text: it is not looked up. */
  private static String named(InetAddress host) {
    return new InetSocketAddress(host, 0).getHostString();
  }
}
