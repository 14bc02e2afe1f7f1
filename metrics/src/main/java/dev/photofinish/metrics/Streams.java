package dev.photofinish.metrics;

import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.LinkedHashSet;
import java.util.Set;

/** The streams that are open, asked when somebody reads a meter, and the sums of those before. */
final class Streams {
  private final Set<CameraStream> open = new LinkedHashSet<>();
  private Totals before = Totals.NONE;
  private Totals reported = Totals.NONE;

  synchronized void opened(CameraStream stream) {
    open.add(stream);
  }

  synchronized void ended(CameraStream stream, StreamStatistics last) {
    if (open.remove(stream)) {
      before = before.plus(last);
    }
  }

  synchronized long in(CameraState state) {
    return open.stream().filter(stream -> stream.state() == state).count();
  }

  synchronized Totals totals() {
    Totals sum = before;
    for (CameraStream stream : open) {
      sum = sum.plus(stream.statistics());
    }
    reported = sum.notBelow(reported);
    return reported;
  }

  /** The highest, in nanoseconds; 0 without media. */
  synchronized long jitter(Medium medium) {
    return open.stream()
        .flatMap(stream -> stream.statistics().streams().stream())
        .filter(media -> Medium.of(media.stream()) == medium)
        .mapToLong(media -> media.jitter().toNanos())
        .max()
        .orElse(0);
  }
}
