package dev.photofinish.metrics;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.rtsp.client.CameraListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streams of cameras as meters, their races included: the meters of docs/metrics.md.
 *
 * <pre>{@code
 * CameraMetrics metrics = new CameraMetrics(registry);
 * client.start(camera, CameraListener.all(mine, metrics.cameras()));
 * }</pre>
 *
 * <p>Cameras count together, under the tag {@code camera="unnamed"}, unless one is given a name of
 * its own by {@link #camera}: how many time series there are is in the caller's hand.
 */
public final class CameraMetrics {
  private static final String UNNAMED = "unnamed";

  private final MeterRegistry registry;
  private final RaceListener races;
  private final Map<String, CameraListener> byName = new ConcurrentHashMap<>();

  /**
   * Counts in {@code registry}, for as many clients as there are.
   *
   * @throws IllegalStateException there is another for this registry
   */
  public CameraMetrics(MeterRegistry registry) {
    this(registry, new RaceMetrics(registry));
  }

  /** As above, where the registry has its {@link RaceMetrics} already. */
  public CameraMetrics(MeterRegistry registry, RaceMetrics races) {
    this.registry = registry;
    this.races = races;
    if (registry.find(StreamMeters.STREAMS).gauge() != null) {
      throw new IllegalStateException(
          "registry: it has "
              + StreamMeters.STREAMS
              + " already; expected one CameraMetrics for each registry");
    }
    camera(UNNAMED);
  }

  /** For the connectors of races without a camera. */
  public RaceListener races() {
    return races;
  }

  /** For any number of streams, counted together. */
  public CameraListener cameras() {
    return camera(UNNAMED);
  }

  /**
   * For the streams of one camera, counted apart under the tag {@code camera}.
   *
   * @param name not empty; of a set that stays small
   */
  public CameraListener camera(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name: it is empty; expected a camera's name");
    }
    return byName.computeIfAbsent(name, n -> new StreamMeters(registry, n, races));
  }
}
