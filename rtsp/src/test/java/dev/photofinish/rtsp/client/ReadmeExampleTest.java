package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The README's Java example is this code, and it runs. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReadmeExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/dev/photofinish/rtsp/client/ReadmeExampleTest.java");

  private static StreamStatistics watch(String url, int packets) throws Exception {
    // example
    Camera camera =
        Camera.at(url).withRace(RaceOptions.builder().connectionRacing(Strategy.HYBRID).build());
    CountDownLatch received = new CountDownLatch(packets);
    CameraListener listener =
        new CameraListener() {
          @Override
          public void packet(CameraStream stream, RtpPacket packet) {
            received.countDown();
          }

          @Override
          public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
            System.out.println(from + " -> " + to + ": " + reason);
          }
        };
    try (RtspClient client = new RtspClient();
        CameraStream stream = client.open(camera, listener)) { // waits until it plays
      received.await();
      return stream.statistics();
    } // TEARDOWN, then the connection, then the threads
    // end of example
  }

  @Test
  void runs() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      assertThat(watch(camera.url(), 50).packets()).isGreaterThanOrEqualTo(50);
      assertThat(camera.report().connectionsOpen()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void isWhatTheReadmeShows() throws Exception {
    String source = Files.readString(SOURCE);
    String example =
        source.substring(
            source.indexOf("// example\n") + "// example\n".length(),
            source.indexOf("    // end of example"));

    assertThat(Files.readString(Path.of("../README.md")))
        .contains(example.stripTrailing().stripIndent());
  }
}
