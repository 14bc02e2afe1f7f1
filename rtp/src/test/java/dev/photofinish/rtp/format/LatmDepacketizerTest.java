package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6416 section 6, and the syntax of ISO 14496-3 section 1.7.3. */
class LatmDepacketizerTest {
  private static FormatScript script(String parameters) {
    return new FormatScript("MP4A-LATM", 24_000, 2, parameters);
  }

  @ParameterizedTest
  @CsvSource({ // all but the last are from cameras
    "400026203fc0, 1310, 24000, 2",
    "40002310, 1188, 48000, 1",
    "400027200000, 1390, 22050, 2",
    "4001d613101fe0, eb098800, 48000, 2",
    "40005623101fe0, 2b118800, 48000, 2",
    "8ff80001011901fe00, 1190, 48000, 2" // audioMuxVersion 1
  })
  void theDescriptionHasTheConfiguration(String config, String audio, int rate, int channels) {
    try (FormatScript script = script("cpresent=0; config=" + config)) {
      FrameFormat format = script.depacketizer().format();
      assertThat(format.parameterSets()).extracting(ByteBufUtil::hexDump).containsExactly(audio);
      assertThat(format.sampleRate()).isEqualTo(rate);
      assertThat(format.channels()).isEqualTo(channels);
    }
  }

  @Test
  void anElementIsALengthAndAnAccessUnit() {
    try (FormatScript script = script("cpresent=0;config=400026203fc0")) {
      script.last("03 aabbcc").later(1024).last("02 0102 01 03");
      assertThat(script.hex(0)).isEqualTo("aabbcc");
      assertThat(script.hex(1)).isEqualTo("0102");
      assertThat(script.hex(2)).isEqualTo("03");
      assertThat(script.frame(2).timestamp()).isEqualTo(0xffff_f800L);
      assertThat(script.frames()).allMatch(frame -> frame.duration() == 1024);
    }
  }

  @Test
  void anElementMayComeInParts() {
    try (FormatScript script = script("cpresent=0;config=400026203fc0")) {
      script.packet("ff02" + "11".repeat(200)).last("22".repeat(57));
      assertThat(script.hex(0)).isEqualTo("11".repeat(200) + "22".repeat(57));
      assertThat(script.frame(0).isDamaged()).isFalse();
    }
  }

  @Test
  void whatIsLostIsMarked() {
    try (FormatScript script = script("cpresent=0;config=400026203fc0")) {
      script.packet("06 1122").lose(1).last("5566"); // inside
      script.later(1024).lose(1).last("445566"); // its start: of no use
      script.later(1024).last("01 aa");
      script.later(1024).lose(1).last("01 bb"); // a whole one
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(true, false, false);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(1, 1, 1);
    }
  }

  /** Section 6.3: cpresent is 1 where nothing is said. All bits are then shifted by one. */
  @Test
  void theConfigurationMayComeInTheStream() {
    try (FormatScript script = script("")) {
      script.last("00").later(1024); // no configuration yet
      script.last("200013101fe01555d8").later(1024).last("80e600");
      assertThat(script.hex(0)).isEqualTo("aabb");
      assertThat(script.hex(1)).isEqualTo("cc");
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(1, 0);
      FrameFormat format = script.frame(1).format();
      assertThat(format).isSameAs(script.frame(0).format());
      assertThat(format.parameterSets()).extracting(ByteBufUtil::hexDump).containsExactly("1310");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cpresent=0",
    "cpresent=0;config=xyz",
    "cpresent=0;config=00",
    "cpresent=0;config=401026203fc0"
  })
  void whatIsNoSingleLayerOfAacIsRefusedClearly(String parameters) {
    PayloadFormat format = new PayloadFormat("MP4A-LATM", 96, 24_000, 2, parameters);
    assertThat(PayloadFormats.problem(format))
        .hasValue(
            "LATM with cpresent=0 and this config is not supported; expected a StreamMuxConfig of"
                + " one AAC layer");
  }

  /** As GStreamer's rtpmp4apay describes AAC that FFmpeg wrote into a file. */
  @Test
  void aConfigWithTheEndOfAnAudioSpecificConfigIsRead() {
    String parameters = "cpresent=0;config=40002320adca00";
    try (FormatScript script = new FormatScript("MP4A-LATM", 48_000, 0, parameters)) {
      script.last("03 211a8f");
      assertThat(script.hex(0)).isEqualTo("211a8f");
      assertThat(script.frame(0).format().channels()).isEqualTo(2);
      assertThat(script.frame(0).format().sampleRate()).isEqualTo(48_000);
    }
  }
}
