package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.Pair;
import java.util.OptionalInt;

/**
 * A transport that a reader offers in SETUP (RFC 2326 section 12.39).
 *
 * <p>An address that a reader names as {@code destination} is not looked at: unicast goes to where
 * its connection comes from and nowhere else, and the group of a multicast is the server's choice.
 */
public sealed interface TransportOffer {

  /**
   * As frames on the RTSP connection.
   *
   * @param channels free on this connection: those asked for, or others where these are in use
   */
  record Interleaved(Pair channels) implements TransportOffer {}

  /**
   * As datagrams to the address that the connection comes from.
   *
   * @param ports of the reader
   */
  record Udp(Pair ports) implements TransportOffer {}

  /**
   * As datagrams to a group of the server's choice.
   *
   * @param ttl hops that the reader asks for, 0 to 255; empty if it does not
   */
  record Multicast(OptionalInt ttl) implements TransportOffer {}

  /**
   * With SRTP and SRTCP (RFC 3711), as the stream was described to this reader.
   *
   * @param way that the packets take; never itself secured
   * @param served the driver's own, from the description
   * @param agreed the keys of both sides: {@code outgoing} for what the server sends, any of {@code
   *     incoming} for what the reader does
   */
  record Secured(TransportOffer way, ServedKeys served, MediaKeys agreed)
      implements TransportOffer {}
}
