package dev.photofinish.decode;

import java.nio.ByteBuffer;
import org.bytedeco.javacv.Frame;

/** Pictures for JavaCV. Needs {@code org.bytedeco:javacv} on the class path. */
public final class JavaCvFrames {
  private static final int CHANNELS = 3;
  private static final int NANOS_PER_MICRO = 1000;

  private JavaCvFrames() {}

  /** A frame of JavaCV with a copy of the pixels, three channels, blue first. */
  public static Frame of(Picture picture) {
    Frame frame = new Frame(picture.width(), picture.height(), Frame.DEPTH_UBYTE, CHANNELS);
    frame.timestamp = picture.time() / NANOS_PER_MICRO;
    ByteBuffer pixels = (ByteBuffer) frame.image[0];
    int row = picture.width() * CHANNELS;
    for (int y = 0; y < picture.height(); y++) {
      pixels.put(y * frame.imageStride, picture.bgr(), y * row, row);
    }
    return frame;
  }
}
