package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** The parameter sets of a codec with NAL units, kept current, and what its units say. */
abstract class ParameterSets {
  private static final int MOST_PICTURE_SETS = 32;
  private static final int MOST_OTHER_SETS = 8;
  private static final int MOST_FRAMES_A_SECOND = 1_000;

  private final Codec codec;
  private final NalSyntax syntax;

  /** Of each of the syntax's kinds, in their order. */
  private final List<ParameterSetStore> stores = new ArrayList<>();

  private PictureSize size = PictureSize.UNKNOWN;
  private double frameRate;

  ParameterSets(Codec codec) {
    this.codec = codec;
    this.syntax = NalSyntax.of(codec);
    for (int type : syntax.parameterSets()) {
      boolean picture = type == syntax.pictureSet();
      stores.add(new ParameterSetStore(picture ? MOST_PICTURE_SETS : MOST_OTHER_SETS));
    }
  }

  final Codec codec() {
    return codec;
  }

  /** Bytes of the header of a NAL unit. */
  final int headerBytes() {
    return syntax.headerBytes();
  }

  /** The type in the header of a NAL unit. */
  final int type(ByteBuf in, int index) {
    return syntax.type(in, index);
  }

  /** Whether it is a part of a picture. */
  final boolean isSlice(int type) {
    return syntax.isSlice(type);
  }

  /** What a NAL unit of a frame says of it; of a slice perhaps only the header is there. */
  abstract RandomAccess randomAccess(ByteBuf in, int index, int length);

  /**
   * The identifier of a parameter set.
   *
   * @param bits of what follows its header
   */
  abstract int id(int type, BitReader bits);

  /**
   * The picture's size that a set says.
   *
   * @param bits of what follows its header
   */
  abstract PictureSize size(BitReader bits);

  /**
   * Pictures a second that a set says; 0 where it does not.
   *
   * @param bits of what follows its header
   */
  double frameRate(int type, BitReader bits) {
    return 0;
  }

  /** Pictures a second that the sets say; 0 where none does. */
  final double frameRate() {
    return frameRate;
  }

  /**
   * Keeps the sets of a description.
   *
   * @param sprops NAL units in base64 with commas between; what is not one is left out
   */
  final void takeAll(String sprops) {
    int at = 0;
    while (at < sprops.length()) {
      int comma = sprops.indexOf(',', at);
      int end = comma < 0 ? sprops.length() : comma;
      FormatParameters.base64(sprops.substring(at, end))
          .map(Unpooled::wrappedBuffer)
          .ifPresent(bytes -> NalUnits.forEach(bytes, 0, bytes.readableBytes(), this::take));
      at = end + 1;
    }
  }

  /** Keeps a NAL unit if it is a parameter set; whether one was new or changed. */
  final boolean take(ByteBuf in, int index, int length) {
    if (length <= headerBytes()) {
      return false;
    }
    int type = type(in, index);
    int kind = syntax.parameterSets().indexOf(type);
    return kind >= 0 && put(stores.get(kind), type, in, index, length);
  }

  /** Whether a NAL unit is a parameter set that is kept as it is. */
  final boolean isKnown(ByteBuf in, int index, int length) {
    int type = type(in, index);
    int kind = length > headerBytes() ? syntax.parameterSets().indexOf(type) : -1;
    return kind >= 0 && stores.get(kind).has(id(type, bits(in, index, length)), in, index, length);
  }

  private boolean put(ParameterSetStore store, int type, ByteBuf in, int index, int length) {
    if (!store.put(id(type, bits(in, index, length)), in, index, length)) {
      return false;
    }
    if (type == syntax.sequenceSet()) {
      size = size(bits(in, index, length));
    }
    double said = frameRate(type, bits(in, index, length));
    frameRate = said > 0 && said <= MOST_FRAMES_A_SECOND ? said : frameRate;
    return true;
  }

  final BitReader bits(ByteBuf in, int index, int length) {
    return new BitReader(in, index + headerBytes(), length - headerBytes());
  }

  /** The format with these sets and the size that they say. */
  final FrameFormat applied(FrameFormat format) {
    List<ByteBuf> all = new ArrayList<>();
    for (ParameterSetStore store : stores) {
      all.addAll(store.all());
    }
    return format.withSize(size.width(), size.height()).withParameterSets(all);
  }
}
