package dev.photofinish.socket;

import dev.photofinish.race.RaceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The impl of a {@link RacingSocket}: settings until it connects, then the channel that won. */
final class RacingSocketImpl extends SocketImpl {
  private final SocketSettings settings = new SocketSettings();
  private final RaceOptions raceOptions;
  private final FactoryContext context;

  private @Nullable InetSocketAddress unresolved;
  private volatile @Nullable WonChannel won;

  /** Guarded by {@code this}, so that a race, a winner and a close cannot miss one another. */
  private @Nullable ConnectCall call;

  private boolean closed;

  RacingSocketImpl(RaceOptions options, FactoryContext context) {
    this.raceOptions = options;
    this.context = context;
  }

  /** The next {@link #connect} is to this name, whatever address it is given. */
  void unresolved(InetSocketAddress remote) {
    unresolved = remote;
  }

  @Override
  protected void create(boolean stream) throws SocketException {
    if (!stream) {
      throw new SocketException("a racing socket is a stream socket");
    }
  }

  @Override
  protected void connect(String host, int port) throws IOException {
    connect(InetSocketAddress.createUnresolved(host, port), 0);
  }

  @Override
  protected void connect(InetAddress address, int port) throws IOException {
    connect(new InetSocketAddress(address, port), 0);
  }

  @Override
  protected void connect(SocketAddress address, int timeout) throws IOException {
    InetSocketAddress remote = unresolved == null ? (InetSocketAddress) address : unresolved;
    try {
      won(begin(remote, timeout).run());
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private synchronized ConnectCall begin(InetSocketAddress remote, int timeout) throws IOException {
    if (closed) {
      throw new SocketException("Socket closed");
    }
    settings.releasePort();
    ConnectRequest request = ConnectRequest.of(remote, settings, raceOptions, timeout);
    call = new ConnectCall(request, settings, context);
    return call;
  }

  private synchronized void won(WonChannel winner) throws IOException {
    call = null;
    if (closed) {
      winner.channel().close();
      throw new SocketException("Socket closed");
    }
    InetSocketAddress remote = (InetSocketAddress) winner.channel().getRemoteAddress();
    address = remote.getAddress();
    port = remote.getPort();
    localport = winner.channel().socket().getLocalPort();
    won = winner;
  }

  @Override
  protected void bind(InetAddress host, int port) throws IOException {
    localport = settings.bind(new InetSocketAddress(host, port));
  }

  @Override
  protected void listen(int backlog) throws IOException {
    throw new SocketException("a racing socket does not listen");
  }

  @Override
  protected void accept(SocketImpl s) throws IOException {
    throw new SocketException("a racing socket does not accept");
  }

  private WonChannel open() throws SocketException {
    WonChannel now = won;
    if (now == null || !now.channel().isOpen()) {
      throw new SocketException("Socket closed");
    }
    return now;
  }

  @Override
  protected InputStream getInputStream() throws IOException {
    return open().input();
  }

  @Override
  protected OutputStream getOutputStream() throws IOException {
    return open().output();
  }

  @Override
  protected int available() throws IOException {
    return open().input().available();
  }

  @Override
  protected void shutdownInput() throws IOException {
    open().channel().shutdownInput();
  }

  @Override
  protected void shutdownOutput() throws IOException {
    open().channel().shutdownOutput();
  }

  @Override
  protected boolean supportsUrgentData() {
    return true;
  }

  @Override
  protected void sendUrgentData(int data) throws IOException {
    open().channel().socket().sendUrgentData(data);
  }

  /** From any thread: ends the running race, or the connection. */
  @Override
  protected void close() throws IOException {
    ConnectCall running;
    synchronized (this) {
      closed = true;
      running = call;
    }
    settings.release();
    if (running != null) {
      running.cancel();
    }
    WonChannel now = won;
    if (now != null) {
      now.channel().close();
    }
  }

  /** The socket that has the options: the channel that won, a stand-in before. */
  private Socket options() {
    WonChannel now = won;
    return now == null ? settings.standIn() : now.channel().socket();
  }

  private void set(Object option, SocketSetting setting) throws IOException {
    if (won == null) {
      settings.set(option, setting);
    } else {
      setting.applyTo(options());
    }
  }

  @Override
  public void setOption(int id, Object value) throws SocketException {
    try {
      set(id, SocketSetting.of(id, value));
    } catch (SocketException e) {
      throw e;
    } catch (IOException e) {
      throw (SocketException) new SocketException(e.getMessage()).initCause(e);
    }
  }

  @Override
  public Object getOption(int id) throws SocketException {
    return SocketSetting.read(options(), id);
  }

  @Override
  protected <T> void setOption(SocketOption<T> option, T value) throws IOException {
    set(option, socket -> socket.setOption(option, value));
  }

  @Override
  protected <T> T getOption(SocketOption<T> option) throws IOException {
    return options().getOption(option);
  }

  @Override
  protected Set<SocketOption<?>> supportedOptions() {
    return options().supportedOptions();
  }
}
