package dev.photofinish.cli.watch;

import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.Outage;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Measures the bit rate and the frame rate of a stream. Packets are counted on the stream's thread,
 * the rates are asked for on another.
 *
 * <p>All packets of a frame have one RTP timestamp (RFC 3550 section 5.1): a frame begins where the
 * timestamp changes.
 */
final class RateMeter {
  private static final double NANOS_PER_SECOND = 1e9;

  /** A shorter time says little about a rate. */
  private static final double SHORTEST_SECONDS = 0.2;

  /** As many media as a description may have. */
  private static final int MEDIA = 64;

  private final AtomicLongArray frames = new AtomicLongArray(MEDIA);
  private final long[] timestamps = new long[MEDIA];
  private volatile boolean started;
  private volatile long first;
  private volatile long last;
  private long looked;
  private Map<MediaStream, Sample> samples = Map.of();

  /** The figures of one media when it was last looked at. */
  private record Sample(long bytes, long frames) {
    static final Sample NOTHING = new Sample(0, 0);
  }

  /** A packet came at {@code now}. */
  void packet(MediaStream stream, long timestamp, long now) {
    if (!started) {
      first = now;
      started = true;
    }
    last = now;
    int index = stream.index();
    if (index < MEDIA && (frames.get(index) == 0 || timestamps[index] != timestamp)) {
      timestamps[index] = timestamp;
      frames.incrementAndGet(index);
    }
  }

  /** The rates since the last look, or since the first packet. */
  MediaReport look(StreamStatistics statistics, long now) {
    double seconds = started ? (now - (samples.isEmpty() ? first : looked)) / NANOS_PER_SECOND : 0;
    Map<MediaStream, Sample> next = new HashMap<>();
    List<MediaRate> rates = new ArrayList<>();
    for (MediaStatistics media : statistics.streams()) {
      Sample before = samples.getOrDefault(media.stream(), Sample.NOTHING);
      Sample sample = new Sample(media.bytes(), frames(media.stream()));
      next.put(media.stream(), sample);
      rates.add(rate(media, sample, before, seconds));
    }
    samples = next;
    looked = now;
    return new MediaReport(statistics, rates);
  }

  /** The rates over all the time in which media came. */
  MediaReport mean(StreamStatistics statistics) {
    double seconds = started ? (last - first - outages(statistics)) / NANOS_PER_SECOND : 0;
    return new MediaReport(
        statistics,
        statistics.streams().stream()
            .map(
                media ->
                    rate(
                        media,
                        new Sample(media.bytes(), frames(media.stream()) - 1), // from first to last
                        Sample.NOTHING,
                        seconds))
            .toList());
  }

  private static long outages(StreamStatistics statistics) {
    return statistics.outages().stream()
        .filter(outage -> outage.to() != null)
        .map((Outage outage) -> outage.length(statistics.at()))
        .mapToLong(java.time.Duration::toNanos)
        .sum();
  }

  private long frames(MediaStream stream) {
    return stream.index() < MEDIA ? frames.get(stream.index()) : 0;
  }

  private static MediaRate rate(MediaStatistics media, Sample now, Sample before, double seconds) {
    if (seconds < SHORTEST_SECONDS) {
      return new MediaRate(media, null, null);
    }
    @Nullable Double frameRate =
        MediaRate.isVideo(media.stream())
            ? Math.max(0, now.frames - before.frames) / seconds
            : null;
    // fewer than before are those of another stream, which a relay took in its place
    long bytes = now.bytes < before.bytes ? now.bytes : now.bytes - before.bytes;
    return new MediaRate(media, bytes * 8 / seconds, frameRate);
  }
}
