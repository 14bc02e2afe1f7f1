package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.message.RangeHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames of a camera that sends H.264 and G.711, with the faults that it is asked for. */
class FramesTest {
  private static final int VIDEO = 0;
  private static final int AUDIO = 1;
  private static final long MS = 1_000_000;
  private static final Offset<Long> ROUNDING = within(MS);
  private static final RetryOptions AT_ONCE =
      RetryOptions.builder().stableAfter(Duration.ZERO).build();

  private final FrameRecorder recorder = new FrameRecorder();
  private final RtspClient client = new RtspClient();

  @AfterEach
  void close() {
    client.close();
  }

  /** A camera that sends everything, however late this machine is. */
  private static SimulatedCamera.Builder punctual() {
    return SimulatedCamera.builder().set(Knob.LATE, Duration.ZERO);
  }

  private static Camera over(SimulatedCamera camera, RtspTransport transport) {
    return Patience.at(camera.url())
        .withRetry(AT_ONCE)
        .withOptions(Patience.options().transport(transport).build());
  }

  private static Camera at(SimulatedCamera camera) {
    return over(camera, RtspTransport.TCP);
  }

  // ---- For listeners

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP"})
  void videoAndAudioComeWholeAndSynchronized(RtspTransport transport) throws Exception {
    try (SimulatedCamera camera = punctual().start()) {
      Instant before = Instant.now();
      client.open(over(camera, transport), recorder);
      recorder.awaitFrames(VIDEO, 30);
      List<Frame> video = recorder.frames(VIDEO);
      List<Frame> audio = recorder.frames(AUDIO);
      assertThat(video.get(0).isKeyFrame()).isTrue();
      assertThat(video.get(0).codec()).isEqualTo(Codec.H264);
      assertThat(video.get(0).format().width()).isPositive();
      assertThat(video.get(0).format().parameterSets()).hasSize(2);
      assertThat(audio.get(0).format().sampleRate()).isEqualTo(8000);
      assertThat(audio).allMatch(f -> f.content().readableBytes() == 160);
      assertInOrder(video, 40 * MS);
      assertInOrder(audio, 20 * MS);
      assertThat(video).allMatch(f -> f.frameTime().isSynchronized());
      assertThat(audio).allMatch(f -> f.frameTime().isSynchronized());
      // Both lie the same on the camera's clock, which is this machine's.
      Instant first = video.get(0).wallClock().orElseThrow();
      assertThat(first).isBetween(before, Instant.now());
      long apart = Duration.between(first, audio.get(0).wallClock().orElseThrow()).toNanos();
      assertThat(audio.get(0).time() - video.get(0).time()).isCloseTo(apart, ROUNDING);
      assertThat(Math.min(video.get(0).time(), audio.get(0).time())).isBetween(-100 * MS, 0L);
    }
  }

  private static void assertInOrder(List<Frame> frames, long interval) {
    for (int i = 1; i < frames.size(); i++) {
      assertThat(frames.get(i).time() - frames.get(i - 1).time()).isCloseTo(interval, ROUNDING);
      assertThat(frames.get(i).isDiscontinuity()).isFalse();
      assertThat(frames.get(i).isDamaged()).isFalse();
      assertThat(frames.get(i).lost()).isZero();
    }
  }

  @Test
  void aReconnectIsADiscontinuityOfEachMediaAndTimesGoOnByTheCamerasClock() throws Exception {
    try (SimulatedCamera camera = punctual().start()) {
      client.open(at(camera), recorder);
      recorder.awaitFrames(VIDEO, 5);
      camera.dropAll();
      for (int track : new int[] {VIDEO, AUDIO}) {
        recorder.await(
            "a discontinuity", r -> r.frames(track).stream().anyMatch(Frame::isDiscontinuity));
      }
      for (int track : new int[] {VIDEO, AUDIO}) {
        List<Frame> frames = recorder.frames(track);
        assertThat(frames).filteredOn(Frame::isDiscontinuity).hasSize(1);
        Frame first = frames.get(0);
        Frame last = frames.get(frames.size() - 1);
        long elapsed =
            Duration.between(first.wallClock().orElseThrow(), last.wallClock().orElseThrow())
                .toNanos();
        assertThat(last.time() - first.time()).isCloseTo(elapsed, within(30 * MS));
        assertThat(frames).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
        assertThat(frames).allMatch(f -> !f.isDamaged());
      }
    }
  }

  /** Also where the other place lies before: times go on, the wall clock says where it is. */
  @Test
  void aSeekIsADiscontinuityAndTimesGoOn() throws Exception {
    try (SimulatedCamera camera = punctual().set(Knob.RECORDING, Duration.ofMinutes(5)).start()) {
      Camera recording = at(camera).withRange(RangeHeader.from(Duration.ofSeconds(60)));
      CameraStream stream = client.open(recording, recorder);
      recorder.awaitFrames(VIDEO, 5);
      stream.seek(RangeHeader.from(Duration.ofSeconds(10))).toCompletableFuture().get();
      for (int track : new int[] {VIDEO, AUDIO}) {
        recorder.await(
            "a discontinuity", r -> r.frames(track).stream().anyMatch(Frame::isDiscontinuity));
        List<Frame> frames = recorder.frames(track);
        assertThat(frames).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
        assertThat(frames).filteredOn(Frame::isDiscontinuity).hasSize(1);
      }
    }
  }

  @Test
  void anotherSourceInMidStreamIsADiscontinuity() throws Exception {
    try (SimulatedCamera camera = punctual().set(Knob.SSRC_CHANGE, 40).start()) {
      client.open(at(camera), recorder);
      recorder.await(
          "two changes", r -> r.frames(AUDIO).stream().filter(Frame::isDiscontinuity).count() >= 2);
      List<Frame> audio = recorder.frames(AUDIO);
      for (int i = 1; i < audio.size(); i++) {
        assertThat(audio.get(i).time()).isGreaterThan(audio.get(i - 1).time());
        assertThat(audio.get(i).isDamaged()).isFalse();
      }
    }
  }

  /** Late packets and those that come twice are of no use where none is waited for. */
  @Test
  void withoutReorderingWhatComesLateIsLostAndMarked() throws Exception {
    ClientOptions unsorted =
        Patience.options().transport(RtspTransport.UDP).reorderWindow(Duration.ZERO).build();
    try (SimulatedCamera camera = punctual().set(Knob.REORDER, 30).start()) {
      client.open(Patience.at(camera.url()).withOptions(unsorted), recorder);
      recorder.awaitFrames(AUDIO, 100);
      List<Frame> audio = recorder.frames(AUDIO);
      assertThat(audio.stream().mapToInt(Frame::lost).sum()).isPositive();
      for (int i = 1; i < audio.size(); i++) {
        assertThat(audio.get(i).time()).isGreaterThan(audio.get(i - 1).time());
      }
    }
  }

  @Test
  void whatAListenerThrowsCostsTheOthersNothing() throws Exception {
    try (SimulatedCamera camera = punctual().start()) {
      CameraListener throwing =
          new CameraListener() {
            @Override
            public void frame(CameraStream stream, MediaStream media, Frame frame) {
              throw new IllegalStateException("thrown on purpose");
            }
          };
      client.open(at(camera), CameraListener.all(throwing, recorder));
      recorder.awaitFrames(VIDEO, 10);
    }
  }

  @Test
  void framesArePutTogetherForThoseAloneWhoTakeThem() {
    CameraListener packets =
        new CameraListener() {
          @Override
          public void packet(CameraStream stream, RtpPacket packet) {}
        };
    assertThat(Listeners.takesFrames(CameraListener.NONE)).isFalse();
    assertThat(Listeners.takesFrames(packets)).isFalse();
    assertThat(Listeners.takesFrames(CameraListener.all(packets, new LogListener()))).isFalse();
    assertThat(Listeners.takesFrames(recorder)).isTrue();
    assertThat(Listeners.takesFrames(new FrameRecorder() {})).isTrue();
    CameraListener all = CameraListener.all(packets, CameraListener.all(recorder));
    assertThat(Listeners.takesFrames(all)).isTrue();
  }

  // ---- For readers

  private static Frame next(FrameReader reader) throws Exception {
    return reader.next(Duration.ofSeconds(60)).orElseThrow();
  }

  @Test
  void aReaderTakesFramesFromAKeyFrameOnAcrossConnections() throws Exception {
    try (SimulatedCamera camera = punctual().start();
        FrameReader reader = client.readFrames(at(camera))) {
      List<Long> times = new ArrayList<>();
      int connections = 0;
      boolean begins = true;
      for (int video = 0; connections < 3; ) {
        Frame frame = next(reader);
        if (frame.track() == VIDEO) {
          begins |= frame.isDiscontinuity();
          assertThat(frame.isKeyFrame() || !begins).isTrue();
          connections += begins ? 1 : 0;
          times.add(frame.time());
          if (++video % 10 == 0) {
            camera.dropAll();
          }
          begins = false;
        }
        frame.release();
      }
      assertThat(times).isSorted().doesNotHaveDuplicates();
      assertThat(reader.dropped()).isZero();
    }
  }

  /** Over TCP the camera waits, so that nothing is lost; it is made to read on again. */
  @Test
  void aSlowReaderMakesTheCameraWait() throws Exception {
    try (SimulatedCamera camera = punctual().start();
        FrameReader reader =
            client.readFrames(
                at(camera), FrameOptions.defaults().withCapacity(4), CameraListener.NONE)) {
      reader.stream().playing().toCompletableFuture().get();
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (reader.stream().autoRead() && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      assertThat(reader.stream().autoRead()).isFalse();
      List<Long> audio = new ArrayList<>();
      while (audio.size() < 40) {
        Frame frame = next(reader);
        if (frame.track() == AUDIO) {
          audio.add(frame.time());
        }
        frame.release();
      }
      for (int i = 1; i < audio.size(); i++) {
        assertThat(audio.get(i) - audio.get(i - 1)).isCloseTo(20 * MS, ROUNDING);
      }
      assertThat(reader.dropped()).isZero();
    }
  }

  @Test
  void overUdpASlowReaderGoesOnAtTheNextKeyFrame() throws Exception {
    try (SimulatedCamera camera = punctual().start();
        FrameReader reader =
            client.readFrames(
                over(camera, RtspTransport.UDP),
                FrameOptions.defaults().withCapacity(8),
                recorder)) {
      recorder.awaitFrames(VIDEO, 20);
      boolean marked = false;
      for (boolean key = true; !marked; ) {
        Frame frame = next(reader);
        if (frame.track() == VIDEO) {
          marked = frame.isDiscontinuity();
          key = frame.isKeyFrame();
          assertThat(key || !marked).isTrue();
        }
        frame.release();
      }
      assertThat(reader.dropped()).isPositive();
      assertThat(reader.stream().autoRead()).isTrue();
    }
  }

  @Test
  void aReaderThatIsClosedReleasesWhatItHas() throws Exception {
    try (SimulatedCamera camera = punctual().start()) {
      FrameReader reader = client.readFrames(at(camera));
      Frame frame = next(reader);
      reader.close();
      assertThat(frame.release()).isTrue();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void aReaderOfAStreamThatGaveUpSaysWhy() throws Exception {
    RetryOptions once = RetryOptions.builder().maxReconnectionAttempts(1).build();
    try (FrameReader reader = client.readFrames(Camera.at("rtsp://127.0.0.1:1/").withRetry(once))) {
      assertThatThrownBy(reader::next).isInstanceOf(CameraFailedException.class);
    }
  }

  @Test
  void nothingWithinTheBoundIsATimeout() throws Exception {
    try (SimulatedCamera camera = punctual().set(Knob.MUTE, true).start();
        FrameReader reader = client.readFrames(at(camera))) {
      assertThatThrownBy(() -> reader.next(Duration.ofMillis(10)))
          .isInstanceOf(TimeoutException.class);
    }
  }
}
