package dev.photofinish.examples;

import dev.photofinish.media.RecordedFile;
import dev.photofinish.media.Recording;
import dev.photofinish.media.RecordingListener;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.RtspClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Records a camera into files of ten minutes, and keeps those of a week.
 *
 * <pre>{@code
 * RecordCamera rtsp://user:password@camera/stream recordings/door 1000
 * }</pre>
 */
public final class RecordCamera {
  private RecordCamera() {}

  public static void main(String[] args) throws Exception {
    RecordingOptions options =
        RecordingOptions.in(Path.of(args[1]))
            .withSegment(Duration.ofMinutes(10))
            .withKeepFor(Duration.ofDays(7));
    int frames = Integer.parseInt(args[2]);
    try (RtspClient client = new RtspClient();
        FrameReader reader = client.readFrames(Camera.at(args[0]));
        Recording recording = Recording.start(options, new Finished())) {
      for (int i = 0; i < frames; i++) {
        Optional<Frame> next = reader.next();
        next.ifPresent(recording::add); // it releases the frame
      }
    }
  }

  /** Prints the files. */
  private static final class Finished implements RecordingListener {
    @Override
    public void finished(Path file, RecordedFile what) {
      System.out.printf("%s: %d frames%n", file.getFileName(), what.frames());
    }
  }
}
