package dev.photofinish.rtp.format;

import dev.photofinish.rtp.format.H264Pictures.Picture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Makes one frame of the two fields of interlaced H.264, which are a picture each (PAFF). A field
 * waits for the picture that follows it.
 */
final class FieldPairs {
  private final Output output;
  private final H264Pictures pictures = new H264Pictures();
  private @Nullable FrameFormat known;
  private @Nullable Frame first;
  private @Nullable Picture picture;
  private long time;
  private double seconds;

  FieldPairs(Output output) {
    this.output = output;
  }

  /** Takes a frame and its reference, its time, and the seconds to the next one. */
  @FunctionalInterface
  interface Output {
    void frame(Frame frame, long time, double seconds);
  }

  /** Takes a picture and its reference. */
  void frame(Frame made, long at, double length) {
    Picture came = picture(made);
    Frame before = first;
    Picture pictureBefore = picture;
    first = null;
    if (before != null && pictureBefore != null) {
      if (came != null && came.isSecondFieldOf(pictureBefore)) {
        output.frame(pair(before, made), time, seconds);
        return;
      }
      output.frame(before, time, seconds);
    }
    if (came != null && came.field()) {
      first = made;
      picture = came;
      time = at;
      seconds = length;
    } else {
      output.frame(made, at, length);
    }
  }

  @SuppressWarnings("ReferenceEquality") // an equal one costs no more than to read it again
  private @Nullable Picture picture(Frame made) {
    if (made.format() != known) {
      known = made.format();
      made.format().parameterSets().forEach(pictures::take);
    }
    return pictures.first(made).orElse(null);
  }

  private static Frame pair(Frame one, Frame two) {
    int[] units = new int[one.unitCount() + two.unitCount()];
    int at = 0;
    for (int i = 0; i < units.length; i++) {
      units[i] = at;
      ByteBuf unit = i < one.unitCount() ? one.unit(i) : two.unit(i - one.unitCount());
      at += Frame.START_CODE_BYTES + unit.readableBytes();
    }
    return Frame.of(
        one.track(),
        two.format(),
        Unpooled.wrappedBuffer(one.content(), two.content()),
        units,
        0,
        one.randomAccess(),
        one.isDamaged() || two.isDamaged());
  }

  /** Gives a field that waits: nothing follows it. */
  void end() {
    Frame last = first;
    first = null;
    if (last != null) {
      output.frame(last, time, seconds);
    }
  }
}
