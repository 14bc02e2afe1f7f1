package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** Pictures that each have their number in the slice, the first of them a key frame. */
  private static byte[] annexB(int pictures) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String sets = "000000016742c00dd90141fb0110000003001000000303c0f14299" + "0000000168cb83cb20";
    out.writeBytes(HexFormat.of().parseHex(sets));
    for (int i = 0; i < pictures; i++) {
      out.writeBytes(new byte[] {0, 0, 0, 1, (byte) (i == 0 ? 0x65 : 0x41), (byte) 0x88});
      out.writeBytes(new byte[] {(byte) i, 0x55});
    }
    return out.toByteArray();
  }

  /** The numbers of pictures that follow each other at a reader of the server. */
  private static List<Integer> numbers(RtspClient client, String url, int count) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    try (FrameReader reader = client.readFrames(Camera.at(url))) {
      while (numbers.size() < count) {
        Frame frame = reader.next(Duration.ofSeconds(30)).orElseThrow();
        assertThat(frame.lost()).isZero();
        numbers.add((int) frame.unit(frame.unitCount() - 1).getByte(2));
        frame.release();
      }
    }
    return numbers;
  }

  @Test
  void readersOfTheServerSeeEachPictureOfAFile(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("video.h264"), annexB(25));
    Cli cli = new Cli();
    try (Relay relay = Relay.start();
        RtspServer server = serve(relay);
        RtspClient client = new RtspClient()) {
      relay.addPublished("door", RelayedCameraOptions.defaults());
      String to = "rtsp://127.0.0.1:" + server.address().getPort() + "/door";
      CompletableFuture<Cli.Result> result =
          CompletableFuture.supplyAsync(
              () ->
                  cli.execute(
                      "publish", "--json", "--loop=on", "--frame-rate=100", file.toString(), to));
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        expected.add(i % 25);
      }
      assertThat(numbers(client, to, 60)).isEqualTo(expected);
      cli.stop().request();
      Cli.Result ended = result.get(30, TimeUnit.SECONDS);
      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(ended.json("published").get(0).keySet())
          .isEqualTo(Objects.requireNonNull(JsonLinesTest.documented().get("published")).keySet());
      assertThat(ended.json("summary").get(0))
          .containsKeys("sentFrames", "unsentFrames", "sentPackets")
          .containsEntry("camera", file.toString());
    }
  }

  @Test
  void standardInputIsPublishedToItsEnd() throws Exception {
    try (Relay relay = Relay.start();
        RtspServer server = serve(relay)) {
      relay.addPublished("door", RelayedCameraOptions.defaults());
      String to = "rtsp://127.0.0.1:" + server.address().getPort() + "/door";
      Cli.Result ended =
          new Cli().input(annexB(20)).execute("publish", "--frame-rate=500", "-", to);
      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(ended.out()).contains("-: publishes to " + to).contains("-: 20 frames sent");
    }
  }

  @Test
  void aFileThatTheServerDoesNotTakeIsAFailure() throws Exception {
    try (SimulatedCamera server = SimulatedCamera.builder().start()) {
      Cli.Result result =
          new Cli()
              .input(annexB(1))
              .execute("publish", "--max-reconnection-attempts=0", "-", server.url());
      assertThat(result.exit()).isOne();
      assertThat(result.out()).contains("gave up").contains("405").contains("-: 0 frames sent");
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
