package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.Crowd;
import dev.photofinish.relay.Footprint;
import dev.photofinish.relay.Pace;
import dev.photofinish.relay.source.FakeSource;
import dev.photofinish.rtsp.client.RtspTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that many who do nothing, or next to nothing, cost the one that reads nothing. */
@Isolated // it counts descriptors and threads
@Timeout(120)
class CrowdTest {
  private static final int ALL = 10_000;
  private static final int SERVED = 2_000;
  private static final int OF_ADDRESS = 100;
  private static final Duration REQUEST = Duration.ofSeconds(2);
  private static final int CAMERA_MILLIS = 20;
  private static final int CRUMB_MILLIS = 5;

  /** Far more than come in time, and far fewer bytes than a request may have. */
  private static final int CRUMBS = 800;

  /** The one that reads all the while, and what it is sent. */
  private static final class Reading implements AutoCloseable {
    private final TestServer server;
    private final Viewer viewer;
    private final FakeSource.Reading reading;
    private int sent;

    Reading(TestServer server) throws InterruptedException {
      this.server = server;
      viewer = new Viewer(server.camera(RtspTransport.TCP));
      viewer.awaitFirst(server.source());
      reading = server.source().readings().get(0);
      sent = viewer.awaitAllOf(server.source());
    }

    void send(int packets) {
      server.source().send(0, packets, 1_000);
      sent += packets;
    }

    /** Waits until as many have come as were sent to it. */
    void awaitAll() throws InterruptedException {
      viewer.await("what was sent", v -> v.received() >= sent);
    }

    /** All packets that were sent to it have come, in order. */
    void expectAll() throws InterruptedException {
      awaitAll();
      List<Integer> numbers = viewer.numbers(0);
      int first = numbers.get(0);
      assertThat(numbers)
          .containsExactlyElementsOf(IntStream.range(first, first + sent).boxed().toList());
      assertThat(reading.dropped()).isZero();
    }

    void leave() {
      viewer.stream().close();
    }

    @Override
    public void close() {
      viewer.close();
    }
  }

  @Test
  @Tag("lab") // for its load alone
  void idleConnectionsAreRefusedOrEndAndNothingGrows() throws Exception {
    int count = Crowd.size(ALL, SERVED);
    Assumptions.assumeTrue(
        count > 2 * SERVED, "this process may open too few descriptors (ulimit -n)");
    try (TestServer server =
            new TestServer(o -> o.connections(SERVED).requestTimeout(REQUEST), s -> {});
        Reading reading = new Reading(server)) {
      idle(server, 2 * OF_ADDRESS, reading); // so that all classes are loaded
      Footprint before = Footprint.now();
      idle(server, count, reading);
      before.awaitAgain();
      reading.expectAll();
    }
  }

  private static void idle(TestServer server, int count, Reading reading) throws Exception {
    int ofAddress = 250;
    try (Crowd crowd = new Crowd(server.address(), count, ofAddress, () -> reading.send(1));
        Pace pace = new Pace(CAMERA_MILLIS)) {
      TestServer.await(() -> crowd.open() < SERVED && crowd.openOfAddress() <= OF_ADDRESS);
      pace.run(() -> crowd.open() > 0, () -> reading.send(1));
    }
  }

  /** Each connection sends a byte now and then, so that none is ever silent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIONS rtsp://host/cam RTSP/1.0\r\nCSeq: 1\r\nX-A: ",
        "OPTIONS rtsp://host/",
        "GET /cam HTTP/1.1\r\nx-sessioncookie: ",
        "SET_PARAMETER rtsp://host/cam RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 5000\r\n\r\n",
        "$\u0000@\u0000"
      })
  void requestsInCrumbsEndInTime(String begin) throws Exception {
    Duration request = Duration.ofMillis(500);
    try (TestServer server = new TestServer(o -> o.requestTimeout(request), s -> {});
        Reading reading = new Reading(server);
        Crowd crowd = new Crowd(server.address(), OF_ADDRESS, OF_ADDRESS, () -> {});
        Pace pace = new Pace(CRUMB_MILLIS)) {
      // the first bytes and the request that they begin have their time each
      crowd.sendInCrumbs(
          begin,
          CRUMBS,
          pace,
          () -> {
            reading.send(1);
            reading.awaitAll(); // the server is no further behind than this test
          });
      reading.expectAll();
    }
  }

  @Test
  void readersThatNeverReadAreClosed() throws Exception {
    int stuckOnes = 20;
    List<RawReader> stuck = new ArrayList<>();
    try (TestServer server =
            new TestServer(
                o -> o.queueBytes(1 << 18).writeTimeout(Duration.ofSeconds(1)), s -> {});
        Reading reading = new Reading(server)) {
      for (int i = 0; i < stuckOnes; i++) {
        RawReader one = new RawReader(server.address(), 8_192);
        stuck.add(one);
        one.play(server.url("rtsp"));
      }
      server.awaitReaders(1 + stuckOnes);
      while (server.source().readings().size() > 1) { // the test's time is bounded
        reading.send(100);
        reading.awaitAll();
      }
      reading.expectAll();
      reading.leave();
      TestServer.await(() -> server.source().held() == 0);
    } finally {
      for (RawReader one : stuck) {
        one.close();
      }
    }
  }
}
