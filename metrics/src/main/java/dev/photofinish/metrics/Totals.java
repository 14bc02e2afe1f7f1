package dev.photofinish.metrics;

import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.EnumMap;
import java.util.Map;

/** Sums over streams. */
record Totals(long reconnects, Map<Medium, Media> media) {
  static final Totals NONE = new Totals(0, Map.of());

  /** Sums over the media of one kind. */
  record Media(long packets, long bytes, long lost) {
    private static final Media NONE = new Media(0, 0, 0);

    Media plus(MediaStatistics of) {
      return new Media(packets + of.packets(), bytes + of.bytes(), lost + of.lost());
    }

    /** What was lost may turn out to be late; a counter never falls. */
    Media notBelow(Media before) {
      return new Media(packets, bytes, Math.max(lost, before.lost));
    }
  }

  Media of(Medium medium) {
    return media.getOrDefault(medium, Media.NONE);
  }

  Totals plus(StreamStatistics statistics) {
    Map<Medium, Media> sums = new EnumMap<>(Medium.class);
    sums.putAll(media);
    for (MediaStatistics of : statistics.streams()) {
      sums.merge(Medium.of(of.stream()), Media.NONE.plus(of), (sum, one) -> sum.plus(of));
    }
    return new Totals(reconnects + statistics.reconnects(), sums);
  }

  Totals notBelow(Totals before) {
    Map<Medium, Media> sums = new EnumMap<>(Medium.class);
    media.forEach((medium, sum) -> sums.put(medium, sum.notBelow(before.of(medium))));
    return new Totals(reconnects, sums);
  }
}
