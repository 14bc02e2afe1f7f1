package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the pictures of H.264 from their slice headers, with the parameter sets that these need.
 */
final class H264Pictures {
  private static final int MOST_SEQUENCES = 32;
  private static final int MOST_PICTURES = 256;
  private static final int IDR = 5;

  private final Map<Integer, H264PictureSps> sequences = new HashMap<>();
  private final Map<Integer, PictureSet> pictures = new HashMap<>();

  /**
   * A picture parameter set (section 7.3.2.2).
   *
   * @param hasBottomOrder bottom_field_pic_order_in_frame_present_flag
   */
  private record PictureSet(int sequence, boolean hasBottomOrder) {}

  /**
   * A picture by its first slice (section 7.3.3).
   *
   * @param reference whether others may be predicted from it
   * @param field whether it is a field, half of a frame
   * @param bottom whether that is the lower one
   * @param order pic_order_cnt_lsb; of type 1 delta_pic_order_cnt[0]
   * @param bottomOrder delta_pic_order_cnt_bottom; of type 1 delta_pic_order_cnt[1]
   */
  record Picture(
      H264PictureSps sequence,
      boolean idr,
      boolean reference,
      int frameNumber,
      boolean field,
      boolean bottom,
      int order,
      int bottomOrder) {

    /** Whether they are the two fields of a frame (sections 3.30 and 7.4.1.2.4). */
    boolean isSecondFieldOf(Picture first) {
      return field
          && first.field
          && bottom != first.bottom
          && frameNumber == first.frameNumber
          && !idr
          && (first.reference || !reference);
    }
  }

  /** Keeps a NAL unit if it is a parameter set. */
  void take(ByteBuf unit) {
    if (unit.readableBytes() < 2) {
      return;
    }
    int type = NalSyntax.H264.type(unit);
    if (type == NalSyntax.H264.sequenceSet()) {
      BitReader bits = bits(unit);
      bits.skip(24);
      int id = bits.unsigned();
      if (id < MOST_SEQUENCES) {
        sequences.put(id, H264PictureSps.parse(bits(unit)));
      }
    } else if (type == NalSyntax.H264.pictureSet()) {
      BitReader bits = bits(unit);
      int id = bits.unsigned();
      int sequence = bits.unsigned();
      bits.bit(); // entropy_coding_mode_flag
      if (id < MOST_PICTURES) {
        pictures.put(id, new PictureSet(sequence, bits.flag()));
      }
    }
  }

  /** Of a frame, by its first slice. */
  Optional<Picture> first(Frame frame) {
    for (int i = 0; i < frame.unitCount(); i++) {
      ByteBuf unit = frame.unit(i);
      if (NalSyntax.H264.isSlice(NalSyntax.H264.type(unit))) {
        return picture(unit);
      }
    }
    return Optional.empty();
  }

  /** Of the first slice of a picture; empty where its parameter sets did not come. */
  private Optional<Picture> picture(ByteBuf slice) {
    if (slice.readableBytes() < 2) {
      return Optional.empty();
    }
    BitReader bits = bits(slice);
    bits.unsigned(); // first_mb_in_slice
    bits.unsigned(); // slice_type
    PictureSet set = pictures.get(bits.unsigned());
    H264PictureSps sps = set == null ? null : sequences.get(set.sequence());
    if (set == null || sps == null) {
      return Optional.empty();
    }
    H264SequenceHeader header = sps.header();
    bits.skip(header.separatePlanes() ? 2 : 0);
    boolean idr = NalSyntax.H264.type(slice) == IDR;
    boolean reference = (slice.getByte(slice.readerIndex()) & 0x60) != 0;
    int number = bits.bits(header.frameNumberBits());
    boolean field = !header.framesOnly() && bits.flag();
    boolean bottom = field && bits.flag();
    if (idr) {
      bits.unsigned(); // idr_pic_id
    }
    H264OrderCycle cycle = header.cycle();
    boolean said = header.orderType() == 0 || (cycle != null && !cycle.exact());
    int order = !said ? 0 : cycle != null ? bits.signed() : bits.bits(header.orderBits());
    int bottomOrder = said && set.hasBottomOrder() && !field ? bits.signed() : 0;
    return Optional.of(new Picture(sps, idr, reference, number, field, bottom, order, bottomOrder));
  }

  private static BitReader bits(ByteBuf unit) {
    return new BitReader(unit, unit.readerIndex() + 1, unit.readableBytes() - 1);
  }
}
