package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
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
}
