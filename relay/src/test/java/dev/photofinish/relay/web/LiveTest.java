package dev.photofinish.relay.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live pictures over WebSocket, as a browser gets them. */
@Timeout(120)
class LiveTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeCameras cameras = new FakeCameras();
  private final TestFrames frames = new TestFrames();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server =
      WebServer.builder(cameras)
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .build();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    cameras.close();
  }

  private SocketMessages open(String path) {
    SocketMessages messages = new SocketMessages();
    client
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + server.address().getPort() + path), messages)
        .join();
    return messages;
  }

  private static JsonNode json(SocketMessages messages) throws Exception {
    return JSON.readTree(messages.next());
  }

  private static String box(byte[] content) {
    return new String(content, 4, 4, US_ASCII);
  }

  @Test
  void sendsWhatItIsThenItsHeaderThenAFragmentForEachPicture() throws Exception {
    FakeSource source = cameras.put("door", "H264").source();
    source.send(frames.picture(true));
    source.send(frames.picture(false));
    SocketMessages messages = open("/cameras/door/live");
    JsonNode media = json(messages);
    assertThat(media.get("type").asText()).isEqualTo("media");
    assertThat(media.get("contentType").asText()).isEqualTo("video/mp4; codecs=\"avc1.42c01e\"");
    assertThat(box(messages.next())).isEqualTo("ftyp");
    assertThat(box(messages.next())).isEqualTo("moof");
    assertThat(box(messages.next())).isEqualTo("moof");
    source.send(frames.picture(false));
    assertThat(box(messages.next())).isEqualTo("moof"); // at once, not with the next picture
  }

  @Test
  void aSecondViewerBeginsWithTheLastKeyFrameAndSharesTheRest() throws Exception {
    FakeSource source = cameras.put("door", "H264").source();
    source.send(frames.picture(true));
    SocketMessages first = open("/cameras/door/live");
    first.skip(3);
    source.send(frames.picture(false));
    first.skip(1);
    SocketMessages second = open("/cameras/door/live");
    assertThat(json(second).get("type").asText()).isEqualTo("media");
    assertThat(box(second.next())).isEqualTo("ftyp");
    byte[] group = second.next();
    assertThat(box(group)).isEqualTo("moof");
    assertThat(count(group, "moof")).isEqualTo(2);
    source.send(frames.picture(false));
    assertThat(second.next()).isEqualTo(first.next());
    assertThat(source.viewers()).isEqualTo(1);
  }

  private static int count(byte[] content, String type) {
    int count = 0;
    for (int at = new String(content, US_ASCII).indexOf(type); at >= 0; count++) {
      at = new String(content, US_ASCII).indexOf(type, at + 1);
    }
    return count;
  }

  @Test
  void aCameraThatCameBackWithAnotherPictureIsANewHeader() throws Exception {
    FakeSource source = cameras.put("door", "H264").source();
    source.send(frames.picture(true));
    SocketMessages messages = open("/cameras/door/live");
    messages.skip(3);
    source.send(new TestFrames().larger(10_000_000_000L));
    JsonNode media = json(messages);
    assertThat(media.get("type").asText()).isEqualTo("media");
    assertThat(box(messages.next())).isEqualTo("ftyp");
    assertThat(box(messages.next())).isEqualTo("moof");
  }

  @Test
  void telephoneSoundBecomesFlac() throws Exception {
    FakeSource source = cameras.put("door", "H264", "PCMU").source();
    source.send(frames.picture(true));
    source.send(frames.sound());
    SocketMessages messages = open("/cameras/door/live?audio=1");
    assertThat(json(messages).get("contentType").asText())
        .isEqualTo("video/mp4; codecs=\"avc1.42c01e, flac\"");
    assertThat(new String(messages.next(), US_ASCII)).contains("fLaC", "dfLa");
    messages.skip(2);
    source.send(frames.sound());
    assertThat(box(messages.next())).isEqualTo("moof");
  }

  @Test
  void withoutBeingAskedForThereIsNoSound() throws Exception {
    FakeSource source = cameras.put("door", "H264", "PCMU").source();
    source.send(frames.picture(true));
    source.send(frames.sound());
    SocketMessages messages = open("/cameras/door/live");
    assertThat(json(messages).get("contentType").asText()).doesNotContain("flac");
  }

  @Test
  void saysWhichSoundNoBrowserPlays() throws Exception {
    FakeSource source = cameras.put("door", "H264", "G726-32").source();
    source.send(frames.picture(true));
    SocketMessages messages = open("/cameras/door/live?audio=1");
    assertThat(json(messages).get("leftOut").get(0).asText())
        .isEqualTo("The sound is G726-32, which browsers do not play.");
  }

  @Test
  void viewsACameraOnlyWhileSomeoneWatches() throws Exception {
    FakeSource source = cameras.put("door", "H264").source();
    source.send(frames.picture(true));
    SocketMessages first = open("/cameras/door/live");
    SocketMessages second = open("/cameras/door/live");
    first.skip(3);
    second.skip(3);
    assertThat(source.viewers()).isEqualTo(1);
    first.socket().abort();
    second.socket().abort();
    while (source.viewers() > 0) { // the server sees it soon; the test's time is bounded
      Thread.onSpinWait();
    }
    SocketMessages third = open("/cameras/door/live");
    third.skip(3);
    assertThat(source.viewers()).isEqualTo(1);
  }

  @Test
  void saysWhyACameraEnds() throws Exception {
    FakeSource source = cameras.put("door", "H264").source();
    source.send(frames.picture(true));
    SocketMessages messages = open("/cameras/door/live");
    messages.skip(3);
    cameras.remove("door");
    JsonNode ended = json(messages);
    assertThat(ended.get("type").asText()).isEqualTo("ended");
    assertThat(ended.get("reason").asText()).isEqualTo("removed");
    assertThat(messages.closed()).isEqualTo(1013);
  }

  @Test
  void thereIsNothingToWatchOfACameraThatIsNotThere() {
    assertThatThrownBy(() -> open("/cameras/none/live"))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(404));
  }
}
