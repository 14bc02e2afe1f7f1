package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;

/** Names of codecs with their parameters, as browsers take them (RFC 6381). */
public final class CodecStrings {
  private CodecStrings() {}

  /**
   * Such as {@code avc1.64001f}; the codec's plain name where none is registered.
   *
   * @param head the beginning of the first frame, for codecs without parameter sets
   * @param inBand whether parameter sets may be in the stream
   */
  public static String of(FrameFormat format, ByteBuf head, boolean inBand) {
    return switch (format.codec()) {
      case H264 -> Avc.codecString(inBand ? "avc3" : "avc1", format);
      case H265 -> Hevc.codecString(inBand ? "hev1" : "hvc1", format);
      case AV1 -> Av1.codecString(format);
      case VP8 -> "vp8";
      case VP9 -> Vp9.codecString(head, format.width(), format.height());
      case MPEG4_VISUAL -> "mp4v.20";
      case JPEG -> "jpeg";
      case AAC -> Aac.of(format).codecString();
      case OPUS -> "opus";
      case MPEG_AUDIO -> "mp3";
      case AC3 -> "ac-3";
      case FLAC -> "flac";
      case PCMU -> "ulaw";
      case PCMA -> "alaw";
      default -> format.codec().name();
    };
  }
}
