package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 9328. */
class H266DepacketizerTest {
  private static FormatScript script(String parameters) {
    return new FormatScript("H266", 90_000, 0, parameters);
  }

  /** Sections 4.3.2 and 4.3.3. */
  @Test
  void aggregationsAndFragmentsBecomeUnits() {
    try (FormatScript script = script("")) {
      script.packet("00e1 0003 00a101 0003 00b902").packet("00e9 87 aabb").last("00e9 47 cc");
      assertThat(script.hex(0))
          .isEqualTo("0000000100a101" + "0000000100b902" + "000000010039aabbcc");
      assertThat(script.frame(0).randomAccess()).isEqualTo(RandomAccess.IDR);
    }
  }

  @Test
  void decodingOrderNumbersAreLeftOut() {
    try (FormatScript script = script("sprop-max-don-diff=2")) {
      script.packet("00a1 0001 50").packet("00e9 87 0004 aabb").last("00e9 47 cc");
      assertThat(script.hex(0)).isEqualTo("0000000100a150" + "000000010039aabbcc");
    }
  }

  @Test
  void kindsOfRandomAccessAreSeen() {
    try (FormatScript script = script("")) {
      for (String header : new String[] {"0041", "0049", "0051", "0001"}) {
        script.last(header + "80").later(3600);
      }
      assertThat(script.frames())
          .extracting(Frame::randomAccess)
          .containsExactly(
              RandomAccess.IDR, RandomAccess.CRA, RandomAccess.INTRA_REFRESH, RandomAccess.NONE);
    }
  }

  /** H.266 section 7.3.2.4, without a profile: 4:2:0, 64 x 32. */
  @Test
  void aSequenceParameterSetSaysTheSize() {
    try (FormatScript script = script("")) {
      // ids 0 and 0, one layer, 4:2:0, no profile, no GDR, no resampling, ue(64), ue(32), no window
      script.packet("0079" + "00" + "08" + "0082" + "0840").last("0039 80");
      FrameFormat format = script.frame(0).format();
      assertThat(format.parameterSets()).hasSize(1);
      assertThat(format.width()).isEqualTo(64);
      assertThat(format.height()).isEqualTo(32);
    }
  }

  /** A slice without the picture header in it goes on with the picture of the header before. */
  @Test
  void aPictureBeginsWithItsHeader() {
    try (FormatScript script = script("")) {
      script.last("0039 80").later(9000).lose(1).last("0001 40");
      assertThat(script.frame(1).isDamaged()).isTrue();
    }
  }
}
