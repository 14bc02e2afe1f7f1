package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;

/** Frames as an elementary stream that a decoder reads without any other description. */
public final class ElementaryStream {
  private static final ByteBuf TEMPORAL_DELIMITER = FrameFormat.parameterSet(new byte[] {0x12, 0});

  private ElementaryStream() {}

  /** Whether a decoder could begin with a key frame of this format. */
  public static boolean isDescribed(FrameFormat format) {
    return switch (format.codec()) {
      case H264 -> Avc.isKnown(format);
      case H265 -> Hevc.isKnown(format);
      case H266 -> !format.parameterSets().isEmpty();
      default -> true;
    };
  }

  /**
   * Appends views of a frame, retained: Annex B with parameter sets before key frames, AAC as ADTS,
   * AV1 with temporal delimiters, everything else as it is.
   *
   * @param delimited whether access unit delimiters are inserted where there are none
   */
  public static void append(Frame frame, boolean delimited, CompositeByteBuf out) {
    Codec codec = frame.codec();
    if (codec.hasNalUnits()) {
      AnnexB.append(frame, delimited, out);
      return;
    }
    ByteBuf content = frame.content();
    if (codec == Codec.AAC) {
      out.addComponent(true, Aac.of(frame.format()).adtsHeader(content.readableBytes()));
    } else if (codec == Codec.AV1 && !Av1.isDelimiter(content)) {
      out.addComponent(true, TEMPORAL_DELIMITER.retainedDuplicate());
    } else if (codec == Codec.MPEG4_VISUAL && frame.isKeyFrame() && !hasVisualObject(content)) {
      frame
          .format()
          .parameterSets()
          .forEach(set -> out.addComponent(true, set.retainedDuplicate()));
    }
    out.addComponent(true, content.retainedDuplicate());
  }

  /** Whether it begins with more than a picture or a group of them. */
  private static boolean hasVisualObject(ByteBuf content) {
    int from = content.readerIndex();
    if (content.readableBytes() < 4 || content.getMedium(from) != 1) {
      return false;
    }
    int code = content.getUnsignedByte(from + 3);
    return code != 0xb3 && code != 0xb6;
  }
}
