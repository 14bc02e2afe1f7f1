package dev.photofinish.rtsp.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The sender of the datagrams to one port: the camera's host, or one that it named, by the address
 * and port that the first one came from. All others are strangers.
 *
 * <p>The camera says in its answer to SETUP which port that will be; some send from another one.
 */
final class UdpSource {
  private final InetAddress host;
  private @Nullable InetAddress other;
  private int port;
  private @Nullable InetSocketAddress confirmed;
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
    confirmed = null;
  }

  /**
   * The camera says that this host will send for it (RFC 2326 section 12.39). Many name an address
   * that only their own network knows, so that the camera itself still may.
   */
  void expectFrom(InetAddress said) {
    other = said;
  }

  /** Where to send to; null while it is not known. */
  @Nullable InetSocketAddress address() {
    if (confirmed != null) {
      return confirmed;
    }
    return port == 0 ? null : new InetSocketAddress(host, port);
  }

  /** Whether a datagram from {@code sender} is the camera's. */
  boolean accepts(InetSocketAddress sender) {
    if (confirmed == null ? isExpected(sender.getAddress()) : confirmed.equals(sender)) {
      confirmed = sender;
      return true;
    }
    strangers++;
    return false;
  }

  private boolean isExpected(InetAddress sender) {
    return sender.equals(host) || sender.equals(other);
  }

  /** Datagrams that others sent. */
  long strangers() {
    return strangers;
  }
}
