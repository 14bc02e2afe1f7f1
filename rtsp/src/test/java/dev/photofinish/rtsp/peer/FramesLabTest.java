package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.photofinish.camera.lab.ServerPort;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.RtspTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames of GStreamer's RTSP server: how many, when, and over a reconnect. */
@Tag("lab")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a peer may say nothing
class FramesLabTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  /** Of 25 pictures a second; the server's timestamps are those of its own clock. */
  private static final long PICTURE = 40 * MS;

  @TempDir private Path folder;

  /** Frames of two seconds from one place on, on the heap. */
  private static List<Frame> read(FrameReader reader, int seconds) throws Exception {
    List<Frame> frames = new ArrayList<>();
    long from = 0;
    for (boolean enough = false; !enough; ) {
      Frame frame = reader.next(Duration.ofSeconds(20)).orElseThrow();
      from = frames.isEmpty() ? frame.time() : from;
      frames.add(frame.copy());
      enough = frame.time() - from > seconds * SECOND;
      frame.release();
    }
    return frames;
  }

  private static List<Frame> of(List<Frame> frames, Codec codec) {
    return of(frames, frame -> frame.codec() == codec);
  }

  private static List<Frame> of(List<Frame> frames, Predicate<Frame> which) {
    return frames.stream().filter(which).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP"})
  void videoAndAudioAreWholeAndTogether(RtspTransport transport) throws Exception {
    try (GstServer server = new GstServer("gst-server.py", folder);
        RtspClient client = new RtspClient();
        FrameReader reader =
            client.readFrames(
                Camera.at("rtsp://127.0.0.1:" + server.port() + "/pcmu")
                    .withOptions(ClientOptions.builder().transport(transport).build()))) {
      List<Frame> frames = read(reader, 4);
      List<Frame> video = of(frames, Codec.H264);
      List<Frame> audio = of(frames, Codec.PCMU);
      assertThat(video.get(0).isKeyFrame()).isTrue();
      assertThat(video).allMatch(f -> f.format().width() == 320 && f.format().height() == 240);
      assertThat(frames).allMatch(f -> !f.isDamaged() && f.lost() == 0);
      long pictures = video.get(video.size() - 1).time() - video.get(0).time();
      assertThat((double) pictures / PICTURE).isCloseTo(video.size() - 1, within(0.6));
      long sound = audio.get(audio.size() - 1).time() - audio.get(0).time();
      long samples = audio.stream().limit(audio.size() - 1).mapToLong(Frame::duration).sum();
      assertThat(sound).isCloseTo(samples * SECOND / 8000, within(5 * MS));
      assertThat(video.get(0).frameTime().isSynchronized()).isTrue();
      assertThat(audio.get(0).frameTime().isSynchronized()).isTrue();
      // The server reports for both: by their wall clock they lie as by their time.
      Frame picture = video.get(video.size() - 1);
      Frame tone = audio.get(audio.size() - 1);
      assertThat(picture.wallClock()).isPresent();
      assertThat(tone.wallClock()).isPresent();
      long apart = picture.time() - tone.time();
      assertThat(
              Duration.between(tone.wallClock().orElseThrow(), picture.wallClock().orElseThrow())
                  .toNanos())
          .isCloseTo(apart, within(20 * MS));
    }
  }

  /** The server is ended and started again. */
  @Test
  void timesGoOnOverAReconnect() throws Exception {
    RetryOptions atOnce = RetryOptions.builder().stableAfter(Duration.ZERO).build();
    int port = ServerPort.choose();
    List<Frame> after = new ArrayList<>();
    try (RtspClient client = new RtspClient();
        FrameReader reader =
            client.readFrames(Camera.at("rtsp://127.0.0.1:" + port + "/pcmu").withRetry(atOnce))) {
      List<Frame> all = new ArrayList<>();
      try (GstServer server = new GstServer("gst-server.py", folder, port)) {
        all.addAll(read(reader, 1));
        assertThat(server.port()).isEqualTo(port);
      }
      try (GstServer again = new GstServer("gst-server.py", folder, port)) {
        while (of(after, Codec.H264).size() < 10 || of(after, Codec.PCMU).size() < 5) {
          Frame frame = reader.next(Duration.ofSeconds(20)).orElseThrow();
          after.add(frame.copy());
          frame.release();
        }
        assertThat(again.port()).isEqualTo(port);
      }
      all.addAll(after);
      for (Codec codec : new Codec[] {Codec.H264, Codec.PCMU}) {
        assertGoesOn(of(all, codec));
      }
    }
    assertThat(of(after, Codec.H264).stream().filter(Frame::isDiscontinuity).toList())
        .allMatch(Frame::isKeyFrame);
  }

  private static void assertGoesOn(List<Frame> frames) {
    assertThat(frames).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
    assertThat(of(frames, Frame::isDiscontinuity)).hasSize(1);
    assertThat(frames).allMatch(f -> !f.isDamaged());
    Frame first = frames.get(0);
    int at = frames.indexOf(of(frames, Frame::isDiscontinuity).get(0));
    // It goes on by when frames come; a machine that stood still is ahead of that, and never back.
    long arrived = frames.get(at).arrivedAt() - first.arrivedAt();
    long before = frames.get(at - 1).time() - first.time();
    assertThat(frames.get(at).time() - first.time())
        .isCloseTo(Math.max(arrived, before), within(SECOND));
  }
}
