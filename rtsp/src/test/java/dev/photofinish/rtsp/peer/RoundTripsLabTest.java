package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of docs/rtsp.md: round trips from the first SYN to the answer of PLAY, 100 ms each, for
 * video and audio over TCP, of our client, FFmpeg's and GStreamer's, and live555's where it is
 * installed.
 */
@Tag("lab")
class RoundTripsLabTest {
  private static final Duration DELAY = Duration.ofMillis(50);
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private int ours(int server, String path) throws Exception {
    try (DelayProxy proxy = new DelayProxy(server, DELAY);
        RtspClient client = new RtspClient()) {
      client.start(Camera.at("rtsp://127.0.0.1:" + proxy.port() + path));
      return proxy.roundTrips(BOUND);
    }
  }

  private int ofFfmpeg(int server, String path) throws Exception {
    return of(
        server,
        path,
        "ffmpeg",
        "-nostdin",
        "-rtsp_transport",
        "tcp",
        "-i",
        "URL",
        "-f",
        "null",
        "-");
  }

  private int ofGstreamer(int server, String path) throws Exception {
    return of(
        server,
        path,
        "gst-launch-1.0",
        "rtspsrc",
        "location=URL",
        "protocols=tcp",
        "name=source",
        "source.",
        "!",
        "fakesink",
        "source.",
        "!",
        "fakesink");
  }

  /** live555's client, which Debian's stable release does not have; empty where there is none. */
  private OptionalInt ofOpenRtsp(int server, String path) throws Exception {
    boolean present =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(in -> Files.isExecutable(Path.of(in, "openRTSP")));
    return present
        ? OptionalInt.of(of(server, path, "openRTSP", "-t", "URL"))
        : OptionalInt.empty();
  }

  private int of(int server, String path, String... command) throws Exception {
    try (DelayProxy proxy = new DelayProxy(server, DELAY)) {
      String url = "rtsp://127.0.0.1:" + proxy.port() + path;
      List<String> words = List.of(command).stream().map(w -> w.replace("URL", url)).toList();
      Process client =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("client.log").toFile())
              .start();
      try {
        return proxy.roundTrips(BOUND);
      } finally {
        client.destroy();
      }
    }
  }

  private void compare(String server, int port, String path) throws Exception {
    int ours = ours(port, path);
    int ffmpeg = ofFfmpeg(port, path);
    int gstreamer = ofGstreamer(port, path);
    OptionalInt openRtsp = ofOpenRtsp(port, path);
    System.out.printf(
        "| %s | %d | %d | %d | %s |%n",
        server, ours, ffmpeg, gstreamer, openRtsp.isEmpty() ? "-" : openRtsp.getAsInt());
    assertThat(ours).isLessThanOrEqualTo(openRtsp.orElse(Integer.MAX_VALUE));
    assertThat(ours).isEqualTo(4).isLessThanOrEqualTo(Math.min(ffmpeg, gstreamer));
  }

  @Test
  void withTheSimulatedCamera() throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg", "gst-launch-1.0");
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      compare("simulated camera", camera.port(), "/stream");
    }
  }

  @Test
  void withTheServerOfGstreamer() throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg", "gst-launch-1.0");
    try (GstServer server = new GstServer("gst-server.py", folder)) {
      compare("GStreamer's server", server.port(), "/pcmu");
    }
  }
}
