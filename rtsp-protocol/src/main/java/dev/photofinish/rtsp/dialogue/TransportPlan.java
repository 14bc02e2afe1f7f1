package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One way for media to come, as SETUP asks for it (RFC 2326 section 12.39). */
public interface TransportPlan {

  /** All media as frames on the RTSP connection. */
  static TransportPlan interleaved() {
    return new InterleavedPlan();
  }

  /** Each media as datagrams to two ports of ours. */
  static TransportPlan udp() {
    return new UdpPlan("RTP/AVP");
  }

  /**
   * As {@link #udp}, in the spelling that few cameras want and others refuse: {@code RTP/AVP/UDP}.
   */
  static TransportPlan udpSpelledOut() {
    return new UdpPlan("RTP/AVP/UDP");
  }

  /**
   * Each media as datagrams to a group that the camera chooses.
   *
   * @param ttl hops that the packets may take, 1 to 255; empty for the camera's choice
   */
  static TransportPlan multicast(OptionalInt ttl) {
    return new MulticastPlan(ttl);
  }

  /** Whether the driver has to open ports before SETUP can be sent. */
  boolean needsPorts();

  /** Whether media come beside the RTSP connection. */
  default boolean areDatagrams() {
    return true;
  }

  /** Whether PLAY may be sent before SETUP is answered, so that nothing of the media is lost. */
  default boolean mayPlayAhead() {
    return false;
  }

  /** Whether media can go to the camera by it. */
  default boolean takesBackChannel() {
    return true;
  }

  /**
   * The Transport header of a SETUP.
   *
   * @param index of the media, from 0
   * @param ports that were opened; null where none are needed
   */
  TransportHeader offer(int index, @Nullable Pair ports);

  /**
   * The transport that the answer to a SETUP gives the track.
   *
   * @param media as described: what the answer leaves out may be said there
   * @param offer that was sent
   * @param header the answer's Transport header, if it has one
   * @throws RtspFormatException if it is not what was offered, or needs a quirk that is not
   *     forgiven
   */
  TrackTransport answered(
      MediaDescription media, TransportHeader offer, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException;

  /** Human-readable, such as {@code media over UDP (RTP/AVP)}. */
  @Override
  String toString();
}
