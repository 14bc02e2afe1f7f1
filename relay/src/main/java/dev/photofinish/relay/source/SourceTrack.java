package dev.photofinish.relay.source;

import dev.photofinish.rtsp.client.MediaStream;
import java.util.List;

/**
 * A media that readers are offered.
 *
 * @param index among the source's, from 0; {@code trackID} of its control URL is one more
 * @param media what the camera said of it: encoding, payload type, clock rate, parameters
 * @param ssrc of its packets, 32 bits, unsigned; the same for as long as the source is
 */
public record SourceTrack(int index, MediaStream media, long ssrc) {
  /**
   * Whether a reader that was told of some tracks may have the others: they have the same sources,
   * so that they differ at most in the parameter sets, which are sent among the packets then.
   */
  public static boolean areSame(List<SourceTrack> told, List<SourceTrack> present) {
    return told.stream()
        .map(SourceTrack::ssrc)
        .toList()
        .equals(present.stream().map(SourceTrack::ssrc).toList());
  }

  /**
   * The same track with the parameters of another connection to its camera. What the relay sends
   * keeps the payload type that readers were told.
   */
  public SourceTrack withParameters(String formatParameters) {
    return new SourceTrack(
        index,
        new MediaStream(
            media.index(),
            media.media(),
            media.codec(),
            media.payloadType(),
            media.clockRate(),
            media.channels(),
            formatParameters,
            media.encrypted()),
        ssrc);
  }
}
