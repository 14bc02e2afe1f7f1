package dev.photofinish.media.picture;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;

/**
 * Decodes frames for {@link Snapshots}, which finds it with {@link java.util.ServiceLoader}. The
 * module {@code decode} has one; its methods may be called from any thread.
 */
public interface PictureDecoder {

  /** Whether it decodes frames of this codec. */
  boolean decodes(Codec codec);

  /**
   * Makes a picture file of a frame that needs no other.
   *
   * @param frame stays the caller's
   * @throws PictureException if the frame cannot be decoded alone
   */
  byte[] picture(Frame frame, PictureType type) throws PictureException;

  /**
   * Loads what the first picture needs, if that takes long.
   *
   * @throws PictureException if it cannot be loaded
   */
  default void prepare() throws PictureException {}
}
