package dev.photofinish.examples;

import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Watches several cameras with one client until they have sent so many packets together. One that
 * is dead holds up none of the others, and is tried again and again.
 *
 * <pre>{@code
 * SeveralCameras 1000 rtsp://front/stream rtsp://yard/stream rtsp://dead/stream
 * }</pre>
 */
public final class SeveralCameras {
  private SeveralCameras() {}

  public static void main(String[] args) throws Exception {
    CountDownLatch packets = new CountDownLatch(Integer.parseInt(args[0]));
    List<CameraStream> streams = new ArrayList<>();
    try (RtspClient client = new RtspClient()) {
      for (String url : List.of(args).subList(1, args.length)) {
        streams.add(client.start(Camera.at(url), new Printer(packets)));
      }
      packets.await();
      for (CameraStream stream : streams) {
        System.out.printf(
            "%s is %s, %d packets%n", stream.url(), stream.state(), stream.statistics().packets());
      }
    } // closes all streams at once
  }

  /** Prints what becomes of a stream; it is called on an event loop and must not block. */
  private static final class Printer implements CameraListener {
    private final CountDownLatch packets;

    Printer(CountDownLatch packets) {
      this.packets = packets;
    }

    @Override
    public void packet(CameraStream stream, RtpPacket packet) {
      packets.countDown();
    }

    @Override
    public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
      System.out.println(stream.url() + ": " + from + " -> " + to + ": " + reason);
    }

    @Override
    public void retry(
        CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
      System.out.println(stream.url() + ": again in " + delay.toMillis() + " ms: " + reason);
    }
  }
}
