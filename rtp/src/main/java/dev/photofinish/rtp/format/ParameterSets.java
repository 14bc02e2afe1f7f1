package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** The parameter sets of a codec with NAL units, kept current, and the syntax of its units. */
abstract class ParameterSets {
  private final Codec codec;
  private final int sizeType;
  private final int[] types;
  private final ParameterSetStore[] stores;
  private PictureSize size = PictureSize.UNKNOWN;

  /**
   * @param sizeType the type of the sets that say the picture's size
   * @param types of the kinds that are kept, in the order in which decoders need them
   * @param most sets of each kind
   */
  ParameterSets(Codec codec, int sizeType, int[] types, int[] most) {
    this.codec = codec;
    this.sizeType = sizeType;
    this.types = types;
    this.stores = new ParameterSetStore[types.length];
    for (int i = 0; i < types.length; i++) {
      stores[i] = new ParameterSetStore(most[i]);
    }
  }

  final Codec codec() {
    return codec;
  }

  /** Bytes of the header of a NAL unit. */
  abstract int headerBytes();

  /** The type in the header of a NAL unit. */
  abstract int type(ByteBuf in, int index);

  /** Whether it is a part of a picture. */
  abstract boolean isSlice(int type);

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
    for (int i = 0; i < types.length; i++) {
      if (types[i] == type) {
        return put(stores[i], type, in, index, length);
      }
    }
    return false;
  }

  private boolean put(ParameterSetStore store, int type, ByteBuf in, int index, int length) {
    if (!store.put(id(type, bits(in, index, length)), in, index, length)) {
      return false;
    }
    if (type == sizeType) {
      size = size(bits(in, index, length));
    }
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
