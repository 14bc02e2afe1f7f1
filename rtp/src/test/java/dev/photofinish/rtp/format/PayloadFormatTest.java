package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Frame formats as a session description names them. */
class PayloadFormatTest {
  private static ByteBuf set(String hex) {
    return FrameFormat.parameterSet(FormatScript.bytes(hex));
  }

  private static PayloadFormat of(FrameFormat format) {
    return PayloadFormat.of(format, 97).orElseThrow();
  }

  /** RFC 6184 section 8.1. */
  @Test
  void h264HasItsParameterSets() {
    FrameFormat format = FrameFormat.video(Codec.H264, 1_000);
    assertThat(of(format))
        .isEqualTo(new PayloadFormat("H264", 97, 90_000, 0, "packetization-mode=1"));
    assertThat(of(format.withParameterSets(List.of(set("6742c01e"), set("68ce")))).parameters())
        .isEqualTo(
            "packetization-mode=1;profile-level-id=42c01e;sprop-parameter-sets=Z0LAHg==,aM4=");
  }

  /** RFC 7798 section 7.1. */
  @Test
  void h265HasItsParameterSets() {
    FrameFormat format =
        FrameFormat.video(Codec.H265, 90_000)
            .withParameterSets(List.of(set("400144"), set("420144"), set("440144")));
    assertThat(of(format).parameters()).isEqualTo("sprop-vps=QAFE;sprop-sps=QgFE;sprop-pps=RAFE");
  }

  /** RTP Payload Format For AV1, section 7.2.1. */
  @Test
  void av1HasItsProfileAndLevel() {
    FrameFormat format = FrameFormat.video(Codec.AV1, 1_000);
    assertThat(of(format)).isEqualTo(new PayloadFormat("AV1", 97, 90_000, 0, ""));
    assertThat(
            of(format.withParameterSets(List.of(set("0a0b000000043cffbcdaf90040")))).parameters())
        .isEqualTo("profile=0;level-idx=0;tier=0");
  }

  /** RFC 3640 section 4.1; with a description that is not there, low complexity. */
  @Test
  void aacHasItsConfig() {
    FrameFormat format = FrameFormat.audio(Codec.AAC, 90_000, 48_000, 2);
    assertThat(of(format).clockRate()).isEqualTo(48_000);
    assertThat(of(format).parameters()).contains("mode=AAC-hbr").endsWith("config=1190");
    assertThat(of(format.withParameterSets(List.of(set("1210")))).parameters())
        .endsWith("config=1210");
  }

  @ParameterizedTest
  @CsvSource({
    "OPUS, 48000, 2, opus, 97, 48000, 2, sprop-stereo=1",
    "OPUS, 48000, 1, opus, 97, 48000, 2, ''",
    "PCMU, 8000, 1, PCMU, 0, 8000, 1, ''",
    "PCMA, 8000, 1, PCMA, 8, 8000, 1, ''",
    "PCMA, 16000, 1, PCMA, 97, 16000, 1, ''",
    "G722, 16000, 1, G722, 9, 8000, 1, ''",
    "L16, 44100, 2, L16, 97, 44100, 2, ''",
  })
  void audio(
      Codec codec,
      int sampleRate,
      int channels,
      String encoding,
      int type,
      int clockRate,
      int announcedChannels,
      String parameters) {
    assertThat(of(FrameFormat.audio(codec, sampleRate, sampleRate, channels)))
        .isEqualTo(new PayloadFormat(encoding, type, clockRate, announcedChannels, parameters));
  }

  /** Every description can be packetized, and read back. */
  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatIsDescribedCanBeSent(Codec codec) {
    FrameFormat format = FrameFormat.audio(codec, 48_000, 48_000, 2);
    PayloadFormat.of(format, 96)
        .ifPresent(
            payload -> {
              assertThat(PayloadFormats.packetizer(payload, 1_200)).isPresent();
              Depacketizer reader =
                  PayloadFormats.depacketizer(0, payload, Frame::release).orElseThrow();
              assertThat(reader.format().codec()).isEqualTo(codec);
            });
  }

  @Test
  void whatCannotBeSentIsNotDescribed() {
    assertThat(PayloadFormat.of(FrameFormat.video(Codec.VP8, 90_000), 96)).isEmpty();
    assertThatThrownBy(() -> PayloadFormat.of(FrameFormat.video(Codec.H264, 90_000), 95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dynamicType: 95 is not valid; expected 96 to 127");
  }
}
