package dev.photofinish.rtsp.client;

import java.time.Duration;
import java.util.List;

/**
 * A consistent snapshot of a {@link CameraStream}.
 *
 * @param at when it was taken, counted from the opening of the stream
 * @param streams every media that was set up, served now or earlier; of more than 128 the latest
 * @param reconnects connections that brought media after an earlier one had
 * @param outages in the order they came; of more than 1000 the latest
 */
public record StreamStatistics(
    CameraState state,
    Duration at,
    List<MediaStatistics> streams,
    int reconnects,
    List<Outage> outages) {

  public StreamStatistics {
    streams = List.copyOf(streams);
    outages = List.copyOf(outages);
  }

  public long packets() {
    return streams.stream().mapToLong(MediaStatistics::packets).sum();
  }

  public long bytes() {
    return streams.stream().mapToLong(MediaStatistics::bytes).sum();
  }

  public long lost() {
    return streams.stream().mapToLong(MediaStatistics::lost).sum();
  }

  /** Zero without an outage. */
  public Duration longestOutage() {
    return outages.stream().map(o -> o.length(at)).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
