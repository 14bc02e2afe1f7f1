package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.Set;

/** One way for media to come, as SETUP asks for it (RFC 2326 section 12.39). */
public interface TransportPlan {

  /** All media as frames on the RTSP connection. */
  static TransportPlan interleaved() {
    return new InterleavedPlan();
  }

  /** Each media as datagrams to two ports of ours. */
  static TransportPlan udp() {
    return new UdpPlan();
  }

  /**
   * The channels of the media with {@code index}, from 0; empty where it needs ports, which the
   * driver has to open first.
   */
  Optional<Pair> channels(int index);

  /** The Transport header that asks for {@code pair}: channels, or ports of ours. */
  TransportHeader offer(Pair pair);

  /**
   * The transport that the answer to a SETUP gives the track.
   *
   * @param pair that was asked for
   * @param header the answer's Transport header, if it has one
   * @throws RtspFormatException if it is not what was offered, or needs a quirk that is not
   *     forgiven
   */
  TrackTransport answered(Pair pair, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException;

  /** Human-readable, such as {@code media over UDP (RTP/AVP)}. */
  @Override
  String toString();
}
