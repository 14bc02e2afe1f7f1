package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

/** MPEG-4 visual (RFC 6416) and MPEG-1 and MPEG-2 video (RFC 2250). */
class MpegVideoTest {
  private static final String CONFIG =
      "000001b001000001b58913000001000000012000c48d8800cd0584121443000001b24c61766335392e33372e313030";

  /** RFC 6416 sections 5 and 7.1. */
  @Test
  void theConfigurationOfMpeg4IsKeptCurrent() {
    try (FormatScript script = new FormatScript("MP4V-ES", 90_000, 0, "config=" + CONFIG)) {
      FrameFormat first = script.depacketizer().format();
      assertThat(first.width()).isEqualTo(176);
      assertThat(first.height()).isEqualTo(144);
      assertThat(ByteBufUtil.hexDump(first.parameterSets().get(0))).isEqualTo(CONFIG);
      script.packet(CONFIG + "000001b3001007 000001b6 10").last("1122"); // the same again
      script.later(3600).last("000001b6 50");
      script.later(3600).last(CONFIG + "31 000001b6 10"); // another
      assertThat(script.frames()).extracting(Frame::isKeyFrame).containsExactly(true, false, true);
      assertThat(script.frame(1).format()).isSameAs(first);
      assertThat(script.frame(2).format()).isNotEqualTo(first);
      assertThat(script.hex(0)).isEqualTo(CONFIG + "000001b3001007000001b6101122");
    }
  }

  /** RFC 2250 sections 3.4 and 3.4.1: the extension header, size, groups. */
  @Test
  void headersOfMpeg2AreLeftOut() {
    try (FormatScript script = new FormatScript("MPV", 90_000, 0, "")) {
      String sequence = "000001b3 0b0090 13ffffe018";
      script.packet("04003900 00000000" + sequence + "000001b8 00080040 00000100 000f");
      script.last("00001900 00000101 22").later(3600).last("00011a00 00000100 0057");
      script.later(3600).last("00002100 000001b8 00080000 00000100 000f");
      assertThat(script.hex(0))
          .isEqualTo(sequence.replace(" ", "") + "000001b80008004000000100000f" + "0000010122");
      assertThat(script.frame(0).format().width()).isEqualTo(176);
      assertThat(script.frame(0).format().height()).isEqualTo(144);
      assertThat(script.frames())
          .extracting(Frame::randomAccess)
          .containsExactly(RandomAccess.IDR, RandomAccess.NONE, RandomAccess.CRA);
    }
  }

  /** RFC 2250 section 3.4 forbids a P of 0; GStreamer's rtpmpvpay sends nothing else. */
  @Test
  void aPictureOfMpeg2SaysItsTypeWhereThePayloadHeaderDoesNot() {
    try (FormatScript script = new FormatScript("MPV", 90_000, 0, "")) {
      script.last("00000000 000001b3 0b0090 13ffffe018 000001b8 00080000 00000100 000f");
      script.later(3600).last("00000000 00000100 0057");
      script.later(3600).last("00000000 000001b8 00080000 00000100 000f");
      assertThat(script.frames())
          .extracting(Frame::randomAccess)
          .containsExactly(RandomAccess.CRA, RandomAccess.NONE, RandomAccess.CRA);
    }
  }
}
