package dev.photofinish.rtp.format;

import dev.photofinish.rtp.format.H264Pictures.Picture;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The picture order count of H.264 (section 8.2.1): of type 0, as usual encoders with B-frames have
 * it, and of type 1. Pictures of type 2 are shown as they are decoded.
 */
final class H264PictureOrder implements PictureOrder {
  private final H264Pictures pictures = new H264Pictures();
  private @Nullable FrameFormat known;

  /** Of the last picture that others refer to. */
  private long reference;

  /** frame_num of the last picture, counted on beyond its wrap-around. */
  private long frameNumber;

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
    H264SequenceHeader header = picture.sequence().header();
    H264OrderCycle cycle = header.cycle();
    if (header.orderType() != 0 && cycle == null) {
      return new Place(true, 0, 0);
    }
    long shown = cycle == null ? byLowerBits(picture) : byFrameNumber(picture, cycle);
    return new Place(picture.idr(), shown, picture.sequence().reordered());
  }

  /** Type 0 (section 8.2.1.1). */
  private long byLowerBits(Picture picture) {
    int bits = picture.sequence().header().orderBits();
    long count = PictureOrder.count(picture.order(), bits, picture.idr() ? 0 : reference);
    if (picture.reference()) {
      reference = count;
    }
    return count + Math.min(0, picture.bottomOrder());
  }

  /** Type 1 (section 8.2.1.2). */
  private long byFrameNumber(Picture picture, H264OrderCycle cycle) {
    int bits = picture.sequence().header().frameNumberBits();
    if (picture.idr()) {
      frameNumber = 0;
    }
    long low = frameNumber & ((1L << bits) - 1);
    long wrapped = picture.frameNumber() < low ? 1L << bits : 0;
    frameNumber += wrapped + picture.frameNumber() - low;
    long top = cycle.expected(frameNumber, picture.reference()) + picture.order();
    long bottom = top + cycle.bottom() + picture.bottomOrder();
    return picture.field() ? (picture.bottom() ? bottom : top) : Math.min(top, bottom);
  }
}
