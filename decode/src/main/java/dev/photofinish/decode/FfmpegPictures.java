package dev.photofinish.decode;

import dev.photofinish.media.picture.PictureDecoder;
import dev.photofinish.media.picture.PictureException;
import dev.photofinish.media.picture.PictureType;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The pictures of {@link dev.photofinish.media.picture.Snapshots}, decoded by FFmpeg's libraries.
 */
public final class FfmpegPictures implements PictureDecoder {
  /** Pixels of a side. */
  private static final int SMALL = 16;

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

  /** Makes a picture of a small JPEG, which takes the way of all. */
  @Override
  public void prepare() throws PictureException {
    byte[] small =
        file(new Picture(SMALL, SMALL, 0, new byte[3 * SMALL * SMALL]), PictureType.JPEG);
    FrameFormat format = FrameFormat.video(Codec.JPEG, 90_000);
    ByteBuf content = Unpooled.wrappedBuffer(small);
    picture(Frame.of(0, format, content, new int[0], 0, RandomAccess.IDR, false), PictureType.JPEG);
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
