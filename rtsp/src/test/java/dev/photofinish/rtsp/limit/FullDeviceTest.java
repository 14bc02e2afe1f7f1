package dev.photofinish.rtsp.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.clientlimit.LimitEvidence;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.stream.Admission;
import dev.photofinish.rtsp.stream.MediaArrivals;
import dev.photofinish.rtsp.stream.TrackArrivals;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits when a device answered one stream that it is full. */
class FullDeviceTest {
  private static final List<Endpoint> DEVICE = List.of(new Endpoint("192.0.2.1", 554));
  private static final long REST = Duration.ofSeconds(5).toNanos();

  private final ClientLimits limits = new ClientLimits(() -> "the lab");
  private final MockTicker clock = Ticker.newMockTicker();

  private LimitObserver stream(String name) {
    Duration minute = Duration.ofMinutes(1);
    LimitSettings settings = new LimitSettings(name, minute, minute, false, minute);
    LimitObserver stream = new LimitObserver(settings, limits, clock, (endpoint, limit) -> {});
    stream.look(DEVICE);
    return stream;
  }

  private TrackedConnection connect(LimitObserver stream, MediaArrivals media) {
    ConnectionTracker tracker = stream.track(0, media);
    new EmbeddedChannel(tracker);
    return tracker.tracked();
  }

  private MediaArrivals media() {
    TrackArrivals track = new TrackArrivals();
    MediaArrivals media = new MediaArrivals();
    media.assign(List.of(track));
    track.packet(clock.nanoTime());
    return media;
  }

  private void refuse(LimitObserver stream) {
    TrackedConnection refused = connect(stream, new MediaArrivals());
    stream.full(
        refused, new EndReason(EndReason.Kind.AT_CAPACITY, "503", null, 503, Duration.ZERO));
  }

  private long restOfAnother() {
    Admission admission = stream("another").admit(DEVICE);
    return admission.delay();
  }

  @Test
  void thatStreamAloneWhereAnotherIsServed() {
    connect(stream("served"), media());
    refuse(stream("away"));
    assertThat(restOfAnother()).isZero();
  }

  @Test
  void allWhereNoneIs() {
    connect(stream("silent"), new MediaArrivals());
    refuse(stream("away"));
    assertThat(restOfAnother()).isEqualTo(REST);
  }

  @Test
  void allWhereTheOtherHasNoMediaAnyMore() {
    connect(stream("served"), media());
    clock.advance(4, TimeUnit.SECONDS);
    refuse(stream("away"));
    assertThat(restOfAnother()).isEqualTo(REST);
  }

  /** The device has this stream, and has it no second time. */
  @Test
  void allWhereTheSameStreamIsServed() {
    connect(stream("one"), media());
    refuse(stream("one"));
    assertThat(restOfAnother()).isEqualTo(REST);
  }

  /** One attempt shows whether the limit is the device's. */
  @Test
  void aStreamThatWasNotRefusedIsTriedOnceBeside() {
    LimitObserver served = stream("served");
    connect(served, media());
    limits.learn(limits.key(DEVICE.get(0)), full("away"), clock.nanoTime());
    assertThat(stream("another").admit(DEVICE).places()).isEqualTo(1);
    assertThat(stream("away").admit(DEVICE).places()).isZero();
    limits.learn(limits.key(DEVICE.get(0)), full("another"), clock.nanoTime());
    assertThat(stream("third").admit(DEVICE).places()).isZero();
  }

  private static LimitEvidence full(String stream) {
    return new LimitEvidence.AnsweredAtCapacity(503, Duration.ZERO, 1, stream, true);
  }
}
