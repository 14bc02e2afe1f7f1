package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.KeyFrameRequests;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.SourceUnavailableException;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.EventLoop;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers of a relayed camera, through what happens to the camera. */
class RelayTest {
  private static final ReaderInfo INFO = new ReaderInfo("127.0.0.1:1", "test", "a test");
  private static final Duration BOUND = Duration.ofSeconds(60);

  private Relay relay;

  @BeforeEach
  void open() {
    relay = Relay.start();
  }

  @AfterEach
  void close() {
    relay.close();
  }

  private EventLoop loop() {
    return relay.eventLoops().next();
  }

  /** A camera that sends everything, however late this machine is. */
  private static SimulatedCamera.Builder punctual() {
    return SimulatedCamera.builder().set(Knob.LATE, Duration.ZERO);
  }

  /** One that is asked whether it lives after a minute alone: this machine may stand still. */
  private static Camera patient(String url) {
    Duration minute = Duration.ofMinutes(1);
    return Camera.at(url)
        .withOptions(ClientOptions.builder().stallSuspect(minute).stallTimeout(minute).build())
        .withRace(RaceOptions.builder().racingTimeout(minute).build());
  }

  /** It would wait for itself. */
  @Test
  void closedByAListenerItDoesNotWait() throws Exception {
    CompletableFuture<Thread> closing = new CompletableFuture<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    relay.addListener(
        new RelayListener() {
          @Override
          public void state(RelayedCamera camera, RelayState from, RelayState to, String reason) {
            if (to == RelayState.PLAYING) {
              closing.complete(Thread.currentThread());
              relay.close();
              closed.complete(null);
            }
          }
        });
    try (SimulatedCamera camera = punctual().start()) {
      add(camera, RelayedCameraOptions.defaults());
      Thread loop = closing.get(60, TimeUnit.SECONDS);
      while (!closed.isDone()) {
        Thread.State state = loop.getState();
        assertThat(state)
            .as(() -> Arrays.toString(loop.getStackTrace()))
            .isNotEqualTo(Thread.State.TIMED_WAITING);
      }
      assertThat(relay.eventLoops().terminationFuture().await(60, TimeUnit.SECONDS)).isTrue();
      camera.awaitConnections(0, BOUND);
    }
  }

  private Source add(SimulatedCamera camera, RelayedCameraOptions options) {
    return relay.add("door", patient(camera.url()), options.withDescribeTimeout(BOUND)).source();
  }

  private static List<SourceTrack> describe(Source source) throws Exception {
    return source.describe().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Cameras lock accounts: asking again does not try again, for 30 s. */
  @Test
  void aCameraThatGaveUpIsNotTriedAgainByEachWhoAsks() throws Exception {
    List<RaceReport> races = new CopyOnWriteArrayList<>();
    relay.addListener(
        new RelayListener() {
          @Override
          public void race(RelayedCamera camera, RaceReport report) {
            races.add(report);
          }
        });
    Camera nobody =
        Camera.at("rtsp://127.0.0.1:1/x")
            .withRetry(RetryOptions.builder().retryStrategy(RetryStrategy.NONE).build());
    Source source =
        relay.add("door", nobody, RelayedCameraOptions.defaults().withOnDemand(true)).source();
    for (int i = 0; i < 5; i++) {
      assertThat(source.describe().toCompletableFuture())
          .failsWithin(BOUND)
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOfSatisfying(
              SourceUnavailableException.class,
              e ->
                  assertThat(e.retryAfter())
                      .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30)));
    }
    assertThat(races).hasSize(1);
  }

  @Test
  void itDialsOnlyWhileItMay() throws Exception {
    AtomicBoolean may = new AtomicBoolean();
    CompletableFuture<RaceReport> lost = new CompletableFuture<>();
    relay.dialWhile(may::get);
    relay.addListener(
        new RelayListener() {
          @Override
          public void race(RelayedCamera camera, RaceReport report) {
            lost.complete(report);
          }
        });
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      add(camera, RelayedCameraOptions.defaults());
      assertThat(lost.get(60, TimeUnit.SECONDS).toString()).contains("may not dial now");
      assertThat(camera.report().connections()).isZero();
      may.set(true);
      assertThat(camera.await(r -> !r.events(Kind.PLAYING).isEmpty(), BOUND).connections())
          .isEqualTo(1);
    }
  }

  private static void assertNoGap(List<RtpHeader> packets) {
    for (int i = 1; i < packets.size(); i++) {
      RtpHeader before = packets.get(i - 1);
      RtpHeader after = packets.get(i);
      assertThat(after.sequence()).isEqualTo((before.sequence() + 1) & 0xffff);
      assertThat(after.ssrc()).isEqualTo(before.ssrc());
      assertThat((int) (after.timestamp() - before.timestamp())).isNotNegative();
    }
  }

  @Test
  void anyNumberOfReadersShareOneConnection() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Source source = add(camera, RelayedCameraOptions.defaults());
      assertThat(describe(source))
          .extracting(t -> t.media().codec())
          .containsExactly("H264", "PCMU");
      List<CollectingReader> readers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        CollectingReader reader = new CollectingReader();
        source.attach(reader, INFO, Set.of(0, 1), loop());
        readers.add(reader);
      }
      for (CollectingReader reader : readers) {
        reader.await(r -> r.video().size() > 20 && r.audio().size() > 5);
        assertNoGap(reader.video());
        assertNoGap(reader.audio());
      }
      assertThat(camera.report().events(Kind.PLAYING)).hasSize(1);
      assertThat(relay.camera("door").orElseThrow().status().readers()).hasSize(5);
    }
  }

  @Test
  void aReaderStaysWhileTheCameraDropsItsConnections() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Source source = add(camera, RelayedCameraOptions.defaults().withWhileAway(WhileAway.KEEP));
      describe(source);
      CollectingReader reader = new CollectingReader();
      source.attach(reader, INFO, Set.of(0, 1), loop());
      for (int drops = 1; drops <= 2; drops++) {
        int seen = reader.video().size();
        reader.await(r -> r.video().size() > seen + 10);
        camera.dropAll();
        int connections = drops + 1;
        camera.await(report -> report.events(Kind.PLAYING).size() == connections, BOUND);
      }
      int seen = reader.video().size();
      reader.await(r -> r.video().size() > seen + 10);
      assertNoGap(reader.video());
      assertNoGap(reader.audio());
      assertThat(reader.ended()).isEmpty();
      assertThat(camera.report().events(Kind.PLAYING)).hasSize(3);
    }
  }

  @Test
  void theLastKeyFrameIsRepeatedWhileTheCameraIsAway() throws Exception {
    SimulatedCamera camera = SimulatedCamera.builder().start();
    Source source = add(camera, RelayedCameraOptions.defaults());
    describe(source);
    CollectingReader reader = new CollectingReader();
    source.attach(reader, INFO, Set.of(0), loop());
    reader.await(r -> r.video().size() > 10);
    camera.close();
    RelayedCamera door = relay.camera("door").orElseThrow();
    reader.await(r -> door.status().state() == RelayState.AWAY);
    int seen = reader.video().size();
    reader.await(r -> r.video().size() > seen + 2 && ticks(r.video()) > 90_000);
    assertNoGap(reader.video());
  }

  /** From the first packet to the last. */
  private static int ticks(List<RtpHeader> packets) {
    return (int) (packets.get(packets.size() - 1).timestamp() - packets.get(0).timestamp());
  }

  /** Which ends when it is right again, or tried again. */
  @Test
  void theLastKeyFrameIsRepeatedWhileTheCamerasPasswordIsWrong() throws Exception {
    try (SimulatedCamera camera = punctual().credentials("me", "right").start()) {
      Camera right = patient(camera.url()).withCredentials("me", "right");
      RelayedCamera door = relay.add("door", right, RelayedCameraOptions.defaults());
      describe(door.source());
      CollectingReader reader = new CollectingReader();
      door.source().attach(reader, INFO, Set.of(0), loop());
      reader.await(r -> r.video().size() > 10);
      relay.change("door", right.withCredentials("me", "wrong"), door.options());
      reader.await(r -> door.status().state() == RelayState.FAILED);
      int seen = reader.video().size();
      reader.await(r -> r.video().size() > seen + 2);
      assertThat(door.status().state()).isEqualTo(RelayState.FAILED);
    }
  }

  @Test
  void readersEndWithTheCameraWhereTheyAreToNoticeIt() throws Exception {
    SimulatedCamera camera = SimulatedCamera.builder().start();
    Source source = add(camera, RelayedCameraOptions.defaults().withWhileAway(WhileAway.CLOSE));
    describe(source);
    CollectingReader reader = new CollectingReader();
    source.attach(reader, INFO, Set.of(0), loop());
    reader.await(r -> r.video().size() > 10);
    camera.close();
    reader.await(r -> !r.ended().isEmpty());
    assertThat(reader.ended()).startsWith("the camera is away");
    assertThat(relay.camera("door").orElseThrow().status().readers()).isEmpty();
  }

  @Test
  void aReaderThatBeginsWhileItIsAwayIsRefusedWhereReadersAreToNotice() throws Exception {
    SimulatedCamera camera = SimulatedCamera.builder().start();
    Source source = add(camera, RelayedCameraOptions.defaults().withWhileAway(WhileAway.CLOSE));
    describe(source);
    CollectingReader first = new CollectingReader();
    source.attach(first, INFO, Set.of(0), loop());
    first.await(r -> r.video().size() > 10);
    camera.close();
    first.await(r -> !r.ended().isEmpty());
    CollectingReader late = new CollectingReader();
    source.attach(late, INFO, Set.of(0), loop());
    late.await(r -> !r.ended().isEmpty());
    assertThat(late.ended()).startsWith("the camera is away");
  }

  /** It is away until it is connected, which no reader is to notice. */
  @Test
  void aCameraOnDemandIsDescribedAgainWhereReadersAreToNoticeThatItIsAway() throws Exception {
    try (SimulatedCamera camera = punctual().start()) {
      Source source =
          add(
              camera,
              RelayedCameraOptions.defaults()
                  .withWhileAway(WhileAway.CLOSE)
                  .withOnDemand(true)
                  .withGrace(Duration.ZERO));
      for (int i = 0; i < 2; i++) {
        assertThat(describe(source)).hasSize(2);
        camera.awaitConnections(0, BOUND);
      }
    }
  }

  @Test
  void aReaderThatWasToldOfOtherTracksIsEnded() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Source source = add(camera, RelayedCameraOptions.defaults());
      describe(source);
      CollectingReader reader =
          new CollectingReader() {
            @Override
            public boolean isOf(List<SourceTrack> offered) {
              assertThat(offered).hasSize(2);
              return false;
            }
          };
      source.attach(reader, INFO, Set.of(0), loop());
      reader.await(r -> !r.ended().isEmpty());
      assertThat(reader.ended()).isEqualTo("the camera's media have changed");
      assertThat(relay.camera("door").orElseThrow().status().readers()).isEmpty();
    }
  }

  @Test
  void aSlowReaderLosesUpToTheNextKeyFrameAndNobodyElseDoes() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Source source = add(camera, RelayedCameraOptions.defaults());
      describe(source);
      CollectingReader slow = new CollectingReader();
      CollectingReader quick = new CollectingReader();
      Attachment place = source.attach(slow, INFO, Set.of(0, 1), loop());
      source.attach(quick, INFO, Set.of(0, 1), loop());
      slow.await(r -> r.video().size() > 5);
      slow.full(true);
      int seen = quick.video().size();
      quick.await(r -> r.video().size() > seen + 20);
      slow.full(false);
      int before = slow.video().size();
      slow.await(r -> r.video().size() > before + 5);
      assertThat(place.dropped()).isPositive();
      assertNoGap(quick.video());
      List<RtpHeader> got = slow.video();
      assertThat(got.get(before).sequence()).isNotEqualTo(got.get(before - 1).sequence() + 1);
    }
  }

  /** A camera that sends a key frame once, and when it is asked. */
  private static SimulatedCamera reticent() {
    return punctual()
        .set(Knob.KEY_INTERVAL, 100_000)
        .set(Knob.KEY_FRAME_REQUESTS, KeyFrameRequests.PLI)
        .start();
  }

  /** Waits until the camera's first picture has come, which nothing is asked for. */
  private void awaitPicture(Source source) throws Exception {
    describe(source);
    CollectingReader sound = new CollectingReader();
    Attachment place = source.attach(sound, INFO, Set.of(1), loop());
    sound.await(r -> !r.audio().isEmpty()); // the camera sends its first picture before it
    place.close();
  }

  @Test
  void aSlowReaderHasTheCameraAskedForAKeyFrame() throws Exception {
    try (SimulatedCamera camera = reticent()) {
      Source source = add(camera, RelayedCameraOptions.defaults());
      awaitPicture(source);
      CollectingReader slow = new CollectingReader();
      CollectingReader quick = new CollectingReader();
      Attachment place = source.attach(slow, INFO, Set.of(0), loop());
      source.attach(quick, INFO, Set.of(0), loop());
      slow.await(r -> r.video().size() > 5);
      slow.full(true);
      quick.await(r -> place.dropped() > 0);
      assertThat(camera.report().events(Kind.KEY_FRAME_ASKED)).isEmpty();
      slow.full(false);
      int before = slow.video().size();
      slow.await(r -> r.video().size() > before + 5);
      assertThat(camera.report().events(Kind.KEY_FRAME_ASKED)).hasSize(1);
    }
  }

  @Test
  void readersWithoutPicturesToBeginWithHaveTheCameraAskedOnce() throws Exception {
    try (SimulatedCamera camera = reticent()) {
      Source source = add(camera, RelayedCameraOptions.defaults().withGroupBytes(0));
      awaitPicture(source);
      assertThat(camera.report().events(Kind.KEY_FRAME_ASKED)).isEmpty();
      long start = System.nanoTime();
      List<CollectingReader> readers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        CollectingReader reader = new CollectingReader();
        readers.add(reader);
        source.attach(reader, INFO, Set.of(0), loop());
      }
      for (CollectingReader reader : readers) {
        reader.await(r -> r.video().size() > 5);
      }
      int asked = camera.report().events(Kind.KEY_FRAME_ASKED).size();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(asked)
          .as("at most each second, in %s", took)
          .isBetween(1, 1 + (int) took.toSeconds());
    }
  }

  @Test
  void aCameraOnDemandIsConnectedWhileSomeoneReadsIt() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Source source =
          add(camera, RelayedCameraOptions.defaults().withOnDemand(true).withGrace(Duration.ZERO));
      assertThat(relay.camera("door").orElseThrow().status().state()).isEqualTo(RelayState.IDLE);
      describe(source);
      CollectingReader reader = new CollectingReader();
      Attachment place = source.attach(reader, INFO, Set.of(0, 1), loop());
      reader.await(r -> r.video().size() > 5);
      place.close();
      camera.awaitConnections(0, BOUND);
      assertThat(relay.camera("door").orElseThrow().status().state()).isEqualTo(RelayState.IDLE);

      CollectingReader again = new CollectingReader();
      source.attach(again, INFO, Set.of(0, 1), loop());
      again.await(r -> r.video().size() > 5);
      assertThat(again.video().get(0).ssrc()).isEqualTo(reader.video().get(0).ssrc());
    }
  }

  @Test
  void aCameraThatWasNeverThereIsSaidNotToBe() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    Source source =
        relay
            .add(
                "door",
                Camera.at("rtsp://127.0.0.1:" + nobody + "/stream"),
                RelayedCameraOptions.defaults().withDescribeTimeout(Duration.ofMillis(100)))
            .source();
    assertThatThrownBy(() -> describe(source)).hasCauseInstanceOf(SourceUnavailableException.class);
  }

  @Test
  void aViewerGetsTheFramesSinceTheLastKeyFrameAtOnce() throws Exception {
    try (SimulatedCamera camera = punctual().start()) {
      Source source = add(camera, RelayedCameraOptions.defaults());
      describe(source);
      CollectingReader reader = new CollectingReader();
      source.attach(reader, INFO, Set.of(0), loop());
      reader.await(r -> r.video().size() > 20);
      BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
      CompletableFuture<String> end = new CompletableFuture<>();
      source.view(
          new FrameViewer() {
            @Override
            public void frame(Frame frame) {
              frames.add(frame.copy());
            }

            @Override
            public void ended(String reason) {
              end.complete(reason);
            }
          },
          INFO);
      Frame first = frames.poll(60, TimeUnit.SECONDS);
      assertThat(first.isKeyFrame()).isTrue();
      long time = first.time();
      for (int i = 0; i < 50; i++) {
        Frame next = frames.poll(60, TimeUnit.SECONDS);
        if (next.track() == 0) {
          assertThat(next.time() - time).isBetween(20_000_000L, 200_000_000L);
          time = next.time();
        }
      }
      relay.remove("door");
      assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("door was removed");
    }
  }

  /** Other options hold at once; another address is another connection, under the same readers. */
  @Test
  void aChangedCameraKeepsItsReaders() throws Exception {
    try (SimulatedCamera first = SimulatedCamera.builder().start();
        SimulatedCamera second = SimulatedCamera.builder().start()) {
      Source source = add(first, RelayedCameraOptions.defaults());
      describe(source);
      CollectingReader reader = new CollectingReader();
      source.attach(reader, INFO, Set.of(0, 1), loop());
      reader.await(r -> r.video().size() > 10);
      RelayedCameraOptions keep = RelayedCameraOptions.defaults().withWhileAway(WhileAway.KEEP);
      assertThat(relay.change("door", patient(first.url()), keep)).isTrue();
      int seen = reader.video().size();
      reader.await(r -> r.video().size() > seen + 5);
      assertThat(first.report().events(Kind.PLAYING)).hasSize(1);
      assertThat(relay.camera("door").orElseThrow().options()).isEqualTo(keep);

      relay.change("door", Camera.at(second.url()), keep);
      second.awaitConnections(1, BOUND);
      first.awaitConnections(0, BOUND);
      int before = reader.video().size();
      reader.await(r -> r.video().size() > before + 5);
      assertNoGap(reader.video());
      assertThat(reader.ended()).isEmpty();
      assertThat(relay.change("gate", Camera.at(second.url()), keep)).isFalse();
    }
  }

  @Test
  void aCameraThatGaveUpPlaysAsSoonAsItsPasswordIsRight() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().credentials("me", "right").start()) {
      Camera wrong = Camera.at(camera.url()).withCredentials("me", "wrong");
      RelayedCamera door = relay.add("door", wrong, RelayedCameraOptions.defaults());
      CollectingReader reader = new CollectingReader();
      reader.await(r -> door.status().state() == RelayState.FAILED);
      Camera right = wrong.withCredentials("me", "right");
      assertThat(relay.change("door", right, RelayedCameraOptions.defaults())).isTrue();
      camera.await(report -> !report.events(Kind.PLAYING).isEmpty(), BOUND);
    }
  }

  /** A wrong path is retried for ever: its owner is to see why there is no picture. */
  @Test
  void aCameraThatIsTriedAgainSaysWhy() throws Exception {
    BlockingQueue<String> retries = new LinkedBlockingQueue<>();
    relay.addListener(
        new RelayListener() {
          @Override
          public void retry(RelayedCamera camera, Duration delay, String reason) {
            assertThat(camera.status().reason()).isEqualTo(reason);
            retries.add(camera.name() + " " + delay.isNegative() + " " + reason);
          }
        });
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      String elsewhere = camera.url().replace("/stream", "/nothing");
      relay.add("door", patient(elsewhere), RelayedCameraOptions.defaults());
      assertThat(retries.poll(60, TimeUnit.SECONDS)).startsWith("door false ").contains("404");
      assertThat(relay.camera("door").orElseThrow().status())
          .returns(RelayState.CONNECTING, CameraStatus::state)
          .satisfies(status -> assertThat(status.reason()).contains("404"));
    }
  }

  /** The change waits for the connection to be closed, and the suspension has come meanwhile. */
  @Test
  void aSuspensionHoldsThoughAChangeCameJustBefore() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        SimulatedCamera other = SimulatedCamera.builder().start()) {
      Source source = add(camera, RelayedCameraOptions.defaults());
      describe(source);
      relay.change("door", Camera.at(other.url()), RelayedCameraOptions.defaults());
      relay.suspend("door", "a test").toCompletableFuture().get(60, TimeUnit.SECONDS);
      for (int later = 0; later < 10; later++) {
        describe(source); // on its loop, behind what was to be done there
      }
      assertThat(relay.camera("door").orElseThrow().stream()).isEmpty();
      camera.awaitConnections(0, BOUND);
    }
  }

  /** A wrong password at each of two addresses is not tried again each second. */
  @Test
  void aCameraThatGaveUpAtItsLastAddressRests() {
    Camera camera = Camera.at("rtsp://192.0.2.1/a", "rtsp://192.0.2.2/a");
    RelayedCameraOptions options =
        RelayedCameraOptions.defaults().withOnDemand(true).withStandby(inOrder(1));
    RelayedCamera door = relay.add("door", camera, options);
    try (RtspClient client = new RtspClient()) {
      Standby standby = new Standby(door, new RelayPath(new SecureRandom()), client, loop());
      assertThat(standby.tick(RelayState.FAILED)).isEqualTo(Standby.Advice.NEXT);
      assertThat(standby.tick(RelayState.FAILED)).isEqualTo(Standby.Advice.STAY);
    }
  }

  private static StandbyOptions inOrder(int seconds) {
    return new StandbyOptions(true, Duration.ofSeconds(seconds), Duration.ofSeconds(1));
  }

  /**
   * Seconds pass here: an address is given up after one at the least, and only once the first has
   * played, however slow this machine is. The trial of the first leaves the back channel, which
   * cameras give to one client, to the connection that follows.
   */
  @Test
  void aStandbyIsUsedWhileTheFirstAddressIsNotThere() throws Exception {
    SimulatedCamera first = SimulatedCamera.builder().set(Knob.BACKCHANNEL, true).start();
    int port = URI.create(first.url()).getPort();
    try (SimulatedCamera second = SimulatedCamera.builder().set(Knob.BACKCHANNEL, true).start()) {
      Camera both = Camera.at(first.url(), second.url()).withBackChannel(true);
      RelayedCameraOptions keep = RelayedCameraOptions.defaults().withWhileAway(WhileAway.KEEP);
      List<String> closed = new CopyOnWriteArrayList<>();
      relay.addListener(closings(closed));
      Source source = relay.add("door", both, keep.withStandby(inOrder(30))).source();
      describe(source);
      CollectingReader reader = new CollectingReader();
      source.attach(reader, INFO, Set.of(0, 1), loop());
      reader.await(r -> r.video().size() > 5);
      assertThat(second.report().events(Kind.PLAYING)).isEmpty();
      relay.change("door", both, keep.withStandby(inOrder(2)));
      first.close();
      second.awaitConnections(1, BOUND);
      int seen = reader.video().size();
      reader.await(r -> r.video().size() > seen + 5);

      try (SimulatedCamera again =
          SimulatedCamera.builder().set(Knob.BACKCHANNEL, true).port(port).start()) {
        again.awaitConnections(1, BOUND);
        second.awaitConnections(0, BOUND);
        int before = reader.video().size();
        reader.await(r -> r.video().size() > before + 5);
        assertThat(relay.camera("door").orElseThrow().status().state())
            .isEqualTo(RelayState.PLAYING);
        assertNoGap(reader.video());
        assertThat(reader.ended()).isEmpty();
        assertThat(again.report().events(Kind.REQUEST))
            .filteredOn(e -> e.detail().startsWith("SETUP") && e.detail().contains("trackID=3"))
            .hasSize(1);
        assertThat(closed)
            .contains("another connection took its place")
            .doesNotContain("closed by the caller");
      }
    }
  }

  /** Takes why streams are closed. */
  private static RelayListener closings(List<String> reasons) {
    CameraListener each =
        new CameraListener() {
          @Override
          public void state(CameraStream of, CameraState from, CameraState to, String reason) {
            if (to == CameraState.CLOSED) {
              reasons.add(reason);
            }
          }
        };
    return new RelayListener() {
      @Override
      public CameraListener streams(RelayedCamera camera) {
        return each;
      }
    };
  }

  @Test
  void aReaderStaysWhileItsCameraIsSomewhereElse() throws Exception {
    try (SimulatedCamera one = SimulatedCamera.builder().start();
        SimulatedCamera other = SimulatedCamera.builder().start()) {
      Source source = add(one, RelayedCameraOptions.defaults());
      describe(source);
      CollectingReader reader = new CollectingReader();
      source.attach(reader, INFO, Set.of(0, 1), loop());
      reader.await(r -> r.video().size() > 10);
      Camera next = Camera.at(other.url());
      RelayedCameraOptions onDemand = RelayedCameraOptions.defaults().withOnDemand(true);
      assertThat(relay.change("door", next, onDemand)).isTrue();
      one.awaitConnections(0, BOUND);
      other.await(report -> !report.events(Kind.PLAYING).isEmpty(), BOUND);
      int seen = reader.video().size();
      reader.await(r -> r.video().size() > seen + 10);
      assertNoGap(reader.video());
      assertThat(reader.ended()).isEmpty();
      assertThat(relay.camera("door").orElseThrow().camera()).isEqualTo(next);
      assertThat(relay.camera("door").orElseThrow().options()).isEqualTo(onDemand);
    }
  }

  @Test
  void aSuspendedCameraIsNotConnectedThoughSomeoneReadsIt() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Source source = add(camera, RelayedCameraOptions.defaults());
      describe(source);
      CollectingReader reader = new CollectingReader();
      source.attach(reader, INFO, Set.of(0), loop());
      reader.await(r -> r.video().size() > 10);
      relay.suspend("door", "a test").toCompletableFuture().get(60, TimeUnit.SECONDS);
      camera.awaitConnections(0, BOUND);
      int seen = reader.video().size();
      reader.await(r -> r.video().size() > seen + 2); // the last key frame, each second
      assertThat(camera.report().events(Kind.PLAYING)).hasSize(1);
      assertThat(relay.camera("door").orElseThrow().status().reason()).isEqualTo("a test");
      assertThat(reader.ended()).isEmpty();
    }
  }

  @Test
  void aNameIsOfLettersAndDigitsAndNotTaken() {
    Camera camera = Camera.at("rtsp://127.0.0.1:9/stream");
    RelayedCameraOptions options = RelayedCameraOptions.defaults().withOnDemand(true);
    assertThatThrownBy(() -> relay.add("../etc", camera, options))
        .isInstanceOf(InvalidOptionException.class);
    relay.add("door", camera, options);
    assertThatThrownBy(() -> relay.add("door", camera, options))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("no camera has yet");
  }
}
