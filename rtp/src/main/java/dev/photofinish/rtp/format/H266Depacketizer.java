package dev.photofinish.rtp.format;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** H.266 (RFC 9328) in one stream and decoding order. */
final class H266Depacketizer extends LayeredNalDepacketizer {
  private static final int AGGREGATION = 28;
  private static final int FRAGMENT = 29;

  H266Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(
        track,
        format,
        new H266ParameterSets(new FormatParameters(format.parameters())),
        AGGREGATION,
        FRAGMENT,
        output);
  }

  /** Why these parameters cannot be read; null where they can. */
  static @Nullable String problem(FormatParameters parameters) {
    return problem("H.266", parameters);
  }

  @Override
  byte[] unitHeader(byte[] payload, int fragmentHeader) {
    int second = fragmentType(fragmentHeader) << 3 | (payload[1] & 0x07);
    return new byte[] {payload[0], (byte) second};
  }

  @Override
  int fragmentType(int fragmentHeader) {
    return fragmentHeader & 0x1f;
  }
}
