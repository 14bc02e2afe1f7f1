package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.OptionalLong;

/** The way that the RTP and the RTCP of one track take (RFC 2326 section 12.39). */
public sealed interface TrackTransport {

  /** As frames on the RTSP connection (RFC 2326 section 10.12). */
  record Interleaved(Pair channels) implements TrackTransport {
    @Override
    public String toString() {
      return "channels " + channels + " of the RTSP connection";
    }
  }

  /**
   * As datagrams.
   *
   * @param client our ports
   * @param server the camera's; empty if it does not say
   * @param ssrc of its RTP; empty if it does not say
   */
  record Udp(Pair client, Optional<Pair> server, OptionalLong ssrc) implements TrackTransport {
    @Override
    public String toString() {
      return "UDP to ports " + client;
    }
  }

  /**
   * As datagrams to a group.
   *
   * @param group the address; empty where the description names it
   */
  record Multicast(Optional<String> group, Pair ports) implements TrackTransport {
    @Override
    public String toString() {
      return "multicast to ports " + ports;
    }
  }

  /**
   * The transport of an answer to SETUP; empty if the header does not say enough to tell.
   *
   * @throws RtspFormatException if the ports of a group cannot be read
   */
  static Optional<TrackTransport> of(TransportHeader header) throws RtspFormatException {
    if (header.isTcp()) {
      return header.interleaved().map(Interleaved::new);
    }
    if (header.isMulticast()) {
      return header
          .groupPorts()
          .map(ports -> new Multicast(header.parameter("destination"), ports));
    }
    return header.clientPort().map(ports -> new Udp(ports, header.serverPort(), header.ssrc()));
  }
}
