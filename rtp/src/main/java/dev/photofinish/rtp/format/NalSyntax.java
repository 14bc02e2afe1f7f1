package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** The header of the NAL units of a codec, and the types of those that are no part of a picture. */
public enum NalSyntax {
  /** Section 7.3.1 and table 7-1. */
  H264(1, List.of(7, 8), 9, 1, 5) {
    @Override
    public int type(ByteBuf in, int index) {
      return in.getByte(index) & 0x1f;
    }
  },
  /** Section 7.3.1.2 and table 7-1. */
  H265(2, List.of(32, 33, 34), 35, 0, 31) {
    @Override
    public int type(ByteBuf in, int index) {
      return in.getByte(index) >> 1 & 0x3f;
    }
  },
  /** Section 7.3.1.2 and table 5. */
  H266(2, List.of(14, 15, 16), 20, 0, 11) {
    @Override
    public int type(ByteBuf in, int index) {
      return in.getByte(index + 1) >> 3 & 0x1f;
    }
  };

  private final int headerBytes;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Integer> parameterSets;

  private final int delimiter;
  private final int firstSlice;
  private final int lastSlice;

  NalSyntax(
      int headerBytes, List<Integer> parameterSets, int delimiter, int firstSlice, int lastSlice) {
    this.headerBytes = headerBytes;
    this.parameterSets = parameterSets;
    this.delimiter = delimiter;
    this.firstSlice = firstSlice;
    this.lastSlice = lastSlice;
  }

  /**
   * The syntax of a codec.
   *
   * @throws IllegalArgumentException for a codec without NAL units
   */
  public static NalSyntax of(Codec codec) {
    return switch (codec) {
      case H264 -> H264;
      case H265 -> H265;
      case H266 -> H266;
      default -> throw new IllegalArgumentException(codec + " has no NAL units");
    };
  }

  /** Bytes of the header of a NAL unit. */
  public int headerBytes() {
    return headerBytes;
  }

  /** nal_unit_type in the header at an index, whose bytes are there. */
  public abstract int type(ByteBuf in, int index);

  /** nal_unit_type; -1 of a unit without its whole header. */
  public int type(ByteBuf unit) {
    return unit.readableBytes() < headerBytes ? -1 : type(unit, unit.readerIndex());
  }

  /** The types of VPS (not of H.264), SPS and PPS, in the order in which decoders need them. */
  public List<Integer> parameterSets() {
    return parameterSets;
  }

  public boolean isParameterSet(int type) {
    return parameterSets.contains(type);
  }

  /** The type of an SPS. */
  public int sequenceSet() {
    return parameterSets.get(parameterSets.size() - 2);
  }

  /** The type of a PPS. */
  public int pictureSet() {
    return parameterSets.get(parameterSets.size() - 1);
  }

  /** Whether a type is an access unit delimiter. */
  public boolean isDelimiter(int type) {
    return type == delimiter;
  }

  /** Whether a type is a part of a picture. */
  public boolean isSlice(int type) {
    return type >= firstSlice && type <= lastSlice;
  }
}
