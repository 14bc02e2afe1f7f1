package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

/** RFC 6184. */
class H264DepacketizerTest {
  private static final String SPS = "6742c01fd9005005bb016a0202028000000300800000190478c19240";
  private static final String PPS = "68cb83cb20";
  private static final String SPROPS =
      "packetization-mode=1; sprop-parameter-sets=Z0LAH9kAUAW7AWoCAgKAAAADAIAAABkEeMGSQA==,aMuDyyA=";

  private static FormatScript script(String parameters) {
    return new FormatScript("h264", 90_000, 0, parameters);
  }

  @Test
  void theDescriptionGivesParameterSetsAndSize() {
    try (FormatScript script = script(SPROPS)) {
      FrameFormat format = script.depacketizer().format();
      assertThat(format.parameterSets()).extracting(ByteBufUtil::hexDump).containsExactly(SPS, PPS);
      assertThat(format.width()).isEqualTo(1280);
      assertThat(format.height()).isEqualTo(720);
    }
  }

  @Test
  void aPictureIsAnnexBOfAllItsUnits() {
    try (FormatScript script = script("")) {
      script.packet("18 0004 67010203 0002 68ff").packet("7c85 11 22").packet("7c05 33");
      script.last("7c45 44");
      assertThat(script.hex(0))
          .isEqualTo("0000000167010203" + "0000000168ff" + "000000016511223344");
      Frame frame = script.frame(0);
      assertThat(frame.unitCount()).isEqualTo(3);
      assertThat(ByteBufUtil.hexDump(frame.unit(1))).isEqualTo("68ff");
      assertThat(frame.randomAccess()).isEqualTo(RandomAccess.IDR);
      assertThat(frame.isDamaged()).isFalse();
    }
  }

  @Test
  void whatIsLostIsMarkedWhereItIsMissing() {
    try (FormatScript script = script(SPROPS)) {
      script.packet("7c85 88 22").lose(1).packet("7c05 33").last("7c45 44"); // inside
      script.later(3600).last("4188aa"); // nothing
      script.later(3600).packet("7c81 88 aa").lose(1); // its end
      script.later(3600).last("4188bb");
      script.later(10800).lose(2).last("4188cc"); // whole pictures
      script.later(3600).lose(1).last("4108dd"); // its start: first_mb_in_slice is not 0
      assertThat(script.frames())
          .extracting(Frame::isDamaged)
          .containsExactly(true, false, true, false, false, true);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(1, 0, 1, 0, 2, 1);
    }
  }

  @Test
  void withoutMarkersTheNextTimestampEndsAPicture() {
    try (FormatScript script = script(SPROPS)) {
      script.packet("658801").packet("650802").later(3600).packet("418803").later(3600);
      script.packet("418804");
      assertThat(script.frames()).hasSize(2).noneMatch(Frame::isDamaged);
      assertThat(script.frame(0).unitCount()).isEqualTo(2);
    }
  }

  @Test
  void aMarkerOnEachPacketIsRecognised() {
    try (FormatScript script = script(SPROPS)) {
      script.last("658801").last("650802").later(3600).last("418803").last("410804").later(3600);
      script.last("418805").later(3600).last("418806");
      assertThat(script.frames()).extracting(Frame::unitCount).containsExactly(1, 1, 2, 1);
    }
  }

  @Test
  void parameterSetsOfTheStreamReplaceThoseOfTheDescription() {
    try (FormatScript script = script(SPROPS)) {
      script.packet("6742c01f8c8d40503c900f08846a").packet("68cb83cb20").last("658801");
      assertThat(script.frame(0).format().parameterSets()).hasSize(2);
      FrameFormat first = script.frame(0).format();
      script.later(3600).packet("6742c01f8c8d40503c900f08846a").last("658801");
      assertThat(script.frame(1).format()).isSameAs(first);
    }
  }

  @Test
  void aRecoveryPointIsAKeyFrame() {
    try (FormatScript script = script(SPROPS)) {
      script.packet("06 0601c480").last("418801");
      script.later(3600).packet("06 06012480").last("418802");
      assertThat(script.frames())
          .extracting(Frame::randomAccess)
          .containsExactly(RandomAccess.RECOVERY_POINT, RandomAccess.INTRA_REFRESH);
    }
  }

  @Test
  void theInterleavedModeIsRefusedClearly() {
    PayloadFormat format = new PayloadFormat("H264", 96, 90_000, 0, "packetization-mode=2");
    assertThat(Depacketizer.of(0, format, Frame::release)).isEmpty();
    assertThat(PayloadFormats.problem(format))
        .hasValue(
            "H.264 in interleaved mode (packetization-mode=2) is not supported; expected mode 0 or 1");
  }
}
