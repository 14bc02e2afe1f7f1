package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.RaceOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The history that the races of one client's streams share. */
@Timeout(120)
class StreamHistoryTest {
  private static final CameraListener NOBODY = new CameraListener() {};

  @TempDir private Path folder;

  @Test
  void allStreamsOfAClientShareOneHistory() throws Exception {
    Path file = folder.resolve("history");
    RaceOptions deaf = RaceOptions.builder().history(false).build();
    try (SimulatedCamera front = SimulatedCamera.builder().start();
        SimulatedCamera yard = SimulatedCamera.builder().start();
        SimulatedCamera unlearnt = SimulatedCamera.builder().start()) {
      try (SharedHistory history = SharedHistory.in(file);
          RtspClient client = RtspClient.builder().history(history).build()) {
        client.open(Camera.at(front.url()), NOBODY);
        client.open(Camera.at(yard.url()), NOBODY);
        client.open(Camera.at(unlearnt.url()).withRace(deaf), NOBODY);
      }

      assertThat(Files.readString(file))
          .contains(address(front) + " - ", address(yard) + " - ")
          .doesNotContain(address(unlearnt));
    }
  }

  private static String address(SimulatedCamera camera) {
    return URI.create(camera.url()).getAuthority();
  }
}
