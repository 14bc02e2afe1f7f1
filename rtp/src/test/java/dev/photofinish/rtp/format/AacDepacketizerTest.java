package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3640. */
class AacDepacketizerTest {
  private static final String HBR =
      "streamtype=5; mode=AAC-hbr; config=1188; SizeLength=13; IndexLength=3; IndexDeltaLength=3";

  private static FormatScript script(String parameters) {
    return new FormatScript("mpeg4-generic", 48_000, 1, parameters);
  }

  /** Section 3.2.1.1: the lengths of the headers are in bits, the sizes in bytes. */
  @Test
  void eachAccessUnitIsAFrameWithItsOwnTime() {
    try (FormatScript script = script(HBR)) {
      script.last("0020 0010 0018 aabb ccddee").later(2048).last("0010 0008 ff");
      assertThat(script.hex(0)).isEqualTo("aabb");
      assertThat(script.hex(1)).isEqualTo("ccddee");
      assertThat(script.hex(2)).isEqualTo("ff");
      assertThat(script.frames())
          .extracting(Frame::timestamp)
          .containsExactly(0xffff_f000L, 0xffff_f400L, 0xffff_f800L);
      assertThat(script.frames()).allMatch(frame -> frame.duration() == 1024 && frame.isKeyFrame());
    }
  }

  /** Section 3.2.3: each part has the size of the whole unit, the last one the marker. */
  @Test
  void anAccessUnitMayComeInParts() {
    try (FormatScript script = script(HBR)) {
      script.packet("0010 0030 aabb").packet("0010 0030 ccdd").last("0010 0030 eeff");
      assertThat(script.hex(0)).isEqualTo("aabbccddeeff");
      assertThat(script.frame(0).isDamaged()).isFalse();
    }
  }

  @Test
  void whatIsLostOfAUnitInPartsIsMarked() {
    try (FormatScript script = script(HBR)) {
      script.packet("0010 0030 aabb").lose(1).last("0010 0030 eeff"); // inside
      script.later(1024).lose(1).packet("0010 0030 aabb").last("0010 0030 ccdd"); // its start
      script.later(1024).packet("0010 0030 aabb").packet("0010 0030 ccdd").lose(1); // its end
      script.later(1024).last("0010 0008 01");
      script.later(1024).lose(2).last("0010 0008 02"); // whole units
      assertThat(script.frames())
          .extracting(Frame::isDamaged)
          .containsExactly(true, true, true, false, false);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(1, 1, 1, 0, 2);
      assertThat(script.hex(3)).isEqualTo("01");
    }
  }

  /** Section 3.3.5: sizes of 6 bits, indexes of 2. */
  @Test
  void theLowBitRateModeHasShortHeaders() {
    try (FormatScript script = script("mode=AAC-lbr;config=1188")) {
      script.last("0010 0804 aabb cc");
      assertThat(script.hex(0)).isEqualTo("aabb");
      assertThat(script.hex(1)).isEqualTo("cc");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1190, 48000, 2, 1024", // AAC LC
    "1194, 48000, 2, 960", // frames of 960 samples
    "1388, 22050, 1, 2229", // a clock that is not the rate
    "2B098800, 48000, 1, 2048", // SBR, explicit
    "EB098800, 48000, 2, 2048", // parametric stereo
    "131056E598, 48000, 2, 2048", // SBR behind it
    "119056E500, 48000, 2, 1024", // behind it: none
  })
  void theDescriptionSaysRateChannelsAndDuration(
      String config, int rate, int channels, int duration) {
    try (FormatScript script =
        new FormatScript("MPEG4-GENERIC", 48_000, 0, "mode=AAC-hbr;config=" + config)) {
      FrameFormat format = script.depacketizer().format();
      assertThat(format.sampleRate()).isEqualTo(rate);
      assertThat(format.channels()).isEqualTo(channels);
      assertThat(format.parameterSets())
          .extracting(ByteBufUtil::hexDump)
          .containsExactly(config.toLowerCase(Locale.ROOT));
      script.last("0010 0008 01");
      assertThat(script.frame(0).duration()).isEqualTo(duration);
    }
  }

  /** One camera of the collection has zzz1210. */
  @ParameterizedTest
  @CsvSource({"''", "config=zzz1210", "config=0000", "config="})
  void withoutAConfigThatCanBeReadItIsLcOfTheRateInTheDescription(String parameters) {
    try (FormatScript script = script("mode=AAC-hbr;" + parameters)) {
      FrameFormat format = script.depacketizer().format();
      assertThat(format.sampleRate()).isEqualTo(48_000);
      assertThat(format.channels()).isEqualTo(1);
      assertThat(format.parameterSets()).extracting(ByteBufUtil::hexDump).containsExactly("1188");
    }
  }

  @Test
  void anyRateHasADescription() {
    assertThat(ByteBufUtil.hexDump(AudioSpecificConfig.lc(12_345, 2).bytes()))
        .isEqualTo("1780181c90");
    assertThat(AudioSpecificConfig.lc(12_345, 2).coreRate()).isEqualTo(12_345);
    assertThat(AudioSpecificConfig.lc(Integer.MAX_VALUE, 100).channels()).isEqualTo(1);
  }

  /** ADTS headers have no place here, and some cameras send them. */
  @Test
  void adtsHeadersAreLeftOut() {
    try (FormatScript script = script("mode=AAC-hbr")) {
      script.last("0010 0050 fff15040015ffc 010203"); // 44100, mono, 10 bytes
      assertThat(script.hex(0)).isEqualTo("010203");
      assertThat(script.frame(0).format().sampleRate()).isEqualTo(44_100);
      script.later(1024).packet("0010 0050 fff15040015ffc 0102 ").last("0010 0050 03");
      assertThat(script.hex(1)).isEqualTo("010203");
      assertThat(script.frame(1).isDamaged()).isFalse();
    }
  }

  @Test
  void aPacketThatCannotBeReadCountsAsLost() {
    try (FormatScript script = script(HBR)) {
      script.last("00").last("0000 aa").last("ffff 0008").later(1024).last("0010 0008 01");
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mode=CELP-vbr, AAC with another mode is not supported; expected mode=AAC-hbr or"
        + " mode=AAC-lbr",
    "maxDisplacement=4, AAC with interleaving (maxdisplacement) is not supported; expected access"
        + " units in their order",
    "CTSDeltaLength=4, 'AAC with ctsdeltalength is not supported; expected mode AAC-hbr or AAC-lbr,"
        + " which has none'",
    "sizelength=0, AAC with sizelength=0 and indexlength=3 is not supported; expected 1 to 16 bits"
        + " and up to 16",
  })
  void theRestIsRefusedClearly(String parameters, String problem) {
    PayloadFormat format = new PayloadFormat("MPEG4-GENERIC", 96, 48_000, 2, parameters);
    assertThat(PayloadFormats.problem(format)).isEqualTo(Optional.of(problem));
    assertThat(PayloadFormats.depacketizer(0, format, Frame::release)).isEmpty();
  }

  /** As cameras write it. */
  @Test
  void modesAreReadInAnyCase() {
    for (String mode : List.of("AAC-hbr", "AAC_hbr", "aac-HBR")) {
      PayloadFormat format = new PayloadFormat("mpeg4-generic", 96, 48_000, 2, "mode=" + mode);
      assertThat(PayloadFormats.problem(format)).isEmpty();
    }
  }
}
