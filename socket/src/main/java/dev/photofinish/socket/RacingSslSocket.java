package dev.photofinish.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A TLS socket that is not connected yet. Its {@code connect} races with the socket below, then
 * puts TLS over the winner. A TLS socket that is never connected stands in until then and keeps
 * what is set.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // a close must not wait for anyone
final class RacingSslSocket extends ForwardingSslSocket {
  private final SSLSocketFactory factory;
  private final SSLSocket standIn;
  private final List<HandshakeCompletedListener> listeners = new ArrayList<>();
  private volatile @Nullable SSLSocket secured;

  /**
   * A socket of {@code factory} over {@code below}, which is not connected.
   *
   * @throws IOException the factory makes no sockets that are not connected
   */
  RacingSslSocket(Socket below, SSLSocketFactory factory) throws IOException {
    super(below);
    this.factory = factory;
    standIn = (SSLSocket) factory.createSocket();
  }

  /** TLS over {@code connected}, which is closed if there can be none. */
  static SSLSocket secure(SSLSocketFactory tls, Socket connected, String host, int port)
      throws IOException {
    try {
      return (SSLSocket) tls.createSocket(connected, host, port, true);
    } catch (Throwable e) {
      connected.close();
      throw e;
    }
  }

  @Override
  SSLSocket tls() {
    SSLSocket now = secured;
    return now == null ? standIn : now;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    below().connect(endpoint, timeout);
    InetSocketAddress remote = (InetSocketAddress) endpoint;
    SSLSocket made = secure(factory, below(), remote.getHostString(), remote.getPort());
    made.setUseClientMode(standIn.getUseClientMode());
    made.setEnableSessionCreation(standIn.getEnableSessionCreation());
    made.setSSLParameters(standIn.getSSLParameters());
    made.setHandshakeApplicationProtocolSelector(standIn.getHandshakeApplicationProtocolSelector());
    synchronized (listeners) {
      listeners.forEach(made::addHandshakeCompletedListener);
      secured = made;
    }
  }

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    synchronized (listeners) {
      listeners.add(listener);
      if (secured != null) {
        secured.addHandshakeCompletedListener(listener);
      }
    }
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    synchronized (listeners) {
      if (!listeners.remove(listener)) {
        throw new IllegalArgumentException("the listener was not added");
      }
      if (secured != null) {
        secured.removeHandshakeCompletedListener(listener);
      }
    }
  }

  /** The socket below first: it may be racing, and then TLS knows nothing of it. */
  @Override
  public void close() throws IOException {
    SSLSocket now = secured;
    if (now == null) {
      below().close();
      standIn.close();
    } else {
      now.close();
    }
  }

  @Override
  public String toString() {
    return secured == null ? below().toString() : tls().toString();
  }
}
