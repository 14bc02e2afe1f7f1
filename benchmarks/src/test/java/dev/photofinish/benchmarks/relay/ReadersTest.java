package dev.photofinish.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.benchmarks.stream.PacedServer;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.rtsp.client.Camera;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the benchmark's readers count is what its camera sends. */
class ReadersTest {
  private static final long BOUND = TimeUnit.SECONDS.toNanos(60);

  /** Milliseconds; more is counted as a second. */
  private static final double LATE = 900;

  private final Latencies latencies = new Latencies();

  private void readsAll(String url, boolean udp) throws Exception {
    try (Readers readers = Readers.start(url, 3, udp)) {
      readers.measure(latencies);
      long before = readers.totals().packets();
      long end = System.nanoTime() + BOUND;
      // Those that wait for a reader come first, and are as old as the machine has stood still.
      while (readers.totals().packets() < before + 300 || !(latencies.millis(0) < LATE)) {
        assertThat(System.nanoTime()).as("packets of three readers").isLessThan(end);
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(readers.totals().lost()).isZero();
      assertThat(readers.ended()).isZero();
      assertThat(latencies.millis(0)).as("the quickest").isBetween(0.0, LATE);
    }
  }

  @Test
  void fromTheCameraItself() throws Exception {
    try (PacedServer camera = new PacedServer(new StampedVideo(2))) {
      readsAll(camera.url(), false);
      assertThatThrownBy(() -> Readers.start(camera.url(), 1, true))
          .isInstanceOf(Handshake.RefusedException.class)
          .hasMessageContaining("461");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void throughTheRelay(boolean udp) throws Exception {
    try (PacedServer camera = new PacedServer(new StampedVideo(2));
        Relay relay = Relay.start();
        RtspServer server =
            RtspServer.builder(relay)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()) {
      relay.add("camera", Camera.at(camera.url()), RelayedCameraOptions.defaults());
      server.start();
      readsAll("rtsp://127.0.0.1:" + server.address().getPort() + "/camera", udp);
    }
  }
}
