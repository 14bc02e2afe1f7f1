package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
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
   * @param source a host that may send it in the camera's place; empty if it does not say
   */
  record Udp(Pair client, Optional<Pair> server, OptionalLong ssrc, Optional<InetAddress> source)
      implements TrackTransport {
    @Override
    public String toString() {
      return "UDP to ports " + client;
    }
  }

  /**
   * As datagrams to a group.
   *
   * @param ttl hops that packets to the group may take, 0 to 255; empty if nobody says
   * @param source the only sender that is wanted; empty if not said
   */
  record Multicast(InetAddress group, Pair ports, OptionalInt ttl, Optional<InetAddress> source)
      implements TrackTransport {
    @Override
    public String toString() {
      return "multicast to group " + group.getHostAddress() + ", ports " + ports;
    }
  }
}
