package dev.photofinish.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings made on a socket before it connects. A platform socket stands in for it until then:
 * it checks settings, and has the values of those that were not made.
 */
final class SocketSettings {
  private final Map<Object, SocketSetting> made = new LinkedHashMap<>();
  private @Nullable Socket standIn;
  private @Nullable InetSocketAddress bound;

  synchronized Socket standIn() {
    if (standIn == null) {
      standIn = new Socket();
    }
    return standIn;
  }

  /** Makes {@code setting}, in place of an earlier one of the same option. */
  synchronized void set(Object option, SocketSetting setting) throws IOException {
    setting.applyTo(standIn());
    made.put(option, setting);
  }

  /** Binds to {@code local}; the port is kept if one was asked for. */
  synchronized int bind(InetSocketAddress local) throws IOException {
    standIn().bind(local);
    bound = local;
    return standIn().getLocalPort();
  }

  /** The address to dial from, null for the system's choice. */
  synchronized @Nullable InetAddress localAddress() {
    return bound == null || bound.getAddress().isAnyLocalAddress() ? null : bound.getAddress();
  }

  /** The port to dial from, 0 for the system's choice. */
  synchronized int localPort() {
    return bound == null ? 0 : bound.getPort();
  }

  /** A port of its own is held no longer: the attempts dial from it. */
  synchronized void releasePort() throws IOException {
    if (localPort() != 0) {
      release();
    }
  }

  synchronized void applyTo(Socket socket) throws IOException {
    for (SocketSetting setting : made.values()) {
      setting.applyTo(socket);
    }
  }

  /** Gives back the descriptor and the port that the stand-in holds. */
  synchronized void release() throws IOException {
    if (standIn != null) {
      standIn.close();
    }
  }
}
