package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

/** RFC 6184. */
class H264DepacketizerTest {
  private static final String SPS = "6742c01fd9005005bb016a0202028000000300800000190478c19240";
  private static final String PPS = "68cb83cb20";
  private static final String SPROPS =
      "packetization-mode=1;"
          + " sprop-parameter-sets=Z0LAH9kAUAW7AWoCAgKAAAADAIAAABkEeMGSQA==,aMuDyyA=";

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
    assertThat(PayloadFormats.depacketizer(0, format, Frame::release)).isEmpty();
    assertThat(PayloadFormats.problem(format))
        .hasValue(
            "H.264 in interleaved mode (packetization-mode=2) is not supported; expected mode 0 or"
                + " 1");
  }

  /** A Reolink RLC-822A: the SPS has the marker, and the timestamp of the picture before. */
  @Test
  void parameterSetsWithATimestampOfTheirOwnBelongToThePictureAfterThem() {
    try (FormatScript script = script("")) {
      script.last(SPS).packet(PPS).later(3600).last("658801").later(3600).last("418802");
      script.last(SPS).packet(PPS).later(3600).last("658803").later(3600).last("418804");
      assertThat(script.frames()).extracting(Frame::unitCount).containsExactly(3, 1, 3, 1);
      assertThat(script.frames()).noneMatch(Frame::isDamaged);
      assertThat(script.frame(2).timestamp() - script.frame(1).timestamp()).isEqualTo(3600);
    }
  }

  /** A V380: one fragmented unit is SPS, PPS and IDR slice with start codes between. */
  /** Section 7.4.1.2.3: behind a slice they would begin another access unit. */
  @Test
  void parameterSetsThatAreRepeatedBeforeEachSliceAreThereOnce() {
    try (FormatScript script = script("")) {
      script.packet(SPS).packet(PPS).packet("658801");
      script.packet(SPS).packet(PPS).last("650802");
      script
          .later(3600)
          .packet(SPS)
          .packet(PPS)
          .packet("658803")
          .packet("18 0002 68ff")
          .last("650804");
      assertThat(script.hex(0))
          .isEqualTo("00000001" + SPS + "00000001" + PPS + "00000001658801" + "00000001650802");
      assertThat(script.frame(0).unitCount()).isEqualTo(4);
      // What is new is never left out, wherever it stands.
      assertThat(script.hex(1)).endsWith("00000001658803" + "0000000168ff" + "00000001650804");
      assertThat(script.frames()).noneMatch(Frame::isDamaged);
    }
  }

  @Test
  void startCodesInsideAFragmentedParameterSetDivideIt() {
    try (FormatScript script = script("")) {
      script.packet("7c87 42c01f 00000001 68cb83cb20 00").packet("7c07 000001 65 8811");
      script.last("7c47 22000001");
      assertThat(script.hex(0))
          .isEqualTo(
              "0000000167"
                  + "42c01f"
                  + "00000001"
                  + "68cb83cb20"
                  + "00000001"
                  + "658811"
                  + "22000001");
      assertThat(script.frame(0).randomAccess()).isEqualTo(RandomAccess.IDR);
      assertThat(script.frame(0).unitCount()).isEqualTo(3);
    }
  }

  @Test
  void aPayloadWithStartCodesIsDividedAtThem() {
    try (FormatScript script = script("")) {
      script.last("00000001" + SPS + "000001" + PPS + "00000001 6588 11");
      assertThat(script.hex(0))
          .isEqualTo("00000001" + SPS + "00000001" + PPS + "00000001" + "658811");
      assertThat(script.frame(0).format().width()).isEqualTo(1280);
    }
  }

  @Test
  void zerosBehindAParameterSetAreNoneOfIt() {
    try (FormatScript script = script(SPROPS)) {
      FrameFormat before = script.depacketizer().format();
      script.packet(SPS + "0000").packet(PPS + "00").last("658801");
      assertThat(script.frame(0).format()).isSameAs(before);
      assertThat(ByteBufUtil.hexDump(script.frame(0).unit(1))).isEqualTo(PPS);
    }
  }

  /** RFC 6184 section 5.8 forbids both bits; CostarHD cameras set them. */
  @Test
  void aUnitInOneFragmentIsWhole() {
    try (FormatScript script = script("")) {
      script.last("7cc5 8811");
      assertThat(script.hex(0)).isEqualTo("00000001658811");
      assertThat(script.frame(0).isDamaged()).isFalse();
    }
  }

  @Test
  void anEndBitThatIsNeverSetIsNotMissed() {
    try (FormatScript script = script("")) {
      script.packet("7c85 8811").last("7c05 22").later(3600).packet("5c81 8833").last("5c01 44");
      script.later(3600).packet("5c81 88");
      assertThat(script.frames()).hasSize(2).noneMatch(Frame::isDamaged);
    }
    try (FormatScript script = script("")) {
      script.packet("7c85 8811").last("7c45 22").later(3600).packet("5c81 8833").last("5c01 44");
      script.later(3600).packet("5c81 88");
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(false, true);
    }
  }

  @Test
  void timestampsThatStandStillLeaveTheMarker() {
    try (FormatScript script = script("")) {
      script.last("658801").last("418802").last("418803");
      assertThat(script.frames()).hasSize(3).noneMatch(Frame::isDamaged);
    }
  }

  @Test
  void aPictureOfWhichNothingIsLeftIsCountedInTheNext() {
    try (FormatScript script = script("")) {
      script.last("658801").later(3600).lose(1).last("5c41 44").later(3600).last("418803");
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(0, 1);
      assertThat(script.frames()).noneMatch(Frame::isDamaged);
    }
  }

  /** Seen by the times: no picture was between, so what is missing is this one's. */
  @Test
  void anSeiThatIsLostBeforeItsSliceIsSeen() {
    try (FormatScript script = script("")) {
      for (int i = 0; i < 4; i++) {
        script.packet("06 05 01 aa 80").last("418801").later(3600);
      }
      script.lose(1).last("418802");
      assertThat(script.frame(4).isDamaged()).isTrue();
    }
  }

  @Test
  void aSourceThatBeginsAgainDamagesThePictureThatIsOpen() {
    try (FormatScript script = script("")) {
      script.packet("7c85 8811").lose(-3000).packet("7c05 22").last("7c45 33");
      assertThat(script.frame(0).isDamaged()).isTrue();
    }
  }
}
