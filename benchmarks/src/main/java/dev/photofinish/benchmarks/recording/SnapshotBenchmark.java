package dev.photofinish.benchmarks.recording;

import dev.photofinish.benchmarks.stream.PacedServer;
import dev.photofinish.benchmarks.stream.TestVideo;
import dev.photofinish.media.picture.PictureType;
import dev.photofinish.media.picture.Snapshots;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.RtspClient;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * The time from when a server begins to send a key frame until its picture is there, decoded and
 * encoded again as JPEG, of a stream that runs.
 *
 * <p>{@code SnapshotBenchmark [pictures] [Mbit/s]}.
 */
public final class SnapshotBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 10;

  private SnapshotBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int pictures = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    int mbits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
    double[] whole = new double[pictures];
    double[] received = new double[pictures];
    double[] worked = new double[pictures];
    try (PacedServer server = new PacedServer(TestVideo.encode(mbits));
        RtspClient client = new RtspClient();
        FrameReader reader = client.readFrames(Camera.at(server.url()))) {
      for (int i = -WARM_UP; i < pictures; ) {
        Frame frame = reader.next().orElseThrow();
        if (frame.isKeyFrame()) {
          long sent = server.keySentAt();
          long there = System.nanoTime();
          long cpu = THREADS.getCurrentThreadCpuTime();
          Snapshots.picture(frame, PictureType.JPEG);
          long done = System.nanoTime();
          if (i >= 0) {
            received[i] = (there - sent) / 1e6;
            worked[i] = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6;
            whole[i] = (done - sent) / 1e6;
          }
          i++;
        }
        frame.release();
      }
    }
    System.out.println("| | p50 | p95 | most |");
    print("key frame received, ms", received);
    print("CPU of decoding and encoding, ms", worked);
    print("picture there, ms", whole);
  }

  private static void print(String name, double[] values) {
    Arrays.sort(values);
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f |%n",
        name,
        values[values.length / 2],
        values[values.length * 95 / 100],
        values[values.length - 1]);
  }
}
