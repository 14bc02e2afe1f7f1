package dev.photofinish.relay.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.Crowd;
import dev.photofinish.relay.Footprint;
import dev.photofinish.relay.Pace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Tests that many who ask for nothing, or in crumbs, cost the browser that watches nothing. */
@Isolated // it counts descriptors and threads
@Tag("lab") // for its load, and for the 10 s that a request may take
@Timeout(120)
class WebCrowdTest {
  private static final int ALL = 10_000;
  private static final int SERVED = 1_024;
  private static final int OF_ADDRESS = 128;
  private static final int CAMERA_MILLIS = 20;
  private static final int CRUMB_MILLIS = 20;

  /** A request has 10 s, which its first byte begins anew; far fewer bytes than it may have. */
  private static final int CRUMBS = 15_000 / CRUMB_MILLIS;

  private final FakeCameras cameras = new FakeCameras();
  private final FakeSource source = cameras.put("door", "H264").source();
  private final TestFrames frames = new TestFrames();
  private final SocketMessages watching = new SocketMessages();
  private final WebServer server =
      WebServer.builder(cameras)
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .build();
  private int sent;

  @BeforeEach
  void start() throws Exception {
    server.start();
    URI live = URI.create("ws://127.0.0.1:" + server.address().getPort() + "/cameras/door/live");
    HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(live, watching).join();
    source.send(frames.picture(true));
    watching.skip(3); // what comes, its header, the picture
  }

  @AfterEach
  void close() {
    server.close();
    cameras.close();
  }

  private void picture() {
    source.send(frames.picture(false));
    sent++;
  }

  private void expectAllPictures() throws Exception {
    watching.skip(sent);
    sent = 0;
    picture();
    assertThat(new String(watching.next(), 4, 4, US_ASCII)).isEqualTo("moof");
    sent = 0;
  }

  private void sendWhile(BooleanSupplier condition) throws Exception {
    try (Pace pace = new Pace(CAMERA_MILLIS)) {
      pace.run(condition, this::picture);
    }
  }

  private void idle(int count) throws Exception {
    try (Crowd crowd = new Crowd(server.address(), count, 250, this::picture)) {
      sendWhile(() -> crowd.open() >= SERVED || crowd.openOfAddress() > OF_ADDRESS);
      sendWhile(() -> crowd.open() > 0);
    }
    expectAllPictures();
  }

  @Test
  void idleConnectionsAreRefusedOrEndAndNothingGrows() throws Exception {
    int count = Crowd.size(ALL, SERVED);
    Assumptions.assumeTrue(
        count > 2 * SERVED, "this process may open too few descriptors (ulimit -n)");
    idle(OF_ADDRESS); // so that all classes are loaded
    Footprint before = Footprint.now();
    idle(count);
    before.awaitAgain();
  }

  @Test
  void requestsInCrumbsEndInTime() throws Exception {
    String begin = "GET /api/cameras HTTP/1.1\r\nHost: localhost\r\nX-A: ";
    try (Crowd crowd = new Crowd(server.address(), OF_ADDRESS - 1, 1_000, () -> {});
        Pace pace = new Pace(CRUMB_MILLIS)) {
      crowd.sendInCrumbs(begin, CRUMBS, pace, this::picture);
    }
    expectAllPictures();
  }
}
