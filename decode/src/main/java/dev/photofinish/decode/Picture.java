package dev.photofinish.decode;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * A decoded picture.
 *
 * @param width pixels
 * @param height pixels
 * @param time of the frame that it was decoded from, as {@link
 *     dev.photofinish.rtp.format.Frame#time}
 * @param bgr rows from the top without gaps between them, three bytes a pixel: blue, green, red
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on
public record Picture(int width, int height, long time, byte[] bgr) {

  /** The same bytes as an image of {@link BufferedImage#TYPE_3BYTE_BGR}. */
  public BufferedImage toImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(bgr, 0, target, 0, bgr.length);
    return image;
  }
}
