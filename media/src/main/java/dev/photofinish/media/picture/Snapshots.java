package dev.photofinish.media.picture;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import io.netty.buffer.ByteBufUtil;
import java.util.ServiceLoader;

/**
 * Picture files of key frames. A JPEG frame is a JPEG file as it is; whatever else has to be
 * decoded asks for {@code dev.photofinish:photofinish-decode} on the class path, which brings
 * FFmpeg's libraries.
 */
public final class Snapshots {
  private Snapshots() {}

  /**
   * The picture of a key frame ({@link Frame#isKeyFrame}).
   *
   * @param frame stays the caller's
   * @return a whole file
   * @throws PictureException if the frame is no key frame, cannot be decoded, or nothing on the
   *     class path decodes its codec
   */
  public static byte[] picture(Frame frame, PictureType type) throws PictureException {
    Codec codec = frame.codec();
    if (codec.kind() != Codec.Kind.VIDEO) {
      throw new PictureException(codec + " has no pictures; expected a video codec");
    }
    if (!frame.isKeyFrame()) {
      throw new PictureException("the frame needs others before it; expected a key frame");
    }
    if (codec == Codec.JPEG && type == PictureType.JPEG) {
      return ByteBufUtil.getBytes(frame.content());
    }
    return decoder(codec).picture(frame, type);
  }

  /**
   * Loads what pictures need, so that the first one takes no longer than others: some hundred
   * milliseconds that can go by while a key frame is waited for.
   *
   * @return whether something on the class path decodes
   * @throws PictureException if it cannot be loaded
   */
  public static boolean prepare() throws PictureException {
    boolean some = false;
    for (PictureDecoder decoder : decoders()) {
      decoder.prepare();
      some = true;
    }
    return some;
  }

  private static ServiceLoader<PictureDecoder> decoders() {
    return ServiceLoader.load(PictureDecoder.class, Snapshots.class.getClassLoader());
  }

  private static PictureDecoder decoder(Codec codec) throws PictureException {
    return decoders().stream()
        .map(ServiceLoader.Provider::get)
        .filter(decoder -> decoder.decodes(codec))
        .findFirst()
        .orElseThrow(
            () ->
                new PictureException(
                    "nothing on the class path decodes "
                        + codec
                        + "; add dev.photofinish:photofinish-decode"));
  }
}
