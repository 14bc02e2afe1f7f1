package dev.photofinish.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.Frames;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Codec strings (RFC 6381) of parameter sets that encoders wrote. */
class CodecStringsTest {
  private static String of(FrameFormat format, String head, boolean inBand) {
    return CodecStrings.of(format, bytes(head), inBand);
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
  }

  private static FrameFormat video(Codec codec, String... sets) {
    return FrameFormat.video(codec, 90_000)
        .withSize(1280, 720)
        .withParameterSets(
            Stream.of(sets)
                .map(set -> FrameFormat.parameterSet(HexFormat.of().parseHex(set)))
                .toList());
  }

  @Test
  void h264() {
    assertThat(of(Frames.H264, "", false)).isEqualTo("avc1.42c00d");
    assertThat(of(Frames.H264, "", true)).isEqualTo("avc3.42c00d");
  }

  /** Main profile, level 3.1, from x265. */
  @Test
  void h265() {
    FrameFormat format =
        video(
            Codec.H265,
            "40010c01ffff01600000030090000003000003005d959809",
            "420101016000000300900000030000030"
                + "05da00280802d165959a4932bc05a020000030002000003003c10",
            "4401c172b46240");
    assertThat(of(format, "", false)).isEqualTo("hvc1.1.6.L93.90");
    ByteBuf record = Hevc.record(format, true);
    assertThat(ByteBufUtil.hexDump(record, 0, 13)).isEqualTo("0101600000009000000000005d");
    assertThat(ByteBufUtil.hexDump(record, 13, 10)).isEqualTo("f000fcfdf8f800000f03");
  }

  /** Main profile, level 3.1, from libaom, whose av1C FFmpeg writes so. */
  @Test
  void av1() {
    FrameFormat format = video(Codec.AV1, "0a0b0000002d4cffb3ccaf9004");
    assertThat(of(format, "", false)).isEqualTo("av01.0.05M.08");
    assertThat(ByteBufUtil.hexDump(Av1.record(format)))
        .isEqualTo("81050c000a0b0000002d4cffb3ccaf9004");
  }

  @Test
  void vp9() {
    assertThat(of(video(Codec.VP9), "82498342", false)).isEqualTo("vp09.00.31.08");
  }

  @Test
  void aac() {
    FrameFormat format = FrameFormat.audio(Codec.AAC, 48_000, 48_000, 2);
    assertThat(of(format, "", false)).isEqualTo("mp4a.40.2");
    FrameFormat efficient =
        format.withParameterSets(
            List.of(FrameFormat.parameterSet(HexFormat.of().parseHex("2b118800"))));
    assertThat(of(efficient, "", false)).isEqualTo("mp4a.40.5");
    assertThat(Aac.of(efficient).fitsAdts()).isTrue();
  }

  /** Channel configuration 7 is of eight channels; a rate that ADTS has no number for is kept. */
  @Test
  void aacWithoutADescriptionGetsOne() {
    Aac surround = Aac.of(FrameFormat.audio(Codec.AAC, 48_000, 48_000, 8));
    assertThat(ByteBufUtil.hexDump(surround.config())).isEqualTo("11b8");
    assertThat(ByteBufUtil.hexDump(surround.adtsHeader(200))).isEqualTo("fff14dc019fffc");
    Aac odd = Aac.of(FrameFormat.audio(Codec.AAC, 12_345, 0, 2));
    assertThat(ByteBufUtil.hexDump(odd.config())).isEqualTo("1780181c90");
    assertThat(odd.fitsAdts()).isFalse();
  }

  /** ISO/IEC 14496-3 section 1.A.2.2: as FFmpeg writes it for 48 kHz, stereo, 200 bytes. */
  @Test
  void adts() {
    Aac aac = Aac.of(FrameFormat.audio(Codec.AAC, 48_000, 48_000, 2));
    assertThat(ByteBufUtil.hexDump(aac.adtsHeader(200))).isEqualTo("fff14c8019fffc");
  }
}
