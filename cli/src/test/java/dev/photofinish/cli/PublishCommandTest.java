package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The {@code publish} command. */
class PublishCommandTest {
  private static RtspServer serve(Relay relay) throws Exception {
    return RtspServer.builder(relay)
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .eventLoopGroup(relay.eventLoops())
        .build()
        .start();
  }

  @Test
  void readersOfTheServerSeeTheCamera() throws Exception {
    Cli cli = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        RtspServer server = serve(relay);
        RtspClient client = new RtspClient()) {
      relay.addPublished("door", RelayedCameraOptions.defaults());
      String to = "rtsp://127.0.0.1:" + server.address().getPort() + "/door";
      CompletableFuture<Cli.Result> result =
          CompletableFuture.supplyAsync(() -> cli.execute("publish", "--json", camera.url(), to));
      try (CameraStream read = client.open(Camera.at(to))) {
        assertThat(read.streams()).extracting(MediaStream::codec).containsExactly("H264", "PCMU");
      }
      cli.stop().request();
      Cli.Result ended = result.get(30, TimeUnit.SECONDS);
      assertThat(ended.exit()).isZero();
      Map<String, Object> published = ended.json("published").get(0);
      assertThat(published).containsEntry("publishing", "recording").containsEntry("to", to);
      assertThat(published.keySet())
          .isEqualTo(Objects.requireNonNull(JsonLinesTest.documented().get("published")).keySet());
      assertThat(ended.json("summary").get(0)).containsKeys("sentPackets", "unsentPackets");
    }
  }

  @Test
  void aServerThatDoesNotTakeItIsAFailure() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        SimulatedCamera server = SimulatedCamera.builder().start()) {
      Cli.Result result = Cli.run("publish", "--json", "--duration=1s", camera.url(), server.url());
      assertThat(result.exit()).isOne();
      assertThat(result.json("published").get(0))
          .containsEntry("publishing", "lost")
          .extractingByKey("reason")
          .asString()
          .contains("405", "to ANNOUNCE");
    }
  }
}
