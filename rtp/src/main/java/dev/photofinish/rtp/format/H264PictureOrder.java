package dev.photofinish.rtp.format;

import dev.photofinish.rtp.format.H264Pictures.Picture;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The picture order count of H.264 (section 8.2.1). Of type 0, as encoders with B-frames have it;
 * type 2 has none, and type 1 is taken for it.
 */
final class H264PictureOrder implements PictureOrder {
  private final H264Pictures pictures = new H264Pictures();
  private @Nullable FrameFormat known;

  /** Of the last picture that others refer to. */
  private long reference;

  @SuppressWarnings("ReferenceEquality") // an equal one costs no more than to read it again
  @Override
  public Optional<Place> next(Frame frame) {
    if (frame.format() != known) {
      known = frame.format();
      frame.format().parameterSets().forEach(pictures::take);
    }
    return pictures.first(frame).map(this::place);
  }

  private Place place(Picture picture) {
    if (picture.sequence().orderType() != 0) {
      return new Place(true, 0, 0);
    }
    int bits = picture.sequence().orderBits();
    long count = PictureOrder.count(picture.order(), bits, picture.idr() ? 0 : reference);
    if (picture.reference()) {
      reference = count;
    }
    long shown = count + Math.min(0, picture.bottomOrder());
    return new Place(picture.idr(), shown, picture.sequence().reordered());
  }
}
