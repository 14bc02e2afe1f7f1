package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.relay.rtsp.LoopbackServer;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.rtsp.client.Camera;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players that read a relayed camera through what happens to it. */
@Tag("lab")
class RelayLabTest {
  private static final int DROPS = 4;
  private static final int FRAMES = 250;

  @TempDir private Path folder;

  private PlayerProcess ffmpeg(String transport, String url) throws Exception {
    return PlayerProcess.ffmpeg(
        folder.resolve(transport), FRAMES, "-rtsp_transport", transport, "-i", url);
  }

  @Test
  void playersDecodeOnWhileTheCameraDropsAndStartsAgain() throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg", "gst-launch-1.0");
    List<PlayerProcess> players = new ArrayList<>();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        RtspServer server = LoopbackServer.of(relay).build()) {
      CountDownLatch joined = new CountDownLatch(3);
      relay.addListener(
          new RelayListener() {
            @Override
            public void joined(RelayedCamera of, ReaderInfo reader) {
              if (!reader.transport().equals("test")) {
                joined.countDown();
              }
            }
          });
      Source source =
          relay.add("door", Camera.at(camera.url()), RelayedCameraOptions.defaults()).source();
      server.start();
      String url = "rtsp://127.0.0.1:" + server.address().getPort() + "/door";
      players.add(ffmpeg("tcp", url));
      players.add(ffmpeg("udp", url));
      players.add(
          PlayerProcess.start(
              folder.resolve("gstreamer"),
              "gst-launch-1.0",
              "playbin",
              "uri=" + url.replace("rtsp:", "rtspt:"),
              "flags=video+native-video",
              "video-sink=capsfilter caps=video/x-raw ! fakesink num-buffers=" + FRAMES));
      assertThat(joined.await(60, TimeUnit.SECONDS)).isTrue();
      CollectingReader beside = new CollectingReader();
      source.attach(beside, new ReaderInfo("", "test", ""), Set.of(0), relay.eventLoops().next());
      for (int drop = 1; drop <= DROPS; drop++) {
        int seen = beside.video().size();
        beside.await(reader -> reader.video().size() > seen + 50);
        if (drop == DROPS) {
          camera.reboot(Duration.ofSeconds(2));
        } else {
          camera.dropAll();
        }
        int playing = drop + 1;
        camera.await(
            report -> report.events(Kind.PLAYING).size() >= playing, Duration.ofMinutes(1));
      }
      for (PlayerProcess player : players) {
        player.expectSuccess();
      }
      for (PlayerProcess ffmpeg : players.subList(0, 2)) {
        assertThat(ffmpeg.said()).contains("frame=" + FRAMES, "progress=end");
        assertThat(ffmpeg.said())
            .noneMatch(line -> line.contains("error") || line.contains("missed"));
      }
      assertThat(players.get(2).said()).anyMatch(line -> line.contains("Got EOS"));
    } finally {
      players.forEach(PlayerProcess::close);
    }
  }
}
