package dev.photofinish.benchmarks.recording;

import dev.photofinish.media.Recording;
import dev.photofinish.media.RecordingListener;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Records one URL so many times in one process, until its standard input ends; prints what memory
 * is in use for each line that comes.
 */
final class RecordMany {
  private RecordMany() {}

  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    int cameras = Integer.parseInt(arguments[1]);
    List<Recording> recordings = new ArrayList<>();
    try (RtspClient client = new RtspClient()) {
      for (int i = 0; i < cameras; i++) {
        Path file = Path.of(arguments[2]).resolve("camera" + i + ".mp4");
        Recording recording =
            Recording.start(RecordingOptions.to(file).withMedias(1), RecordingListener.NONE);
        recordings.add(recording);
        client.start(Camera.at(url), new To(recording));
      }
      while (System.in.read() == '\n') {
        report();
      }
    }
    for (Recording recording : recordings) {
      recording.close();
    }
  }

  /** Bytes on the heap that are reachable, and bytes that the pool of buffers has taken. */
  private static void report() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    ByteBufAllocatorMetric pool =
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
    System.out.println(heap + " " + (pool.usedDirectMemory() + pool.usedHeapMemory()));
  }

  /** Hands frames to a recording. */
  private record To(Recording recording) implements CameraListener {
    @Override
    public void frame(CameraStream stream, MediaStream media, Frame frame) {
      recording.add(frame.retain());
    }
  }
}
