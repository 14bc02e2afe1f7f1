package dev.photofinish.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG2VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VVC;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import dev.photofinish.rtp.format.Codec;
import java.util.OptionalInt;

/** FFmpeg's numbers. */
final class CodecIds {
  /** It takes another frame before the next picture. */
  static final int AGAIN = AVERROR_EAGAIN();

  /** There are no more pictures. */
  static final int END = AVERROR_EOF;

  private CodecIds() {}

  static OptionalInt of(Codec codec) {
    return switch (codec) {
      case H264 -> OptionalInt.of(AV_CODEC_ID_H264);
      case H265 -> OptionalInt.of(AV_CODEC_ID_HEVC);
      case H266 -> OptionalInt.of(AV_CODEC_ID_VVC);
      case AV1 -> OptionalInt.of(AV_CODEC_ID_AV1);
      case VP8 -> OptionalInt.of(AV_CODEC_ID_VP8);
      case VP9 -> OptionalInt.of(AV_CODEC_ID_VP9);
      case MPEG4_VISUAL -> OptionalInt.of(AV_CODEC_ID_MPEG4);
      case MPEG2_VIDEO -> OptionalInt.of(AV_CODEC_ID_MPEG2VIDEO);
      case JPEG -> OptionalInt.of(AV_CODEC_ID_MJPEG);
      default -> OptionalInt.empty();
    };
  }
}
