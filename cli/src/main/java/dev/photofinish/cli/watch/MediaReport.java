package dev.photofinish.cli.watch;

import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A snapshot of a stream with the rates of its media. */
record MediaReport(StreamStatistics statistics, List<MediaRate> media) {

  /** Of all media together; null where none was measured. */
  @Nullable Double bitsPerSecond() {
    return sum(MediaRate::bitsPerSecond);
  }

  /** Of all video together; null where none was measured. */
  @Nullable Double framesPerSecond() {
    return sum(MediaRate::framesPerSecond);
  }

  private @Nullable Double sum(Function<MediaRate, @Nullable Double> rate) {
    return media.stream().map(rate).filter(Objects::nonNull).reduce(Double::sum).orElse(null);
  }
}
