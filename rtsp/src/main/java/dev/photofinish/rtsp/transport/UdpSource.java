package dev.photofinish.rtsp.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The sender of the datagrams to one port: the camera's host, by the port that the first one came
 * from. All others are strangers.
 *
 * <p>The camera says in its answer to SETUP which port that will be; some send from another one.
 */
final class UdpSource {
  private final InetAddress host;
  private int port;
  private boolean confirmed;
  private long strangers;

  /**
   * @param host of the camera, the other end of the RTSP connection
   */
  UdpSource(InetAddress host) {
    this.host = host;
  }

  /** The camera says from which port it will send; what it sent before does not count. */
  void expect(int said) {
    port = said;
    confirmed = false;
  }

  /** Where to send to; null while it is not known. */
  @Nullable InetSocketAddress address() {
    return port == 0 ? null : new InetSocketAddress(host, port);
  }

  /** Whether a datagram from {@code sender} is the camera's. */
  boolean accepts(InetSocketAddress sender) {
    boolean ours = sender.getAddress().equals(host) && (!confirmed || port == sender.getPort());
    if (!ours) {
      strangers++;
      return false;
    }
    port = sender.getPort();
    confirmed = true;
    return true;
  }

  /** Datagrams that others sent. */
  long strangers() {
    return strangers;
  }
}
