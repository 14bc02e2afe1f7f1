package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the formats of H.265 (RFC 7798) and H.266 (RFC 9328): NAL unit headers of two
 * bytes, and decoding order numbers where the description has sprop-max-don-diff. The numbers are
 * left out: units that were sent in another order than that of decoding are refused before.
 */
abstract class LayeredNalDepacketizer extends NalDepacketizer {
  private static final int HEADER_BYTES = NalSyntax.H265.headerBytes(); // as of H.266
  private static final int DON_BYTES = 2;

  /** Of the difference to the number before, in an aggregation packet. */
  private static final int DON_DIFFERENCE_BYTES = 1;

  private final int aggregation;
  private final int fragment;
  private final ParameterSets sets;
  private final boolean numbered;

  /**
   * @param aggregation the type of aggregation packets
   * @param fragment the type of fragmentation units
   */
  LayeredNalDepacketizer(
      int track,
      PayloadFormat format,
      ParameterSets sets,
      int aggregation,
      int fragment,
      Consumer<? super Frame> output) {
    super(track, format, sets, output);
    this.aggregation = aggregation;
    this.fragment = fragment;
    this.sets = sets;
    this.numbered = new FormatParameters(format.parameters()).number("sprop-max-don-diff", 0) > 0;
  }

  /** Why these parameters cannot be read; null where they can. */
  static @Nullable String problem(String codec, FormatParameters parameters) {
    if (parameters.number("sprop-depack-buf-nalus", 0) > 0) {
      return codec
          + " with interleaved NAL units (sprop-depack-buf-nalus above 0) is not supported;"
          + " expected them in decoding order";
    }
    String mode = parameters.text("tx-mode").orElse("SRST");
    return mode.equalsIgnoreCase("SRST")
        ? null
        : codec + " in more than one stream (tx-mode other than SRST) is not supported";
  }

  @Override
  final void append(ByteBuf in, int index, int length) {
    if (length <= HEADER_BYTES) {
      frame().damage();
      return;
    }
    byte[] header = {in.getByte(index), in.getByte(index + 1)};
    int type = sets.type(in, index);
    if (type == aggregation || type == fragment || numbered || isExtended(type)) {
      append(type, header, in, index + HEADER_BYTES, length - HEADER_BYTES);
    } else {
      single(in, index, length);
    }
  }

  /** Whether a payload of this type has a header of another format before it. */
  boolean isExtended(int type) {
    return false;
  }

  /**
   * Appends a payload.
   *
   * @param index of what follows the header
   */
  void append(int type, byte[] header, ByteBuf in, int index, int length) {
    int number = numbered ? DON_BYTES : 0;
    if (type == fragment) {
      fragment(header, in, index, length);
    } else if (length <= number) {
      frame().damage();
    } else if (type == aggregation) {
      int skipped = numbered ? DON_DIFFERENCE_BYTES : 0;
      aggregation(in, index + number, length - number, skipped);
    } else {
      single(header, in, index + number, length - number);
    }
  }

  /** The number is in the first fragment only. */
  private void fragment(byte[] header, ByteBuf in, int index, int length) {
    int fu = length > 0 ? in.getByte(index) : 0;
    boolean start = (fu & 0x80) != 0;
    int skipped = 1 + (numbered && start ? DON_BYTES : 0);
    if (length <= skipped) {
      frame().damage();
      return;
    }
    byte[] unit = unitHeader(header, fu);
    fragment(start, (fu & 0x40) != 0, unit, in, index + skipped, length - skipped);
  }

  /** The header of a fragmented unit, from those of the payload and of the fragment. */
  abstract byte[] unitHeader(byte[] payload, int fragmentHeader);

  /** An extended payload is looked at as a unit of its own type, which begins a picture. */
  @Override
  final boolean isStart(ByteBuf in, int index, int length) {
    int number = numbered ? DON_BYTES : 0;
    if (length <= HEADER_BYTES) {
      return false;
    }
    int type = sets.type(in, index);
    int at = index + HEADER_BYTES + number;
    if (type == fragment) {
      int fu = in.getByte(index + HEADER_BYTES);
      type = fragmentType(fu);
      at += 1;
      if ((fu & 0x80) == 0) {
        return false;
      }
    } else if (type == aggregation) {
      at += 2 + HEADER_BYTES;
      type = at < index + length ? sets.type(in, at - HEADER_BYTES) : type;
    }
    return at < index + length && (!sets.isSlice(type) || beginsPicture(in.getByte(at)));
  }

  /** The type of the unit in the header of a fragment. */
  abstract int fragmentType(int fragmentHeader);

  /** The first bit of a slice header says it in both: first slice, or a picture header in it. */
  private static boolean beginsPicture(int afterHeader) {
    return (afterHeader & 0x80) != 0;
  }
}
