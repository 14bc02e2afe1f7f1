package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.limiter.DialGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests that the streams of cameras in a group dial within its cap. */
class DialGroupStreamTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @Test
  void othersOfTheGroupWaitWhileOneDials() throws Exception {
    DialGroup group = new DialGroup(1);
    // It takes connections and says nothing: the first dial stays in progress.
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        RtspClient client = new RtspClient()) {
      Camera camera =
          Camera.at("rtsp://127.0.0.1:" + silent.getLocalPort() + "/").withDialGroup(group);
      for (int i = 0; i < 3; i++) {
        client.start(camera);
      }
      long end = System.nanoTime() + BOUND.toNanos();
      while (group.taken() != 1 || group.waiting() != 2) {
        assertThat(end - System.nanoTime()).as("time left").isPositive();
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    assertThat(group.waiting()).isZero();
  }
}
