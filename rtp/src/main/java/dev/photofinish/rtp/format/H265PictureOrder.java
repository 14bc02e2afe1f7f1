package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The picture order count of H.265 (section 8.3.1). */
final class H265PictureOrder implements PictureOrder {
  private static final int MOST_SEQUENCES = 16;
  private static final int MOST_PICTURES = 64;
  private static final int MOST_REORDERED = 16;

  // nal_unit_type (table 7-1).
  private static final int LAST_WITHOUT_REFERENCE = 14;
  private static final int FIRST_LEADING = 6;
  private static final int LAST_LEADING = 9;
  private static final int FIRST_IRAP = 16;
  private static final int LAST_IRAP = 23;
  private static final int FIRST_IDR = 19;
  private static final int LAST_IDR = 20;
  private static final int END_OF_SEQUENCE = 36;

  private final Map<Integer, Sequence> sequences = new HashMap<>();
  private final Map<Integer, PictureSet> pictures = new HashMap<>();
  private @Nullable FrameFormat known;

  /** Whether an IRAP picture that comes next begins a sequence. */
  private boolean ended = true;

  /** prevTid0Pic. */
  private long reference;

  /**
   * Of a sequence parameter set (section 7.3.2.2.1).
   *
   * @param orderBits of slice_pic_order_cnt_lsb
   * @param reordered sps_max_num_reorder_pics of the highest layer
   */
  private record Sequence(int orderBits, int reordered) {}

  /**
   * Of a picture parameter set (section 7.3.2.3.1).
   *
   * @param hasOutput output_flag_present_flag
   * @param extraBits num_extra_slice_header_bits
   */
  private record PictureSet(int sequence, boolean hasOutput, int extraBits) {}

  @SuppressWarnings("ReferenceEquality") // an equal one costs no more than to read it again
  @Override
  public Optional<Place> next(Frame frame) {
    if (frame.format() != known) {
      known = frame.format();
      frame.format().parameterSets().forEach(this::take);
    }
    Optional<Place> place = Optional.empty();
    for (int i = 0; i < frame.unitCount(); i++) {
      ByteBuf unit = frame.unit(i);
      int type = NalSyntax.H265.type(unit);
      if (place.isEmpty() && NalSyntax.H265.isSlice(type)) {
        place = place(unit, type);
      }
      ended |= type == END_OF_SEQUENCE;
    }
    return place;
  }

  private void take(ByteBuf unit) {
    int type = NalSyntax.H265.type(unit);
    if (type == NalSyntax.H265.sequenceSet()) {
      BitReader bits = bits(unit);
      H265Sps sps = H265Sps.parse(bits);
      int orderBits = Math.min(16, bits.unsigned() + 4);
      int reordered = reordered(sps, bits);
      if (sps.id() < MOST_SEQUENCES) {
        sequences.put(sps.id(), new Sequence(orderBits, reordered));
      }
    } else if (type == NalSyntax.H265.pictureSet()) {
      BitReader bits = bits(unit);
      int id = bits.unsigned();
      int sequence = bits.unsigned();
      bits.bit(); // dependent_slice_segments_enabled_flag
      if (id < MOST_PICTURES) {
        pictures.put(id, new PictureSet(sequence, bits.flag(), bits.bits(3)));
      }
    }
  }

  /** sps_max_num_reorder_pics of the highest layer. */
  static int reordered(ByteBuf sequenceSet) {
    BitReader bits = bits(sequenceSet);
    H265Sps sps = H265Sps.parse(bits);
    bits.unsigned(); // log2_max_pic_order_cnt_lsb_minus4
    return reordered(sps, bits);
  }

  /**
   * @param bits from sps_sub_layer_ordering_info_present_flag on
   */
  private static int reordered(H265Sps sps, BitReader bits) {
    int layers = bits.flag() ? sps.temporalLayers() : 1;
    int reordered = 0;
    for (int i = 0; i < layers; i++) {
      bits.unsigned(); // sps_max_dec_pic_buffering_minus1
      reordered = Math.min(MOST_REORDERED, bits.unsigned());
      bits.unsigned(); // sps_max_latency_increase_plus1
    }
    return reordered;
  }

  /** Section 7.3.6.1, of the first slice segment of a picture. */
  private Optional<Place> place(ByteBuf slice, int type) {
    BitReader bits = bits(slice);
    bits.bit(); // first_slice_segment_in_pic_flag
    boolean irap = type >= FIRST_IRAP && type <= LAST_IRAP;
    bits.skip(irap ? 1 : 0); // no_output_of_prior_pics_flag
    PictureSet set = pictures.get(bits.unsigned());
    Sequence sps = set == null ? null : sequences.get(set.sequence());
    if (set == null || sps == null) {
      return Optional.empty();
    }
    bits.skip(set.extraBits());
    bits.unsigned(); // slice_type
    bits.skip(set.hasOutput() ? 1 : 0); // pic_output_flag
    boolean idr = type == FIRST_IDR || type == LAST_IDR;
    int low = idr ? 0 : bits.bits(sps.orderBits());
    boolean begins = irap && (ended || type <= LAST_IDR);
    long count = begins ? low : PictureOrder.count(low, sps.orderBits(), reference);
    ended = false;
    int layer = (slice.getByte(slice.readerIndex() + 1) & 7) - 1; // TemporalId
    boolean leading = type >= FIRST_LEADING && type <= LAST_LEADING;
    boolean unused = type <= LAST_WITHOUT_REFERENCE && type % 2 == 0;
    if (layer == 0 && !leading && !unused) {
      reference = count;
    }
    return Optional.of(new Place(begins, count, sps.reordered()));
  }

  private static BitReader bits(ByteBuf unit) {
    int header = Math.min(2, unit.readableBytes());
    return new BitReader(unit, unit.readerIndex() + header, unit.readableBytes() - header);
  }
}
