package dev.photofinish.examples;

import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.RtspClient;

/**
 * Prints the first frames of a camera: pictures and audio on one clock, whatever happens to its
 * connections.
 *
 * <pre>{@code
 * Frames rtsp://user:password@camera/stream 20
 * }</pre>
 */
public final class Frames {
  private static final double NANOS_PER_SECOND = 1e9;

  private Frames() {}

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[1]);
    try (RtspClient client = new RtspClient();
        FrameReader reader = client.readFrames(Camera.at(args[0]))) {
      for (int i = 0; i < count; i++) {
        print(reader.next().orElseThrow());
      }
    }
  }

  private static void print(Frame frame) {
    try {
      System.out.printf(
          "%.3f s: %s%s, %d bytes%s%n",
          frame.time() / NANOS_PER_SECOND,
          frame.codec(),
          frame.isKeyFrame() ? " key frame" : "",
          frame.content().readableBytes(),
          frame.isDamaged() ? ", damaged" : "");
    } finally {
      frame.release(); // its bytes go back to Netty; frame.copy() is for keeping
    }
  }
}
