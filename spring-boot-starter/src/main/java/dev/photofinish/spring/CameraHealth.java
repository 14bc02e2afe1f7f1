package dev.photofinish.spring;

import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.boot.actuate.health.Status;

/** The health of each camera by its name. */
final class CameraHealth implements CompositeHealthContributor {
  private final CameraStreams streams;

  CameraHealth(CameraStreams streams) {
    this.streams = streams;
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return streams.names().contains(name) ? indicator(name) : null;
  }

  @Override
  public Iterator<NamedContributor<HealthContributor>> iterator() {
    return streams.names().stream()
        .map(name -> NamedContributor.<HealthContributor>of(name, indicator(name)))
        .iterator();
  }

  private HealthIndicator indicator(String name) {
    return () -> health(name);
  }

  private Health health(String name) {
    CameraStream stream = streams.all().get(name);
    if (stream == null) {
      return Health.unknown().withDetail("reason", "not started").build();
    }
    StreamStatistics statistics = stream.statistics();
    Optional<String> reason = streams.reason(name);
    Health.Builder health =
        Health.status(status(statistics.state(), reason.isPresent()))
            .withDetail("url", stream.url())
            .withDetail("state", statistics.state())
            .withDetail("packets", statistics.packets())
            .withDetail("reconnects", statistics.reconnects());
    reason.ifPresent(text -> health.withDetail("reason", text));
    return health.build();
  }

  /**
   * Whether media comes, or is not meant to.
   *
   * @param tried whether a first try has failed where the stream is still connecting
   */
  private static Status status(CameraState state, boolean tried) {
    return switch (state) {
      case PLAYING, PAUSED, ENDED -> Status.UP;
      case CONNECTING -> tried ? Status.DOWN : Status.UNKNOWN;
      case STALLED, RECONNECTING, FAILED -> Status.DOWN;
      case CLOSED -> Status.UNKNOWN;
    };
  }
}
