package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7798. */
class H265DepacketizerTest {
  private static final String SPROPS =
      "sprop-vps=QAEMAf//AWAAAAMAsAAAAwAAAwB4FwJA; sprop-sps=QgEBAWAAAAMAsAAAAwAAAwB4oAKggC8c1YgX"
          + "uRZFL/y5/E/qbgQEBAE=; sprop-pps=RAHAcvBTJA==;";

  private static FormatScript script(String parameters) {
    return new FormatScript("H265", 90_000, 0, parameters);
  }

  /** Section 7.1; some cameras put start codes before each. */
  @Test
  void theDescriptionGivesParameterSetsAndSize() {
    try (FormatScript script = script(SPROPS)) {
      FrameFormat format = script.depacketizer().format();
      assertThat(format.parameterSets()).hasSize(3);
      assertThat(format.width()).isEqualTo(1334);
      assertThat(format.height()).isEqualTo(750);
    }
    String annexB =
        "sprop-vps=AAAAAUABDAH//wFgAAADAAADAAADAAADAJasCQ==;"
            + " sprop-sps=AAAAAUIBAQFgAAADAAADAAADAAADAJagBaIB4WNrkkya5Zk=;"
            + " sprop-pps=AAAAAUQB4HawJkA=";
    try (FormatScript script = script(annexB)) {
      assertThat(script.depacketizer().format().parameterSets()).hasSize(3);
      assertThat(script.depacketizer().format().width()).isGreaterThan(0);
    }
  }

  /** Sections 4.4.2 and 4.4.3. */
  @Test
  void aggregationsAndFragmentsBecomeUnits() {
    try (FormatScript script = script("")) {
      script.packet("6001 0003 460150 0004 4e010203").packet("6201 93 aabb").last("6201 53 cc");
      assertThat(script.hex(0))
          .isEqualTo("00000001460150" + "000000014e010203" + "000000012601aabbcc");
      assertThat(script.frame(0).randomAccess()).isEqualTo(RandomAccess.IDR);
    }
  }

  /** Sections 4.4.1 to 4.4.3: DONL in a single unit, before an aggregation and a first fragment. */
  @Test
  void decodingOrderNumbersAreLeftOut() {
    try (FormatScript script = script("sprop-max-don-diff=2")) {
      script.packet("4601 0001 50").packet("6001 0002 0003 4e0102 07 0003 4e0103");
      script.packet("6201 93 0004 aabb").last("6201 53 cc");
      assertThat(script.hex(0))
          .isEqualTo("00000001460150" + "000000014e0102" + "000000014e0103" + "000000012601aabbcc");
    }
  }

  /** Section 4.4.4: cType 19, PHSsize 3. */
  @Test
  void aPaciPacketIsItsPayload() {
    try (FormatScript script = script("")) {
      script.last("6401 2630 010203 aabb");
      assertThat(script.hex(0)).isEqualTo("000000012601aabb");
      assertThat(script.frame(0).isDamaged()).isFalse();
      script.later(3600).last("6401 6430 010203 aabb"); // in itself
      script.later(3600).last("0201 8011");
      assertThat((int) (script.frame(1).timestamp() - script.frame(0).timestamp())).isEqualTo(7200);
    }
  }

  @Test
  void kindsOfRandomAccessAreSeen() {
    try (FormatScript script = script("")) {
      for (String header : new String[] {"2a01", "2001", "2801", "0201"}) {
        script.last(header + "80").later(3600);
      }
      script.packet("4e01 06 01 80").last("0201 80").later(3600); // recovery_poc_cnt 0
      script.packet("4e01 06 01 24").last("0201 80");
      assertThat(script.frames())
          .extracting(Frame::randomAccess)
          .containsExactly(
              RandomAccess.CRA,
              RandomAccess.CRA,
              RandomAccess.IDR,
              RandomAccess.NONE,
              RandomAccess.RECOVERY_POINT,
              RandomAccess.INTRA_REFRESH);
    }
  }

  @Test
  void anotherOrderThanThatOfDecodingIsRefused() {
    PayloadFormat format = new PayloadFormat("H265", 96, 90_000, 0, "sprop-depack-buf-nalus=3");
    assertThat(PayloadFormats.problem(format).orElseThrow())
        .startsWith("H.265 with interleaved NAL units");
    PayloadFormat streams = new PayloadFormat("H265", 96, 90_000, 0, "tx-mode=MRST");
    assertThat(PayloadFormats.problem(streams).orElseThrow()).contains("tx-mode");
  }
}
