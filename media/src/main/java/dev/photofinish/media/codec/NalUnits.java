package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** The kinds of NAL units that a container treats apart: parameter sets and delimiters. */
public final class NalUnits {
  private static final ByteBuf START_CODE =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1}).asReadOnly());

  /** Access unit delimiters that allow every type of slice (primary_pic_type 7, pic_type 2). */
  private static final ByteBuf H264_DELIMITER = constant(0, 0, 0, 1, 9, 0xf0);

  private static final ByteBuf H265_DELIMITER = constant(0, 0, 0, 1, 0x46, 1, 0x50);

  /** aud_irap_or_gdr_flag 0, aud_pic_type 2. */
  private static final ByteBuf H266_DELIMITER = constant(0, 0, 0, 1, 0, 0xa1, 0x28);

  private NalUnits() {}

  private static ByteBuf constant(int... bytes) {
    byte[] made = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      made[i] = (byte) bytes[i];
    }
    return FrameFormat.parameterSet(made);
  }

  /** nal_unit_type; -1 of an empty unit. */
  public static int type(Codec codec, ByteBuf unit) {
    int from = unit.readerIndex();
    if (unit.readableBytes() < (codec == Codec.H264 ? 1 : 2)) {
      return -1;
    }
    return switch (codec) {
      case H264 -> unit.getByte(from) & 0x1f;
      case H265 -> unit.getByte(from) >> 1 & 0x3f;
      default -> unit.getByte(from + 1) >> 3 & 0x1f;
    };
  }

  /** Whether a type is a VPS, SPS or PPS. */
  public static boolean isParameterSet(Codec codec, int type) {
    return switch (codec) {
      case H264 -> type == 7 || type == 8;
      case H265 -> type >= 32 && type <= 34;
      default -> type >= 14 && type <= 16;
    };
  }

  static boolean isSequenceSet(Codec codec, int type) {
    return type == (codec == Codec.H264 ? 7 : codec == Codec.H265 ? 33 : 15);
  }

  public static boolean isDelimiter(Codec codec, int type) {
    return type == (codec == Codec.H264 ? 9 : codec == Codec.H265 ? 35 : 20);
  }

  /** The parameter sets of one type in a format. */
  static List<ByteBuf> sets(FrameFormat format, int type) {
    return format.parameterSets().stream()
        .filter(set -> type(format.codec(), set) == type)
        .toList();
  }

  /** Whether the frame brings its SPS itself. */
  public static boolean hasSequenceSet(Frame frame) {
    for (int i = 0; i < frame.unitCount(); i++) {
      if (isSequenceSet(frame.codec(), type(frame.codec(), frame.unit(i)))) {
        return true;
      }
    }
    return false;
  }

  /** The units of a frame as a decoder that begins here needs them: parameter sets before them. */
  public static List<ByteBuf> withParameterSets(Frame frame) {
    List<ByteBuf> units = new ArrayList<>();
    for (int i = 0; i < frame.unitCount(); i++) {
      units.add(frame.unit(i));
    }
    if (frame.isKeyFrame() && !hasSequenceSet(frame)) {
      boolean delimited = isDelimiter(frame.codec(), type(frame.codec(), units.get(0)));
      units.addAll(delimited ? 1 : 0, frame.format().parameterSets());
    }
    return units;
  }

  /**
   * Appends a frame in Annex B, with its parameter sets where it is a key frame without them.
   *
   * @param delimited whether an access unit delimiter must be there (ISO/IEC 13818-1 section 2.14)
   */
  public static void annexB(Frame frame, boolean delimited, CompositeByteBuf out) {
    Codec codec = frame.codec();
    boolean insert = delimited && !isDelimiter(codec, type(codec, frame.unit(0)));
    if (insert) {
      out.addComponent(true, delimiter(codec).retainedDuplicate());
    }
    if (!frame.isKeyFrame() || hasSequenceSet(frame)) {
      out.addComponent(true, frame.content().retainedDuplicate());
      return;
    }
    for (ByteBuf unit : withParameterSets(frame)) {
      out.addComponent(true, START_CODE.retainedDuplicate());
      out.addComponent(true, unit.retainedDuplicate());
    }
  }

  private static ByteBuf delimiter(Codec codec) {
    return switch (codec) {
      case H264 -> H264_DELIMITER;
      case H265 -> H265_DELIMITER;
      default -> H266_DELIMITER;
    };
  }
}
