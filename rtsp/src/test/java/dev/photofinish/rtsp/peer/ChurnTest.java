package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A hundred thousand streams of one client, opened and closed at random moments of their lives:
 * before the race, in it, at the first packet, after some. When all are closed there are as many
 * descriptors, threads and sessions as before, the heap has not grown, and Netty's leak detector
 * has found nothing.
 *
 * <p>{@code -Dphotofinish.streams} asks for another number, {@code -Dphotofinish.seed} repeats a
 * run.
 */
@Tag("churn")
class ChurnTest {
  private static final int TOGETHER = 128;
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final long HEAP_TOLERANCE = 16L << 20;
  private static final int THREAD_TOLERANCE = 4; // the JDK's own pools

  private final long seed = Long.getLong("photofinish.seed", System.nanoTime());
  private final int streams = Integer.getInteger("photofinish.streams", 100_000);
  private final Random random = new Random(seed);
  private final AtomicLong played = new AtomicLong();
  private final Semaphore room = new Semaphore(TOGETHER);

  @Test
  void streamsThatComeAndGoLeaveNothingBehind() throws Exception {
    System.out.printf("churn: %,d streams, -Dphotofinish.seed=%d%n", streams, seed);
    ListAppender<ILoggingEvent> leaks = leakReports();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      churn(client, camera, 1_000); // what is made once is there before counting
      int descriptors = Descriptors.count();
      int threads = threads();
      long heap = heapAfterCollection();
      churn(client, camera, streams);
      Descriptors.awaitAtMost(descriptors, BOUND);
      assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + THREAD_TOLERANCE);
      assertThat(heapAfterCollection()).as("heap").isLessThan(heap + HEAP_TOLERANCE);
    }
    System.out.printf("churn: media came on %,d streams%n", played.get());
    assertThat(leaks.list).as("reports of leaks").isEmpty();
    assertThat(played.get()).as("streams with media").isGreaterThan(streams / 4);
  }

  private void churn(RtspClient client, SimulatedCamera camera, int count) throws Exception {
    Camera at =
        Camera.at(camera.url())
            .withRace(RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build());
    for (int i = 0; i < count; i++) {
      assertThat(room.tryAcquire(BOUND.toSeconds(), TimeUnit.SECONDS)).as("stream %s", i).isTrue();
      open(client, at, random.nextInt(4));
      if (i % 10_000 == 9_999) {
        System.out.printf(
            "churn: %,d streams, %d descriptors, %d threads, %,d MiB%n",
            i + 1, Descriptors.count(), threads(), used() >> 20);
      }
    }
    assertThat(room.tryAcquire(TOGETHER, BOUND.toSeconds(), TimeUnit.SECONDS)).as("all").isTrue();
    room.release(TOGETHER);
    camera.awaitConnections(0, BOUND);
  }

  /**
   * @param moment of the close: 0 at once, 1 when the race is over, 2 when it plays, 3 after some
   *     packets
   */
  private void open(RtspClient client, Camera camera, int moment) {
    CameraStream stream = client.start(camera, closingAt(moment));
    if (moment == 0) {
      stream.closeAsync();
    }
    stream.ended().whenComplete((statistics, failure) -> room.release());
  }

  private CameraListener closingAt(int moment) {
    return new CameraListener() {
      private int packets;

      @Override
      public void race(CameraStream stream, RaceReport report) {
        if (moment == 1) {
          stream.closeAsync();
        }
      }

      @Override
      public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
        if (to == CameraState.PLAYING) {
          played.incrementAndGet();
          if (moment == 2) {
            stream.closeAsync();
          }
        }
      }

      @Override
      public void packet(CameraStream stream, RtpPacket packet) {
        if (++packets == 3) {
          stream.closeAsync();
        }
      }
    };
  }

  private static ListAppender<ILoggingEvent> leakReports() {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(appender);
    return appender;
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long heapAfterCollection() {
    System.gc();
    System.gc();
    return used();
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
