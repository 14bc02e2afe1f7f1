package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.lab.Lab;
import dev.photofinish.camera.lab.LabProcess;
import dev.photofinish.camera.lab.Needs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FFmpeg and GStreamer play the camera without a complaint. */
@Tag("lab")
class PlayersLabTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** It leaves nothing out where the machine stood still, so that seconds have all their frames. */
  private static SimulatedCamera.Builder camera() {
    return SimulatedCamera.builder().set(Knob.LATE, Duration.ZERO);
  }

  private List<String> ffmpeg(String transport, String url, Path audio) throws Exception {
    return Player.run(
        folder,
        "ffmpeg",
        "-nostdin",
        "-hide_banner",
        "-v",
        "warning",
        "-progress",
        "-",
        "-nostats",
        "-rtsp_transport",
        transport,
        "-t",
        "3",
        "-i",
        url,
        "-map",
        "0:v",
        "-f",
        "null",
        "-",
        "-map",
        "0:a",
        "-f",
        "s16le",
        audio.toString());
  }

  /** {@code -progress} prints name=value lines; everything else is a complaint. */
  private static List<String> complaints(List<String> lines) {
    return lines.stream().filter(line -> !line.matches("\\w+=.*")).toList();
  }

  private static int frames(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("frame="))
        .mapToInt(line -> Integer.parseInt(line.substring(6).strip()))
        .max()
        .orElse(0);
  }

  private static double rootMeanSquare(Path audio) throws Exception {
    ByteBuffer samples = ByteBuffer.wrap(Files.readAllBytes(audio)).order(ByteOrder.LITTLE_ENDIAN);
    double sum = 0;
    for (int i = 0; i + 1 < samples.limit(); i += 2) {
      sum += Math.pow(samples.getShort(i), 2);
    }
    return Math.sqrt(sum / (samples.limit() / 2.0));
  }

  @ParameterizedTest
  @CsvSource({"tcp, pcmu", "tcp, pcma", "udp, pcmu", "http, pcmu"})
  void ffmpegDecodesPictureAndSound(String transport, String codec) throws Exception {
    try (SimulatedCamera camera = camera().set("audio", codec).start()) {
      Path audio = folder.resolve("audio.raw");
      List<String> said = ffmpeg(transport, camera.url(), audio);

      assertThat(complaints(said)).isEmpty();
      assertThat(frames(said)).isBetween(70, 78);
      assertThat(Files.size(audio))
          .as("three seconds of 8 kHz, 16 bits")
          .isBetween(44_000L, 52_000L);
      assertThat(rootMeanSquare(audio)).as("a sine of amplitude 1640").isBetween(1100.0, 1220.0);
      assertThat(camera.report().requests("TEARDOWN")).isEqualTo(1);
      assertThat(camera.report().sessionsLeftBehind()).isZero();
      assertThat(camera.report().events(Kind.POST_JOINED))
          .hasSize(transport.equals("http") ? 1 : 0);
    }
  }

  /**
   * With playbin, which links its pads itself: what gst-launch links later, a pad for each medium
   * that appears, fails now and then.
   */
  @ParameterizedTest
  @CsvSource({"tcp, rtspt", "udp, rtspu", "http, rtsph"})
  void gstreamerDecodesPictureAndSound(String transport, String scheme) throws Exception {
    try (SimulatedCamera camera = camera().start()) {
      List<String> said =
          Player.run(
              folder,
              "gst-launch-1.0",
              "-m",
              "playbin",
              "uri=" + camera.url().replace("rtsp:", scheme + ":"),
              "flags=video+audio+native-video+native-audio+soft-volume",
              "video-sink=capsfilter caps=video/x-raw,width=320,height=240"
                  + " ! fakesink num-buffers=75",
              "audio-sink=capsfilter caps=audio/x-raw,rate=8000 ! fakesink num-buffers=150");

      assertThat(complaintsOfGstreamer(said))
          .as("with what the camera saw: %s", camera.report().events())
          .isEmpty();
      assertThat(said).anyMatch(Player::isEnd);
      assertThat(camera.report().events(Kind.PLAYING)).hasSize(1);
      assertThat(camera.report().events(Kind.POST_JOINED))
          .hasSize(transport.equals("http") ? 1 : 0);
    }
  }

  /**
   * Up to the end of the stream: rtspsrc may complain of its own PAUSE, which its TEARDOWN
   * interrupts.
   */
  private static List<String> complaintsOfGstreamer(List<String> lines) {
    return lines.stream()
        .takeWhile(line -> !line.startsWith("Setting pipeline to NULL"))
        .filter(line -> line.matches("(?i).*(warning|error|critical).*"))
        .toList();
  }

  /** From a namespace: players join by the default route's interface. */
  @Test
  void bothJoinItsGroup() throws Exception {
    Needs.lab(Assumptions::abort);
    try (Lab lab = Lab.open();
        SimulatedCamera camera = camera().set("address", lab.client4().getHostAddress()).start()) {
      lab.server().run("ip", "route", "add", "default", "via", lab.client4().getHostAddress());
      List<String> said =
          lab.server()
              .run(
                  "ffmpeg",
                  "-nostdin",
                  "-v",
                  "warning",
                  "-progress",
                  "-",
                  "-rtsp_transport",
                  "udp_multicast",
                  "-t",
                  "3",
                  "-i",
                  camera.url(),
                  "-f",
                  "null",
                  "-")
              .lines()
              .toList();
      assertThat(frames(said)).isBetween(70, 78);
      List<String> gstreamer;
      try (LabProcess process =
          lab.server()
              .start(
                  LIMIT,
                  "gst-launch-1.0",
                  "rtspsrc",
                  "location=" + camera.url(),
                  "protocols=udp-mcast",
                  "name=source",
                  "source.",
                  "!",
                  "application/x-rtp,media=video",
                  "!",
                  "decodebin",
                  "!",
                  "fakesink",
                  "num-buffers=75")) {
        assertThat(process.awaitExit(LIMIT)).isPresent();
        gstreamer = process.output();
      }
      assertThat(gstreamer).anyMatch(Player::isEnd);
      assertThat(camera.report().events(Kind.PLAYING)).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "auth, basic",
    "auth, digest",
    "answer-ms, 100",
    "rtcp-before-play, on",
    "get-parameter, off",
    "address, ::1",
    "fps, 10",
    "fps, 60"
  })
  void ffmpegPlaysUnderHarmlessKnobs(String knob, String value) throws Exception {
    try (SimulatedCamera camera =
        camera()
            .set("user", knob.equals("auth") ? "admin" : "")
            .set("password", "secret")
            .set(knob, value)
            .start()) {
      List<String> said = ffmpeg("tcp", camera.urlWithCredentials(), folder.resolve("audio.raw"));

      assertThat(complaints(said)).isEmpty();
      assertThat(frames(said)).isGreaterThan(25);
      assertThat(camera.report().wrongCredentials()).isZero();
    }
  }

  @Test
  void ffmpegPlaysOverTls() throws Exception {
    try (SimulatedCamera camera = camera().tls().start()) {
      List<String> said = ffmpeg("tcp", camera.url(), folder.resolve("audio.raw"));

      assertThat(complaints(said)).isEmpty();
      assertThat(frames(said)).isGreaterThan(70);
    }
  }

  @Test
  void ffmpegFollowsARedirect() throws Exception {
    try (SimulatedCamera target = camera().start();
        SimulatedCamera camera = camera().set("redirect", target.url()).start()) {
      assertThat(frames(ffmpeg("tcp", camera.url(), folder.resolve("audio.raw"))))
          .isGreaterThan(70);
    }
  }
}
