package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** H.264 in packetization modes 0 and 1 (RFC 6184). */
final class H264Depacketizer extends NalDepacketizer {
  private static final int SLICE = 1;
  private static final int LAST_SLICE = 5;
  private static final int LAST_SINGLE = 23;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  H264Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(track, format, new H264ParameterSets(new FormatParameters(format.parameters())), output);
  }

  /** Why these parameters cannot be read; null where they can. */
  static @Nullable String problem(FormatParameters parameters) {
    return parameters.number("packetization-mode", 0) == 2
        ? "H.264 in interleaved mode (packetization-mode=2) is not supported; expected mode 0 or 1"
        : null;
  }

  @Override
  void append(ByteBuf in, int index, int length) {
    int header = in.getByte(index);
    int type = header & 0x1f;
    if (type >= 1 && type <= LAST_SINGLE) {
      single(in, index, length);
    } else if (type == STAP_A) {
      aggregation(in, index + 1, length - 1, 0);
    } else if (type == FU_A && length > 2) {
      int fu = in.getByte(index + 1);
      byte[] nal = {(byte) ((header & 0xe0) | (fu & 0x1f))};
      fragment((fu & 0x80) != 0, (fu & 0x40) != 0, nal, in, index + 2, length - 2);
    } else {
      frame().damage(); // of the interleaved mode, or of none
    }
  }

  /**
   * A picture begins with anything that is no slice, and with a slice whose first_mb_in_slice is 0:
   * the highest bit after the header (section 7.3.3).
   */
  @Override
  boolean isStart(ByteBuf in, int index, int length) {
    int type = in.getByte(index) & 0x1f;
    if (type == FU_A) {
      int fu = length > 2 ? in.getByte(index + 1) : 0;
      return (fu & 0x80) != 0 && beginsPicture(fu & 0x1f, in.getByte(index + 2));
    }
    if (type == STAP_A) {
      return length > 4 && beginsPicture(in.getByte(index + 3) & 0x1f, in.getByte(index + 4));
    }
    return length > 1 && beginsPicture(type, in.getByte(index + 1));
  }

  private static boolean beginsPicture(int type, int afterHeader) {
    return type < SLICE || type > LAST_SLICE || (afterHeader & 0x80) != 0;
  }
}
