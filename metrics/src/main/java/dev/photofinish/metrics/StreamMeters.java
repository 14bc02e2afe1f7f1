package dev.photofinish.metrics;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.option.Option;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.Outage;
import dev.photofinish.rtsp.client.StreamStatistics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of the streams that share one value of the tag {@code camera}. */
final class StreamMeters implements CameraListener {
  static final String STREAMS = "photofinish.streams";

  private final MeterRegistry registry;
  private final String camera;
  private final RaceListener races;
  private final Streams streams = new Streams();
  private final Timer outages;
  private final Meter.MeterProvider<Counter> ends;

  StreamMeters(MeterRegistry registry, String camera, RaceListener races) {
    this.registry = registry;
    this.camera = camera;
    this.races = races;
    for (CameraState state : CameraState.values()) {
      if (!state.isFinal()) {
        streams(state);
      }
    }
    counter(
        "photofinish.reconnects",
        "connections that brought media after an earlier one had",
        s -> s.totals().reconnects());
    Medium.all().forEach(this::media);
    outages =
        Buckets.outages("photofinish.outages")
            .description("times without media between the first packet and the end of a stream")
            .tag("camera", camera)
            .register(registry);
    ends =
        Counter.builder("photofinish.streams.ended")
            .description("streams that gave up or were closed")
            .tag("camera", camera)
            .withRegistry(registry);
  }

  private void streams(CameraState state) {
    Gauge.builder(STREAMS, () -> streams.in(state))
        .description("streams by where they stand")
        .tags("camera", camera, "state", Option.word(state))
        .strongReference(true)
        .register(registry);
  }

  private void media(Medium medium) {
    counter(
        "photofinish.packets",
        "RTP packets received",
        s -> s.totals().of(medium).packets(),
        medium);
    counter(
        "photofinish.bytes",
        "bytes of RTP packets, headers included",
        s -> s.totals().of(medium).bytes(),
        medium);
    counter(
        "photofinish.packets.lost",
        "RTP packets expected and not received while there was a connection",
        s -> s.totals().of(medium).lost(),
        medium);
    TimeGauge.builder("photofinish.jitter", () -> streams.jitter(medium), TimeUnit.NANOSECONDS)
        .description("the highest interarrival jitter of the streams that are open")
        .tags("camera", camera, "media", medium.word())
        .strongReference(true)
        .register(registry);
  }

  private void counter(
      String name, String description, ToDoubleFunction<Streams> value, Medium... medium) {
    FunctionCounter.Builder<Streams> builder =
        // The function holds the streams: Micrometer does so weakly.
        FunctionCounter.builder(name, streams, ignored -> value.applyAsDouble(streams))
            .description(description)
            .tag("camera", camera);
    for (Medium of : medium) {
      builder.tag("media", of.word());
    }
    builder.register(registry);
  }

  @Override
  public RaceListener races(CameraStream stream) {
    streams.opened(stream);
    return races;
  }

  @Override
  public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
    StreamStatistics statistics = stream.statistics();
    List<Outage> known = statistics.outages();
    boolean outageOver = to == CameraState.PLAYING && from != CameraState.CONNECTING;
    if (!known.isEmpty()) {
      Outage last = known.get(known.size() - 1);
      if (outageOver || (to.isFinal() && last.to() == null)) {
        outages.record(last.length(statistics.at()));
      }
    }
    if (to.isFinal()) {
      streams.ended(stream, statistics);
      ends.withTag("state", Option.word(to)).increment();
    }
  }
}
