package dev.photofinish.relay.fanout;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.NalSyntax;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The NAL units in an RTP payload: single, aggregated or the first fragment of one (RFC 6184
 * section 5.6, RFC 7798 section 4.4, RFC 9328 section 4.3). Units of interleaved modes are not
 * looked for.
 */
enum PayloadUnits {
  /** STAP-A, FU-A; IDR. */
  H264(NalSyntax.H264, 24, 28, 5, 5),
  /** AP, FU; from BLA_W_LP to CRA_NUT. */
  H265(NalSyntax.H265, 48, 49, 16, 21),
  /** AP, FU; from IDR_W_RADL to CRA_NUT. */
  H266(NalSyntax.H266, 28, 29, 7, 9);

  private static final int FRAGMENT_START = 0x80;

  private final NalSyntax syntax;
  private final int aggregation;
  private final int fragment;
  private final int firstKey;
  private final int lastKey;

  PayloadUnits(NalSyntax syntax, int aggregation, int fragment, int firstKey, int lastKey) {
    this.syntax = syntax;
    this.aggregation = aggregation;
    this.fragment = fragment;
    this.firstKey = firstKey;
    this.lastKey = lastKey;
  }

  /** What a decoder comes to first in a payload. */
  enum First {
    PARAMETER_SETS,
    KEY_PICTURE,
    OTHER_PICTURE,
    NEITHER
  }

  /** Those of a codec; null where it has none. */
  static @Nullable PayloadUnits of(Codec codec) {
    return switch (codec) {
      case H264 -> H264;
      case H265 -> H265;
      case H266 -> H266;
      default -> null;
    };
  }

  /** What comes first in a payload, which stays as it is. */
  First first(ByteBuf payload) {
    int at = payload.readerIndex();
    int end = payload.writerIndex();
    if (end - at <= syntax.headerBytes()) {
      return First.NEITHER;
    }
    int type = syntax.type(payload, at);
    at += syntax.headerBytes();
    if (type == fragment) {
      int header = payload.getByte(at);
      return (header & FRAGMENT_START) != 0 ? kind(fragmentType(header)) : First.OTHER_PICTURE;
    }
    return type == aggregation ? aggregated(payload, at, end) : kind(type);
  }

  private First aggregated(ByteBuf payload, int from, int end) {
    int at = from;
    while (at + 2 + syntax.headerBytes() <= end) {
      First kind = kind(syntax.type(payload, at + 2));
      if (kind != First.NEITHER) {
        return kind;
      }
      at += 2 + payload.getUnsignedShort(at);
    }
    return First.NEITHER;
  }

  /** FuType has six bits in H.265, five in the others. */
  private int fragmentType(int header) {
    return header & (this == H265 ? 0x3f : 0x1f);
  }

  private First kind(int type) {
    if (syntax.isParameterSet(type)) {
      return First.PARAMETER_SETS;
    }
    if (!syntax.isSlice(type)) {
      return First.NEITHER;
    }
    return type >= firstKey && type <= lastKey ? First.KEY_PICTURE : First.OTHER_PICTURE;
  }
}
