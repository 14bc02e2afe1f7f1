package dev.photofinish.decode;

import dev.photofinish.media.picture.PictureDecoder;
import dev.photofinish.media.picture.PictureException;
import dev.photofinish.media.picture.PictureType;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The pictures of {@link dev.photofinish.media.picture.Snapshots}, decoded by FFmpeg's libraries.
 */
public final class FfmpegPictures implements PictureDecoder {
  /** For {@link java.util.ServiceLoader}. */
  public FfmpegPictures() {}

  @Override
  public boolean decodes(Codec codec) {
    return VideoDecoder.decodes(codec);
  }

  @Override
  public byte[] picture(Frame frame, PictureType type) throws PictureException {
    try (VideoDecoder decoder = new VideoDecoder()) {
      List<Picture> pictures = decoder.decode(frame);
      if (pictures.isEmpty()) {
        pictures = decoder.flush();
      }
      if (pictures.isEmpty()) {
        throw new PictureException(frame + ": no picture in it");
      }
      return file(pictures.get(0), type);
    } catch (DecodeException e) {
      throw new PictureException(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] file(Picture picture, PictureType type) throws PictureException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture.toImage(), type.name(), file)) {
        throw new PictureException("this Java runtime writes no " + type);
      }
    } catch (IOException e) {
      throw new PictureException(String.valueOf(e.getMessage()));
    }
    return file.toByteArray();
  }
}
