package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.media.RecordingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings that the API starts, and their files. */
@Timeout(120)
class RecordingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PRESENT = "/api/cameras/door/recording";

  @TempDir private Path folder;
  private final FakeCameras cameras = new FakeCameras();
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server = WebServer.builder(cameras).build();
  private FakeCamera door = cameras.put("door", "H264");

  @BeforeEach
  void start() throws Exception {
    server.close();
    server =
        WebServer.builder(cameras)
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .recordings(RecordingOptions.in(folder.resolve("cameras")))
            .build();
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    cameras.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private JsonNode json(String path) throws Exception {
    return JSON.readTree(send(to(path)).body());
  }

  /** Records a second; returns the path of its file. */
  private String record() throws Exception {
    assertThat(send(to(PRESENT).PUT(BodyPublishers.noBody())).statusCode()).isEqualTo(201);
    assertThat(send(to(PRESENT).PUT(BodyPublishers.noBody())).statusCode()).isEqualTo(204);
    assertThat(json("/api/cameras/door").get("recording").asBoolean()).isTrue();
    TestFrames frames = new TestFrames();
    for (int i = 0; i < TestFrames.RATE; i++) {
      door.source().send(frames.picture(false));
    }
    assertThat(send(to(PRESENT).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(to(PRESENT).DELETE()).statusCode()).isEqualTo(404);
    JsonNode list = json("/api/cameras/door/recordings");
    new ApiDescription(json("/api/openapi.json"))
        .check("/api/cameras/{name}/recordings", "get", 200, list);
    assertThat(list.get("recording").asBoolean()).isFalse();
    assertThat(list.get("files")).hasSize(1);
    assertThat(list.get("files").get(0).get("frames").asInt()).isEqualTo(TestFrames.RATE);
    return "/cameras/door/recordings/" + list.get("files").get(0).get("name").asText();
  }

  @Test
  void aRecordingIsListedAndServed() throws Exception {
    String path = record();
    HttpResponse<byte[]> file = send(to(path));
    assertThat(file.headers().firstValue("content-type")).contains("video/mp4");
    assertThat(file.headers().firstValue("accept-ranges")).contains("bytes");
    assertThat(new String(file.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    String playlist =
        new String(send(to("/cameras/door/recordings/index.m3u8")).body(), StandardCharsets.UTF_8);
    assertThat(playlist).startsWith("#EXTM3U").contains(path.substring(path.lastIndexOf('/') + 1));
    HttpResponse<byte[]> head = send(to(path).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.headers().firstValue("content-length")).contains("" + file.body().length);
    assertThat(json("/api/cameras").get("cameras")).hasSize(1); // the connection goes on
  }

  @ParameterizedTest
  @CsvSource({"bytes=4-7,4,8", "bytes=4-,4,-1", "bytes=-8,-8,-1", "bytes=9-999999999,9,-1"})
  void aPartIsServed(String range, int from, int to) throws Exception {
    String path = record();
    byte[] whole = send(to(path)).body();
    HttpResponse<byte[]> part = send(to(path).header("Range", range));
    int first = from < 0 ? whole.length + from : from;
    int end = to < 0 ? whole.length : to;
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, first, end));
    assertThat(part.headers().firstValue("content-range"))
        .contains("bytes " + first + "-" + (end - 1) + "/" + whole.length);
  }

  @Test
  void aPartThatIsNotThereIsRefused() throws Exception {
    String path = record();
    HttpResponse<byte[]> none = send(to(path).header("Range", "bytes=99999999-"));
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.headers().firstValue("content-range").orElseThrow()).startsWith("bytes */");
    assertThat(send(to(path).header("Range", "pages=1-2")).statusCode()).isEqualTo(200);
    assertThat(send(to(path).header("Range", "bytes=7-3")).statusCode()).isEqualTo(200);
    assertThat(send(to(path).header("Range", "bytes=0-1,4-5")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/cameras/door/recordings/..%2F..%2Fsecret.mp4",
        "/cameras/door/recordings/%2E%2E%2Fsecret.mp4",
        "/cameras/door/recordings/index.json",
        "/cameras/door/recordings/.lock",
        "/cameras/door/recordings/stranger.mp4",
        "/cameras/..%2Fdoor/recordings/index.m3u8",
        "/cameras/gate/recordings/index.m3u8"
      })
  void nothingElseIsServed(String path) throws Exception {
    record();
    Files.writeString(folder.resolve("secret.mp4"), "secret");
    Files.writeString(folder.resolve("cameras").resolve("door").resolve("stranger.mp4"), "secret");
    assertThat(send(to(path)).statusCode()).isEqualTo(404);
  }

  @Test
  void aCameraThatGoesEndsItsRecording() throws Exception {
    send(to(PRESENT).PUT(BodyPublishers.noBody()));
    door.source().send(new TestFrames().picture(true));
    cameras.remove("door");
    door = cameras.put("door", "H264");
    assertThat(json("/api/cameras/door").get("recording").asBoolean()).isFalse();
    assertThat(send(to(PRESENT).PUT(BodyPublishers.noBody())).statusCode()).isEqualTo(201);
  }

  @Test
  void aServerClosesWhenTheRecordingOfACameraThatWentIsFinished() throws Exception {
    send(to(PRESENT).PUT(BodyPublishers.noBody()));
    door.source().send(new TestFrames().picture(true));
    cameras.remove("door");
    server.close();
    assertThat(folder.resolve("cameras/door"))
        .isDirectoryNotContaining("glob:**.part")
        .isDirectoryContaining("glob:**.mp4");
  }
}
