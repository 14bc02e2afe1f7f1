package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** H.265 (RFC 7798) in one stream and decoding order. */
final class H265Depacketizer extends LayeredNalDepacketizer {
  private static final int AGGREGATION = 48;
  private static final int FRAGMENT = 49;
  private static final int PACI = 50;

  H265Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(
        track,
        format,
        new H265ParameterSets(new FormatParameters(format.parameters())),
        AGGREGATION,
        FRAGMENT,
        output);
  }

  /** Why these parameters cannot be read; null where they can. */
  static @Nullable String problem(FormatParameters parameters) {
    return problem("H.265", parameters);
  }

  @Override
  boolean isExtended(int type) {
    return type >= PACI;
  }

  @Override
  void append(int type, byte[] header, ByteBuf in, int index, int length) {
    if (type == PACI) {
      paci(header, in, index, length);
    } else if (type > PACI) {
      frame().damage(); // unspecified: of no format that is known
    } else {
      super.append(type, header, in, index, length);
    }
  }

  /**
   * Section 4.4.4: A, cType (6 bits), PHSsize (5 bits), F0 to F2, Y, the extension of PHSsize bytes
   * and the payload, whose header is that of the packet with A and cType in it.
   */
  private void paci(byte[] header, ByteBuf in, int index, int length) {
    int fields = length > 2 ? in.getUnsignedShort(index) : 0;
    int type = (fields >> 9) & 0x3f;
    int skipped = 2 + ((fields >> 4) & 0x1f);
    if (type >= PACI || length <= skipped) {
      frame().damage();
      return;
    }
    byte[] inner = {(byte) (((fields >> 8) & 0x80) | type << 1 | (header[0] & 1)), header[1]};
    super.append(type, inner, in, index + skipped, length - skipped);
  }

  @Override
  byte[] unitHeader(byte[] payload, int fragmentHeader) {
    int first = (payload[0] & 0x81) | fragmentType(fragmentHeader) << 1;
    return new byte[] {(byte) first, payload[1]};
  }

  @Override
  int fragmentType(int fragmentHeader) {
    return fragmentHeader & 0x3f;
  }
}
