package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.RtspTransport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The end of a server: in order, in time, and with nothing left. */
class CloseTest {
  /** For what is promised within 2 s, on a machine that stands still at times. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** How long a server waits for those who do nothing, while it is not closed. */
  private static final Duration NEVER = Duration.ofHours(1);

  @Test
  void endsWhileReadersReadAndLeavesNothing() throws Exception {
    try (Viewer warmUp = new Viewer(Camera.at("rtsp://127.0.0.1:9/"))) {
      warmUp.await("a failure", v -> true);
    }
    long before = Descriptors.count();
    TestServer server = new TestServer(o -> o.writeTimeout(NEVER).requestTimeout(NEVER), s -> {});
    try (Viewer tcp = new Viewer(server.camera(RtspTransport.TCP));
        Viewer udp = new Viewer(server.camera(RtspTransport.UDP));
        Viewer http = new Viewer(server.camera(RtspTransport.HTTP));
        RawReader stuck = new RawReader(server.address(), 8_192);
        RawReader silent = new RawReader(server.address())) {
      stuck.play(server.url("rtsp"));
      silent.send("OPT");
      tcp.awaitFirst(server.source());
      udp.awaitFirst(server.source());
      http.awaitFirst(server.source());
      server.source().send(0, 20_000, 1_000);
      long start = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      server.awaitReaders(0);
      stuck.readToEnd();
      silent.readToEnd();
      TestServer.await(() -> server.source().held() == 0);
    }
    Descriptors.awaitAtMost(before);
  }

  /** RFC 2326 knows no end by the server: TEARDOWN is said to the reader, and BYE by RTCP. */
  @Test
  void saysGoodbye() throws Exception {
    TestServer server = new TestServer();
    try (RawReader reader = new RawReader(server.address())) {
      reader.play(server.url("rtsp"));
      server.awaitReaders(1);
      server.close();
      String end = reader.readToEnd();
      assertThat(end).contains("TEARDOWN rtsp://127.0.0.1");
      assertThat(end).contains("\u0081\u00cb\u0000\u0001\u00124Vx");
    }
  }

  @Test
  void isClosedTwiceAndNotStartedAgain() throws Exception {
    TestServer server = new TestServer();
    server.close();
    server.close();
  }
}
