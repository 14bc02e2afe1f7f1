package dev.photofinish.examples;

import dev.photofinish.metrics.CameraMetrics;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;

/**
 * Counts what comes of a camera in Micrometer and prints the meters. An application has the
 * registry of its monitoring in place of the simple one.
 *
 * <pre>{@code
 * Metrics rtsp://user:password@camera/stream 100
 * }</pre>
 */
public final class Metrics {
  private Metrics() {}

  public static void main(String[] args) throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    CameraMetrics metrics = new CameraMetrics(registry);
    CountDownLatch packets = new CountDownLatch(Integer.parseInt(args[1]));
    CameraListener counting =
        new CameraListener() {
          @Override
          public void packet(CameraStream stream, RtpPacket packet) {
            packets.countDown();
          }
        };
    CameraListener both = CameraListener.all(counting, metrics.camera("front-door"));
    try (RtspClient client = new RtspClient();
        CameraStream stream = client.open(Camera.at(args[0]), both)) {
      packets.await();
      System.out.println(stream.url());
      registry
          .getMeters()
          .forEach(meter -> System.out.println(meter.getId() + " " + meter.measure()));
    }
  }
}
