package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.media.MediaSource;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits and slots of a camera, without sockets and at the times of an embedded event loop. */
class DeviceTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Tally tally = new Tally(Ticker.systemTicker(), List.of());
  private int number;

  @BeforeEach
  void freeze() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private Device device(SimulatedCamera.Builder builder) {
    return new Device(new CameraContext(builder.options(), channel.eventLoop(), tally));
  }

  private static SimulatedCamera.Builder limit(int clients, OnLimit policy) {
    return SimulatedCamera.builder().limit(clients, policy);
  }

  private FakeClient connect(Device device) {
    FakeClient client = new FakeClient(++number, channel);
    device.connected(client);
    return client;
  }

  /** A session over the client's connection, so that it ends with it. */
  private CameraSession setUp(Device device, FakeClient client) {
    CameraSession session = device.open(client, "/stream");
    MediaSource source = device.media().source(MediaCatalog.VIDEO).orElseThrow();
    session.add(new Track(MediaCatalog.VIDEO, source, new FakeSink(), device.context()));
    return session;
  }

  private static boolean full(Device device) {
    return device.refusal(LimitAt.SETUP, "/stream").isPresent();
  }

  @Test
  void dropOldestClosesOneForOne() {
    Device device = device(limit(2, OnLimit.DROP_OLDEST));
    FakeClient first = connect(device);
    FakeClient second = connect(device);
    assertThat(first.closes).isEmpty();
    connect(device);
    assertThat(first.closes).containsExactly("FIN made room for connection 3");
    connect(device);
    assertThat(second.closes).containsExactly("FIN made room for connection 4");
  }

  @Test
  void rejectNewResetsTheNewerAndKeepsTheOlder() {
    Device device = device(limit(1, OnLimit.REJECT_NEW));
    FakeClient first = connect(device);
    FakeClient second = connect(device);
    assertThat(first.closes).isEmpty();
    assertThat(second.closes).containsExactly("RST the camera is full");
    assertThat(tally.report().droppedByLimit()).isEqualTo(1);
  }

  @Test
  void silentLeavesTheNewerOpen() {
    Device device = device(limit(1, OnLimit.SILENT));
    FakeClient first = connect(device);
    FakeClient second = connect(device);
    assertThat(first.silenced).isFalse();
    assertThat(second.silenced).isTrue();
    assertThat(second.closes).isEmpty();
  }

  @Test
  void sessionsAreCountedWhereTheAnswerIsAStatus() {
    Device device = device(limit(1, OnLimit.STATUS_453));
    FakeClient first = connect(device);
    FakeClient second = connect(device);
    assertThat(second.closes).isEmpty();
    assertThat(second.silenced).isFalse();
    assertThat(full(device)).isFalse();
    setUp(device, first);
    assertThat(full(device)).isTrue();
  }

  @Test
  void aSlotIsKeptAfterASessionThatWasLeftBehindToTheMillisecond() {
    Device device = device(limit(1, OnLimit.REJECT_NEW).slotKept(Duration.ofSeconds(5)));
    FakeClient first = connect(device);
    setUp(device, first);
    device.closed(first, "by the client");
    assertThat(tally.report().sessionsLeftBehind()).isEqualTo(1);
    advance(4_999);
    assertThat(connect(device).closes).as("still taken").hasSize(1);
    advance(1);
    assertThat(connect(device).closes).as("free").isEmpty();
  }

  private void advance(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void aSlotWithoutASessionIsFreeAtOnce() {
    Device device = device(limit(1, OnLimit.REJECT_NEW).slotKept(Duration.ofSeconds(5)));
    FakeClient first = connect(device);
    device.closed(first, "by the client");
    assertThat(connect(device).closes).isEmpty();
    assertThat(tally.report().sessionsLeftBehind()).isZero();
  }

  @Test
  void aSlotIsFreeAtOnceAfterTeardown() {
    Device device = device(limit(1, OnLimit.STATUS_503).slotKept(Duration.ofSeconds(5)));
    FakeClient first = connect(device);
    CameraSession session = setUp(device, first);
    device.tearDown(session);
    assertThat(full(device)).isFalse();
    assertThat(device.session(session.id())).isEmpty();
    device.closed(first, "by the client");
    assertThat(tally.report().sessionsLeftBehind()).isZero();
  }

  @Test
  void theEndOfAConnectionIsTheLastThatIsRecordedOfIt() {
    Device device = device(SimulatedCamera.builder());
    FakeClient client = connect(device);
    setUp(device, client);
    device.closed(client, "by the client");
    List<Kind> kinds = tally.report().events().stream().map(CameraEvent::kind).toList();
    assertThat(kinds)
        .containsExactly(
            Kind.CONNECTED,
            Kind.SESSION_OPENED,
            Kind.SESSION_LEFT_BEHIND,
            Kind.SESSION_ENDED,
            Kind.CLOSED);
  }

  @Test
  void powerOffForgetsSessionsAndSlots() {
    Device device = device(limit(1, OnLimit.STATUS_453).slotKept(Duration.ofHours(1)));
    FakeClient client = connect(device);
    CameraSession session = setUp(device, client);
    device.powerOff("reboot");
    assertThat(client.closes).containsExactly("RST reboot");
    assertThat(device.session(session.id())).isEmpty();
    assertThat(full(device)).isFalse();
  }

  @Test
  void oneThatWasDroppedIsNotDroppedAgain() {
    Device device = device(limit(1, OnLimit.DROP_OLDEST));
    FakeClient first = connect(device);
    connect(device);
    device.closed(first, "by the camera");
    connect(device);
    assertThat(first.closes).hasSize(1);
    assertThat(tally.report().droppedByLimit()).isEqualTo(2);
  }
}
