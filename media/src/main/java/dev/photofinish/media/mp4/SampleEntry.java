package dev.photofinish.media.mp4;

import dev.photofinish.media.codec.Aac;
import dev.photofinish.media.codec.Ac3;
import dev.photofinish.media.codec.Av1;
import dev.photofinish.media.codec.Avc;
import dev.photofinish.media.codec.Hevc;
import dev.photofinish.media.codec.Vp9;
import dev.photofinish.media.container.Track;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The sample entry of a track: its codec, and the description that a decoder needs. */
final class SampleEntry {
  private static final int DPI_72 = 72 << 16;
  private static final int MPEG1_AUDIO_LEAST_RATE = 32_000;

  private SampleEntry() {}

  /** Whether frames of a codec can be in MP4. */
  static boolean knows(Codec codec) {
    return switch (codec) {
      case H264, H265, AV1, VP8, VP9, MPEG4_VISUAL, JPEG -> true;
      case AAC, OPUS, FLAC, PCMU, PCMA, L16, L24, MPEG_AUDIO, AC3 -> true;
      default -> false;
    };
  }

  /** Whether enough is known of a format to describe it. */
  static boolean isDescribed(FrameFormat format, ByteBuf head) {
    return switch (format.codec()) {
      case H264 -> Avc.isKnown(format);
      case H265 -> Hevc.isKnown(format);
      case AV1 -> Av1.isKnown(format);
      case MPEG4_VISUAL, FLAC -> !format.parameterSets().isEmpty();
      case AC3 -> Ac3.isKnown(head);
      default -> true;
    };
  }

  static void write(Track track, boolean inBand, ByteBuf out) {
    int start = Boxes.begin(out, type(track.format().codec(), inBand));
    out.writeZero(6).writeShort(1); // data_reference_index
    if (track.format().codec().kind() == Codec.Kind.VIDEO) {
      picture(track.format(), out);
    } else {
      sound(track.format(), out);
    }
    description(track, inBand, out);
    Boxes.end(out, start);
  }

  private static String type(Codec codec, boolean inBand) {
    return switch (codec) {
      case H264 -> inBand ? "avc3" : "avc1";
      case H265 -> inBand ? "hev1" : "hvc1";
      case AV1 -> "av01";
      case VP8 -> "vp08";
      case VP9 -> "vp09";
      case MPEG4_VISUAL -> "mp4v";
      case JPEG -> "jpeg";
      case AAC, MPEG_AUDIO -> "mp4a";
      case OPUS -> "Opus";
      case AC3 -> "ac-3";
      case FLAC -> "fLaC";
      case PCMU -> "ulaw";
      case PCMA -> "alaw";
      case L16 -> "twos";
      case L24 -> "in24";
      default -> throw new AssertionError(codec);
    };
  }

  private static void picture(FrameFormat format, ByteBuf out) {
    out.writeZero(16).writeShort(format.width()).writeShort(format.height());
    out.writeInt(DPI_72).writeInt(DPI_72).writeInt(0);
    out.writeShort(1).writeZero(32); // one picture a sample, no name of the compressor
    out.writeShort(24).writeShort(-1); // depth in bits, no colour table
  }

  private static void sound(FrameFormat format, ByteBuf out) {
    int rate = format.sampleRate() == 0 ? format.clockRate() : format.sampleRate();
    out.writeZero(8).writeShort(Math.max(1, format.channels()));
    out.writeShort(format.codec() == Codec.L24 ? 24 : 16).writeInt(0);
    out.writeInt(rate < 1 << 16 ? rate << 16 : 0);
  }

  private static void description(Track track, boolean inBand, ByteBuf out) {
    FrameFormat format = track.format();
    switch (format.codec()) {
      case H264 -> Boxes.box(out, "avcC", Avc.record(format));
      case H265 -> Boxes.box(out, "hvcC", Hevc.record(format, !inBand));
      case AV1 -> Boxes.box(out, "av1C", Av1.record(format));
      case VP8 -> Boxes.box(out, "vpcC", Vp9.record(0, format.width(), format.height()));
      case VP9 -> Boxes.box(out, "vpcC", Vp9.record(track.head(), format.width(), format.height()));
      case MPEG4_VISUAL -> {
        ByteBuf set = Unpooled.copiedBuffer(format.parameterSets().get(0));
        Boxes.box(out, "esds", Descriptors.elementaryStream(true, Descriptors.MPEG4_VISUAL, set));
      }
      case AAC -> {
        ByteBuf config = Aac.of(format).config();
        Boxes.box(out, "esds", Descriptors.elementaryStream(false, Descriptors.AAC, config));
      }
      case MPEG_AUDIO -> {
        boolean first = format.sampleRate() >= MPEG1_AUDIO_LEAST_RATE;
        int type = first ? Descriptors.MPEG1_AUDIO : Descriptors.MPEG2_AUDIO;
        Boxes.box(out, "esds", Descriptors.elementaryStream(false, type, Unpooled.buffer(0)));
      }
      case AC3 -> Boxes.box(out, "dac3", Ac3.record(track.head()));
      case FLAC -> flac(format.parameterSets().get(0), out);
      case OPUS -> Boxes.box(out, "dOps", opus(Math.max(1, format.channels())));
      default -> {
        // it needs none
      }
    }
  }

  /** FLACSpecificBox: the STREAMINFO, which is the last of the metadata blocks. */
  private static void flac(ByteBuf information, ByteBuf out) {
    int start = Boxes.begin(out, "dfLa", 0, 0);
    out.writeByte(0x80).writeMedium(information.readableBytes());
    out.writeBytes(information, information.readerIndex(), information.readableBytes());
    Boxes.end(out, start);
  }

  /** OpusSpecificBox: nothing to skip, 48 kHz, no gain, mono or stereo. */
  private static ByteBuf opus(int channels) {
    ByteBuf out = Unpooled.buffer();
    out.writeByte(0).writeByte(channels).writeShort(0).writeInt(48_000);
    return out.writeShort(0).writeByte(0);
  }
}
