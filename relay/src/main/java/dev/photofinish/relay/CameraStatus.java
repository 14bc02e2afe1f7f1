package dev.photofinish.relay;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consistent snapshot of a {@link RelayedCamera}.
 *
 * @param url without user and password; empty for one that is published to the relay
 * @param since when the state began
 * @param reason why, human-readable; what a peer sent is escaped and cut
 * @param tracks empty before the camera was first seen
 * @param statistics of the present stream; null while none is open. Of what is published to the
 *     relay, over all publishers; null before the first packet
 */
public record CameraStatus(
    String name,
    String url,
    RelayState state,
    Instant since,
    String reason,
    List<SourceTrack> tracks,
    List<ReaderStatus> readers,
    FrameShare frames,
    @Nullable StreamStatistics statistics) {

  public CameraStatus {
    tracks = List.copyOf(tracks);
    readers = List.copyOf(readers);
  }
}
