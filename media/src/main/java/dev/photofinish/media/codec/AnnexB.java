package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.NalSyntax;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Frames of NAL units with the parameter sets and delimiters that a container wants. */
public final class AnnexB {
  private static final ByteBuf START_CODE =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1}).asReadOnly());

  /** Access unit delimiters that allow every type of slice (primary_pic_type 7, pic_type 2). */
  private static final ByteBuf H264_DELIMITER = constant(0, 0, 0, 1, 9, 0xf0);

  private static final ByteBuf H265_DELIMITER = constant(0, 0, 0, 1, 0x46, 1, 0x50);

  /** aud_irap_or_gdr_flag 0, aud_pic_type 2. */
  private static final ByteBuf H266_DELIMITER = constant(0, 0, 0, 1, 0, 0xa1, 0x28);

  private AnnexB() {}

  private static ByteBuf constant(int... bytes) {
    byte[] made = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      made[i] = (byte) bytes[i];
    }
    return FrameFormat.parameterSet(made);
  }

  /** The parameter sets of one type in a format. */
  static List<ByteBuf> sets(FrameFormat format, int type) {
    NalSyntax syntax = NalSyntax.of(format.codec());
    return format.parameterSets().stream().filter(set -> syntax.type(set) == type).toList();
  }

  /** Whether the frame brings its SPS itself. */
  private static boolean hasSequenceSet(Frame frame) {
    NalSyntax syntax = NalSyntax.of(frame.codec());
    for (int i = 0; i < frame.unitCount(); i++) {
      if (syntax.type(frame.unit(i)) == syntax.sequenceSet()) {
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
      boolean delimited = isDelimiter(frame.codec(), units.get(0));
      units.addAll(delimited ? 1 : 0, frame.format().parameterSets());
    }
    return units;
  }

  /**
   * Appends a frame in Annex B, with its parameter sets where it is a key frame without them.
   *
   * @param delimited whether an access unit delimiter must be there (ISO/IEC 13818-1 section 2.14)
   */
  public static void append(Frame frame, boolean delimited, CompositeByteBuf out) {
    Codec codec = frame.codec();
    boolean insert = delimited && !isDelimiter(codec, frame.unit(0));
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

  private static boolean isDelimiter(Codec codec, ByteBuf unit) {
    NalSyntax syntax = NalSyntax.of(codec);
    return syntax.isDelimiter(syntax.type(unit));
  }

  private static ByteBuf delimiter(Codec codec) {
    return switch (codec) {
      case H264 -> H264_DELIMITER;
      case H265 -> H265_DELIMITER;
      default -> H266_DELIMITER;
    };
  }
}
