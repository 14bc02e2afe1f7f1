package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players that know nothing of low latency read the playlist, through a camera's outages too. */
@Tag("lab")
class HlsLabTest {
  private static final int FRAMES = 300;
  private static final int SEGMENTS = 4;
  private static final Duration OUTAGE = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir private Path folder;

  private Process start(String log, String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }

  private Process ffmpeg(String url) throws Exception {
    return start(
        "ffmpeg",
        "ffmpeg",
        "-nostdin",
        "-v",
        "warning",
        "-progress",
        "-",
        "-i",
        url,
        "-map",
        "0:v",
        "-fps_mode",
        "passthrough",
        "-frames:v",
        String.valueOf(FRAMES),
        "-f",
        "null",
        "-");
  }

  /** Its demultiplexer of HLS does not end with its sink, so that what the sink got is counted. */
  private Process gstreamer(String url) throws Exception {
    return start(
        "gstreamer",
        "gst-launch-1.0",
        "-v",
        "souphttpsrc",
        "location=" + url,
        "!",
        "hlsdemux",
        "!",
        "qtdemux",
        "!",
        "avdec_h264",
        "!",
        "fakesink",
        "silent=false");
  }

  @Test
  void playersDecodeOnWhileTheCameraDropsAndStartsAgain() throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg", "gst-launch-1.0");
    List<Process> players = new ArrayList<>();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        WebServer server =
            WebServer.builder(relay)
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()) {
      server.start();
      relay.add("door", Camera.at(camera.url()), RelayedCameraOptions.defaults());
      String url =
          "http://127.0.0.1:" + server.address().getPort() + "/cameras/door/hls/index.m3u8";
      Process ffmpeg = ffmpeg(url);
      players.add(ffmpeg);
      players.add(gstreamer(url));
      await(() -> frames() >= 50);
      camera.dropAll();
      camera.await(report -> report.events(Kind.PLAYING).size() >= 2, LIMIT);
      await(() -> frames() >= 100);
      camera.reboot(OUTAGE);
      assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(ffmpeg.exitValue()).isZero();
      await(() -> said("gstreamer").filter(line -> line.contains("chain")).count() >= FRAMES);
    } finally {
      players.forEach(Process::destroyForcibly);
    }
    assertThat(said("ffmpeg")).contains("frame=" + FRAMES, "progress=end");
    assertThat(said("ffmpeg"))
        .noneMatch(line -> line.matches("(?i).*(error|missed|invalid|corrupt).*"));
    assertThat(said("gstreamer")).noneMatch(line -> line.contains("ERROR"));
  }

  /**
   * Chromium plays HLS by itself; not from a playlist of a single segment, which is what who asks
   * first gets.
   */
  @Test
  void aBrowserPlaysOnBehindAnOutage() throws Exception {
    try (Browser browser = Browser.start();
        SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        WebServer server =
            WebServer.builder(relay)
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()) {
      server.start();
      relay.add("door", Camera.at(camera.url()), RelayedCameraOptions.defaults());
      URI root = URI.create("http://127.0.0.1:" + server.address().getPort());
      await(() -> segments(root.resolve("/cameras/door/hls/index.m3u8")) >= SEGMENTS);
      browser.open(root.resolve("/api/cameras").toString());
      Object plays =
          browser.value(
              "document.createElement('video').canPlayType('application/vnd.apple.mpegurl')");
      Needs.that(
          "".equals(plays) ? Optional.of("this browser does not play HLS") : Optional.empty(),
          Assumptions::abort);
      browser.value(
          "(window.video = document.createElement('video'), video.muted = true,"
              + " video.src = '/cameras/door/hls/index.m3u8',"
              + " document.body.append(video), video.play(), null)");
      String shown = "video.getVideoPlaybackQuality().totalVideoFrames";
      browser.await(shown + " >= 50");
      camera.reboot(OUTAGE);
      browser.await(shown + " >= 150");
      browser.await(shown + " >= 250");
      assertThat(browser.value("video.error")).isNull();
    }
  }

  private static int segments(URI playlist) {
    return HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(playlist).build(), BodyHandlers.ofString())
        .thenApply(answer -> answer.body().split("#EXTINF", -1).length - 1)
        .join();
  }

  private Stream<String> said(String log) {
    try {
      return Files.readAllLines(folder.resolve(log)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int frames() {
    return said("ffmpeg")
        .filter(line -> line.startsWith("frame="))
        .mapToInt(line -> Integer.parseInt(line.substring(6).strip()))
        .max()
        .orElse(0);
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.sleep(100); // between two looks
    }
  }
}
