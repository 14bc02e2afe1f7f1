package dev.photofinish.socket;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOptions;

/** One setting of a socket, to be made on any other. */
@FunctionalInterface
interface SocketSetting {
  void applyTo(Socket socket) throws IOException;

  /** The setting of an option of {@link SocketOptions}. */
  static SocketSetting of(int id, Object value) {
    return switch (id) {
      case SocketOptions.TCP_NODELAY -> socket -> socket.setTcpNoDelay((Boolean) value);
      case SocketOptions.SO_KEEPALIVE -> socket -> socket.setKeepAlive((Boolean) value);
      case SocketOptions.SO_REUSEADDR -> socket -> socket.setReuseAddress((Boolean) value);
      case SocketOptions.SO_OOBINLINE -> socket -> socket.setOOBInline((Boolean) value);
      case SocketOptions.SO_LINGER ->
          socket -> socket.setSoLinger(value instanceof Integer, seconds(value));
      case SocketOptions.SO_TIMEOUT -> socket -> socket.setSoTimeout((Integer) value);
      case SocketOptions.SO_SNDBUF -> socket -> socket.setSendBufferSize((Integer) value);
      case SocketOptions.SO_RCVBUF -> socket -> socket.setReceiveBufferSize((Integer) value);
      case SocketOptions.IP_TOS -> socket -> socket.setTrafficClass((Integer) value);
      default -> socket -> throwUnknown(id);
    };
  }

  /**
   * The value of an option of {@link SocketOptions}, as {@link Socket} asks its own impl for it.
   */
  static Object read(Socket socket, int id) throws SocketException {
    return switch (id) {
      case SocketOptions.TCP_NODELAY -> socket.getTcpNoDelay();
      case SocketOptions.SO_KEEPALIVE -> socket.getKeepAlive();
      case SocketOptions.SO_REUSEADDR -> socket.getReuseAddress();
      case SocketOptions.SO_OOBINLINE -> socket.getOOBInline();
      case SocketOptions.SO_LINGER -> lingers(socket.getSoLinger());
      case SocketOptions.SO_TIMEOUT -> socket.getSoTimeout();
      case SocketOptions.SO_SNDBUF -> socket.getSendBufferSize();
      case SocketOptions.SO_RCVBUF -> socket.getReceiveBufferSize();
      case SocketOptions.IP_TOS -> socket.getTrafficClass();
      case SocketOptions.SO_BINDADDR -> socket.getLocalAddress();
      default -> throwUnknown(id);
    };
  }

  /** An impl knows the time alone: it is false when nothing is to linger. */
  private static int seconds(Object linger) {
    return linger instanceof Integer seconds ? seconds : 0;
  }

  private static Object lingers(int seconds) {
    return seconds < 0 ? (Object) false : (Object) seconds;
  }

  private static Object throwUnknown(int id) throws SocketException {
    throw new SocketException("option " + id + " is not one of java.net.SocketOptions");
  }
}
