package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Pair;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;

/** A transport that is open: what the answer to SETUP says of it, beside what was asked for. */
public sealed interface ServedTransport {

  /** The SSRC of the RTP that will be sent; empty to say nothing. */
  OptionalLong ssrc();

  /** The answer to {@link TransportOffer.Interleaved}. */
  record Interleaved(OptionalLong ssrc) implements ServedTransport {}

  /**
   * The answer to {@link TransportOffer.Udp}.
   *
   * @param ports of the server
   * @param source the address that it sends from, where that is not the connection's
   */
  record Udp(Pair ports, Optional<InetAddress> source, OptionalLong ssrc)
      implements ServedTransport {}

  /**
   * The answer to {@link TransportOffer.Multicast}.
   *
   * @param ports of the group
   * @param ttl hops that packets take, 0 to 255
   * @param source the only sender, where readers should filter by it
   */
  record Multicast(
      InetAddress group, Pair ports, int ttl, Optional<InetAddress> source, OptionalLong ssrc)
      implements ServedTransport {}
}
