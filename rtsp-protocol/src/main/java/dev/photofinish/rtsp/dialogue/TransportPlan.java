package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.Set;

/** The transports that a dialogue asks for, and the answers to SETUP that it takes. */
public interface TransportPlan {

  /** All media as frames on the RTSP connection. */
  static TransportPlan interleaved() {
    return new InterleavedPlan();
  }

  /**
   * The Transport header of a SETUP.
   *
   * @param index of the media among those to set up, from 0
   */
  TransportHeader offer(int index);

  /**
   * The transport that the answer to the SETUP of {@code index} gives the track.
   *
   * @param header the answer's Transport header, if it has one
   * @throws RtspFormatException if it is not what was offered, or needs a quirk that is not
   *     forgiven
   */
  TrackTransport answered(int index, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException;

  /** Human-readable: what it means that a camera takes no transport of this plan (461). */
  String unsupported();
}
