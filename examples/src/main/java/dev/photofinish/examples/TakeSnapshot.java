package dev.photofinish.examples;

import dev.photofinish.media.picture.PictureType;
import dev.photofinish.media.picture.Snapshots;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.RtspClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Saves the next key frame of a camera as a picture. What is no JPEG is decoded by
 * photofinish-decode.
 *
 * <pre>{@code
 * TakeSnapshot rtsp://user:password@camera/stream door.jpg
 * }</pre>
 */
public final class TakeSnapshot {
  private TakeSnapshot() {}

  public static void main(String[] args) throws Exception {
    Camera camera = Camera.at(args[0]).withMedia("video");
    try (RtspClient client = new RtspClient();
        FrameReader reader = client.readFrames(camera)) {
      Frame first =
          reader.next(Duration.ofSeconds(10)).orElseThrow(); // video begins with a key frame
      try {
        Files.write(Path.of(args[1]), Snapshots.picture(first, PictureType.JPEG));
      } finally {
        first.release();
      }
    }
  }
}
