package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.relay.PlayerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players that know nothing of low latency read the playlist, through a camera's outages too. */
@Tag("lab")
class HlsLabTest {
  private static final int FRAMES = 300;
  private static final int SEGMENTS = 4;
  private static final String PLAYLIST = "/cameras/door/hls/index.m3u8";
  private static final Duration OUTAGE = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final long LOOK = Duration.ofMillis(100).toNanos();

  @TempDir private Path folder;

  /** Its demultiplexer of HLS does not end with its sink, so that what the sink got is counted. */
  private PlayerProcess gstreamer(String url) throws Exception {
    return PlayerProcess.start(
        folder.resolve("gstreamer"),
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
    try (PageOfCamera page = new PageOfCamera()) {
      String url = page.at("http", PLAYLIST).toString();
      try (PlayerProcess ffmpeg =
              PlayerProcess.ffmpeg(folder.resolve("ffmpeg"), FRAMES, "-i", url);
          PlayerProcess gstreamer = gstreamer(url)) {
        ffmpeg.awaitPictures(50);
        page.camera().dropAll();
        page.camera().await(report -> report.events(Kind.PLAYING).size() >= 2, LIMIT);
        ffmpeg.awaitPictures(100);
        page.camera().reboot(OUTAGE);
        ffmpeg.expectSuccess();
        gstreamer.await(said -> said.filter(line -> line.contains("chain")).count() >= FRAMES);
        assertThat(ffmpeg.said()).contains("frame=" + FRAMES, "progress=end");
        assertThat(ffmpeg.said())
            .noneMatch(line -> line.matches("(?i).*(error|missed|invalid|corrupt).*"));
        assertThat(gstreamer.said()).noneMatch(line -> line.contains("ERROR"));
      }
    }
  }

  /**
   * Chromium plays HLS by itself; not from a playlist of a single segment, which is what who asks
   * first gets.
   */
  @Test
  void aBrowserPlaysOnBehindAnOutage() throws Exception {
    try (Browser browser = Browser.start();
        PageOfCamera page = new PageOfCamera()) {
      awaitSegments(page.at("http", PLAYLIST));
      browser.open(page.at("http", "/api/cameras").toString());
      Object plays =
          browser.value(
              "document.createElement('video').canPlayType('application/vnd.apple.mpegurl')");
      Needs.that(
          "".equals(plays) ? Optional.of("this browser does not play HLS") : Optional.empty(),
          Assumptions::abort);
      browser.value(
          "(window.video = document.createElement('video'), video.muted = true,"
              + " video.src = '"
              + PLAYLIST
              + "',"
              + " document.body.append(video), video.play(), null)");
      String shown = "video.getVideoPlaybackQuality().totalVideoFrames";
      browser.await(shown + " >= 50");
      page.camera().reboot(OUTAGE);
      browser.await(shown + " >= 150");
      browser.await(shown + " >= 250");
      assertThat(browser.value("video.error")).isNull();
    }
  }

  /** A playlist is asked for until it has enough; the first answer waits for a segment. */
  private static void awaitSegments(URI playlist) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ask = HttpRequest.newBuilder(playlist).build();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (segments(client.send(ask, BodyHandlers.ofString()).body()) < SEGMENTS) {
      assertThat(System.nanoTime() - end).isNegative();
      LockSupport.parkNanos(LOOK);
    }
  }

  private static int segments(String playlist) {
    return playlist.split("#EXTINF", -1).length - 1;
  }
}
