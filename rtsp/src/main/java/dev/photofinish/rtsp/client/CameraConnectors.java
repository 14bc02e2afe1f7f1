package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connector;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.limiter.DialGroup;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connectors of a client's streams, which share its history and its limit of dials. */
final class CameraConnectors {
  private final SharedHistory history;
  private final DialLimiter limiter;
  private final Supplier<Connector.Builder> begin;

  /**
   * @param limiter null for that of the process
   * @param begin null for a connector that resolves names as the system does
   */
  CameraConnectors(
      SharedHistory history,
      @Nullable SharedDialLimiter limiter,
      @Nullable Supplier<Connector.Builder> begin) {
    this.history = history;
    SharedDialLimiter shared = limiter == null ? Connector.processLimiter() : limiter;
    DialLimiter spaced = shared.withSameHostGap(DialLimiterOptions.CAMERA_GAP);
    this.limiter = spaced;
    this.begin = begin == null ? () -> Connector.builder().limiter(spaced) : begin;
  }

  Connector.Builder of(Camera camera) {
    Connector.Builder connector = begin.get().history(history);
    DialGroup group = camera.dialGroup();
    return group == null ? connector : connector.limiter(group.within(limiter));
  }
}
