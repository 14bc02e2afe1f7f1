package dev.photofinish.relay.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP Live Streaming as its players get it, of low latency too. */
@Timeout(120)
class HlsTest {
  /** The playlist as soon as it has a segment. */
  private static final String FIRST = "index.m3u8?_HLS_msn=0";

  private static final int PICTURES_OF_A_PART = 8;
  private static final int MOST_WAITING = 256;

  private final FakeCameras cameras = new FakeCameras();
  private final FakeSource source = cameras.put("door", "H264").source();
  private final TestFrames frames = new TestFrames();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server =
      WebServer.builder(cameras)
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .connections(2 * MOST_WAITING, 2 * MOST_WAITING)
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

  private HttpRequest to(String file) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:" + server.address().getPort() + "/cameras/door/hls/" + file))
        .build();
  }

  private HttpResponse<String> get(String file) throws Exception {
    return client.send(to(file), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> ask(String file) {
    return client.sendAsync(to(file), BodyHandlers.ofString());
  }

  private void pictures(int count) {
    for (int i = 0; i < count; i++) {
      source.send(frames.picture(false));
    }
  }

  /** A first segment is there, and the first picture of the second; its playlist. */
  private String begin() throws Exception {
    return begin(1);
  }

  /** The same, with segments so long that requests wait for 18 s. */
  private String beginLong() throws Exception {
    return begin(6);
  }

  private String begin(int seconds) throws Exception {
    source.send(frames.picture(true));
    CompletableFuture<HttpResponse<String>> playlist = ask(FIRST);
    while (source.viewers() == 0) { // the request is on its way; the test's time is bounded
      Thread.onSpinWait();
    }
    pictures(seconds * TestFrames.RATE - 1);
    source.send(frames.picture(true));
    assertThat(playlist.join().headers().firstValue("content-type"))
        .contains("application/vnd.apple.mpegurl");
    return playlist.join().body();
  }

  private static int count(byte[] content, String type) {
    return new String(content, US_ASCII).split(type, -1).length - 1;
  }

  @Test
  void servesSegments() throws Exception {
    assertThat(begin()).contains("#EXTINF:1.000,\n0.m4s\n");
    byte[] header = client.send(to("init1.mp4"), BodyHandlers.ofByteArray()).body();
    assertThat(new String(header, 4, 4, US_ASCII)).isEqualTo("ftyp");
    byte[] segment = client.send(to("0.m4s"), BodyHandlers.ofByteArray()).body();
    assertThat(count(segment, "moof")).isEqualTo(TestFrames.RATE);
    assertThat(get("9.m4s").statusCode()).isEqualTo(404);
  }

  @Test
  void aBlockingReloadIsAnsweredWithThePartThatItWaitsFor() throws Exception {
    assertThat(beginLong()).endsWith("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"p1.m4s\"\n");
    CompletableFuture<HttpResponse<String>> playlist = ask("index.m3u8?_HLS_msn=1&_HLS_part=0");
    CompletableFuture<HttpResponse<byte[]>> part =
        client.sendAsync(to("p1.m4s"), BodyHandlers.ofByteArray());
    pictures(PICTURES_OF_A_PART - 2);
    assertThat(get(FIRST).body()).doesNotContain("EXT-X-PART:");
    assertThat(playlist).isNotDone();
    pictures(1);
    assertThat(playlist.join().body())
        .endsWith(
            """
            #EXT-X-PART:DURATION=0.320,URI="p1.m4s",INDEPENDENT=YES
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="p2.m4s"
            """);
    assertThat(count(part.join().body(), "moof")).isEqualTo(PICTURES_OF_A_PART);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_HLS_part=0", "_HLS_msn=x", "_HLS_msn=1&_HLS_part=-1", "_HLS_msn=3", "_HLS_msn="})
  void whatCannotBeWaitedForIsABadRequest(String directives) throws Exception {
    begin();
    assertThat(get("index.m3u8?" + directives).statusCode()).isEqualTo(400);
  }

  @Test
  void aRequestThatWaitsForThreeTargetDurationsIsRefused() throws Exception {
    begin();
    CompletableFuture<HttpResponse<String>> part = ask("p1.m4s");
    HttpResponse<String> playlist = get("index.m3u8?_HLS_msn=1&_HLS_part=0");
    assertThat(playlist.statusCode()).isEqualTo(503);
    assertThat(playlist.body()).isEqualTo("The camera has sent no picture in time.\n");
    assertThat(part.join().statusCode()).isEqualTo(503);
    assertThat(get(FIRST).statusCode()).isEqualTo(200);
  }

  @Test
  void theEndOfTheCameraEndsWhatWaits() throws Exception {
    beginLong();
    CompletableFuture<HttpResponse<String>> playlist = ask("index.m3u8?_HLS_msn=1&_HLS_part=0");
    CompletableFuture<HttpResponse<String>> part = ask("p1.m4s");
    assertThat(get(FIRST).statusCode()).isEqualTo(200); // they are there before it
    cameras.remove("door");
    for (CompletableFuture<HttpResponse<String>> answer : List.of(playlist, part)) {
      boolean isLate = answer.join().statusCode() == 404; // it came after the end
      assertThat(isLate || answer.join().body().equals("The camera's stream has ended.\n"))
          .isTrue();
    }
  }

  @Test
  void theEndOfTheServerEndsWhatWaitsAndLeavesTheCamera() throws Exception {
    beginLong();
    try (Socket waiting = open("index.m3u8?_HLS_msn=1&_HLS_part=0")) {
      server.close();
      assertThat(isEnded(waiting)).isTrue();
    }
    assertThat(source.viewers()).isZero();
  }

  private static boolean isEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true; // by a reset, where the request was not read
    }
  }

  private Socket open(String file) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    String request = "GET /cameras/door/hls/" + file + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  private int statusOf(Socket socket) throws IOException {
    return Integer.parseInt(
        new String(socket.getInputStream().readNBytes(12), US_ASCII).substring(9));
  }

  /** Whether a request that would wait is refused at once. */
  private boolean isRefused(Socket request) throws IOException {
    request.setSoTimeout(1_000);
    try {
      assertThat(statusOf(request)).isEqualTo(503);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** As many as may wait for a camera, whose connections are closed, keep no one else out. */
  @Test
  void requestsWhoseConnectionsAreClosedWaitNoLonger() throws Exception {
    beginLong();
    String part = "index.m3u8?_HLS_msn=1&_HLS_part=0";
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < MOST_WAITING; i++) {
      sockets.add(open(part));
    }
    boolean isFull = false;
    while (!isFull) { // one that came before them took a place; the test's time is bounded
      Socket another = open(part);
      sockets.add(another);
      isFull = isRefused(another);
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    pictures(PICTURES_OF_A_PART - 1);
    int status = 503;
    for (int next = 1; status == 503; next++) { // the test's time is bounded
      var last = ask("index.m3u8?_HLS_msn=1&_HLS_part=" + next);
      pictures(PICTURES_OF_A_PART);
      status = last.join().statusCode();
    }
    assertThat(status).isEqualTo(200);
  }
}
