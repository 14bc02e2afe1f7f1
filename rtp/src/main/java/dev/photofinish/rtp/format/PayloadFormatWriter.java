package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the payload formats in which {@link Packetizer} sends frames. */
final class PayloadFormatWriter {
  /** Of video, MPEG audio, transport streams and documents. */
  private static final int VIDEO_RATE = 90_000;

  /** From here on types mean what the description says (RFC 3551 section 6). */
  private static final int FIRST_DYNAMIC = 96;

  private final FrameFormat format;
  private final int dynamicType;

  private PayloadFormatWriter(FrameFormat format, int dynamicType) {
    this.format = format;
    this.dynamicType = dynamicType;
  }

  static Optional<PayloadFormat> write(FrameFormat format, int dynamicType) {
    if (dynamicType < FIRST_DYNAMIC || dynamicType > 127) {
      throw new IllegalArgumentException(
          "dynamicType: " + dynamicType + " is not valid; expected 96 to 127");
    }
    return Optional.ofNullable(new PayloadFormatWriter(format, dynamicType).write());
  }

  /** Null for a codec that cannot be sent. */
  private @Nullable PayloadFormat write() {
    return switch (format.codec()) {
      case H264 -> video("H264", h264());
      case H265 -> video("H265", h265());
      case AV1 -> video("AV1", av1());
      case MPEG2_VIDEO -> new PayloadFormat("MPV", 32, VIDEO_RATE, 0, ""); // RFC 2250
      case AAC -> aac();
      case OPUS -> // RFC 7587 section 7: always 2 channels, whatever is in the packets
          new PayloadFormat(
              "opus",
              dynamicType,
              OpusPacket.RATE,
              2,
              format.channels() == 2 ? "sprop-stereo=1" : "");
      case PCMU -> samples("PCMU", 0);
      case PCMA -> samples("PCMA", 8);
      case G722 -> new PayloadFormat("G722", 9, 8_000, 1, "");
      case L8 -> samples("L8", dynamicType);
      case L16 -> samples("L16", dynamicType);
      case L24 -> samples("L24", dynamicType);
      case MPEG_AUDIO -> new PayloadFormat("MPA", 14, VIDEO_RATE, 0, "");
      case AC3 -> // RFC 4184 section 5.1
          new PayloadFormat(
              "ac3", dynamicType, format.sampleRate(), Math.max(1, format.channels()), "");
      case MPEG_TS -> new PayloadFormat("MP2T", 33, VIDEO_RATE, 0, "");
      case ONVIF_METADATA -> video("vnd.onvif.metadata", "");
      case KLV -> video("SMPTE336M", "");
      default -> null;
    };
  }

  private PayloadFormat video(String encoding, String parameters) {
    return new PayloadFormat(encoding, dynamicType, VIDEO_RATE, 0, parameters);
  }

  /**
   * @param type of one channel at 8000 Hz
   */
  private PayloadFormat samples(String encoding, int type) {
    boolean usual = format.sampleRate() == 8_000 && format.channels() <= 1;
    return new PayloadFormat(
        encoding,
        usual ? type : dynamicType,
        format.sampleRate(),
        Math.max(1, format.channels()),
        "");
  }

  /** RFC 6184 section 8.1. */
  private String h264() {
    List<ByteBuf> sets = format.parameterSets();
    StringBuilder text = new StringBuilder("packetization-mode=1");
    sets.stream()
        .filter(set -> NalSyntax.H264.type(set) == NalSyntax.H264.sequenceSet())
        .filter(set -> set.readableBytes() > 3)
        .findFirst()
        .map(set -> ByteBufUtil.hexDump(set, set.readerIndex() + 1, 3))
        .ifPresent(level -> text.append(";profile-level-id=").append(level));
    if (!sets.isEmpty()) {
      text.append(";sprop-parameter-sets=").append(base64(sets));
    }
    return text.toString();
  }

  /** RFC 7798 section 7.1. */
  private String h265() {
    String[] names = {"sprop-vps", "sprop-sps", "sprop-pps"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      int type = NalSyntax.H265.parameterSets().get(i);
      List<ByteBuf> sets =
          format.parameterSets().stream().filter(set -> NalSyntax.H265.type(set) == type).toList();
      if (!sets.isEmpty()) {
        text.append(text.isEmpty() ? "" : ";").append(names[i]).append('=').append(base64(sets));
      }
    }
    return text.toString();
  }

  /** RTP Payload Format For AV1, section 7.2.1. */
  private String av1() {
    return format.parameterSets().stream()
        .findFirst()
        .map(Av1SequenceHeader::of)
        .map(
            header ->
                "profile=%d;level-idx=%d;tier=%d"
                    .formatted(header.profile(), header.level(), header.tier()))
        .orElse("");
  }

  private static String base64(List<ByteBuf> sets) {
    return sets.stream()
        .map(set -> Base64.getEncoder().encodeToString(ByteBufUtil.getBytes(set)))
        .collect(Collectors.joining(","));
  }

  /** RFC 3640 section 4.1; profile-level-id 1 is what encoders say that do not know it. */
  private PayloadFormat aac() {
    int rate = format.sampleRate() > 0 ? format.sampleRate() : format.clockRate();
    ByteBuf config =
        format.parameterSets().stream()
            .findFirst()
            .orElseGet(() -> AudioSpecificConfig.lc(rate, format.channels()).bytes());
    String parameters =
        "streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;"
            + "indexdeltalength=3;config="
            + ByteBufUtil.hexDump(config);
    return new PayloadFormat(
        "mpeg4-generic", dynamicType, rate, Math.max(1, format.channels()), parameters);
  }
}
