package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** RFC 2435. */
class JpegDepacketizerTest {
  private static final String LUMA = "01".repeat(64);
  private static final String CHROMA = "02".repeat(64);

  private static FormatScript script() {
    return new FormatScript("JPEG", 90_000, 0, "");
  }

  /** Sections 3.1 and 4.2: Q 50 is the tables of annex K themselves. */
  @Test
  void tablesAreComputedFromQ() {
    try (FormatScript script = script()) {
      script.packet("00 000000 01 32 1612 aabb").last("00 000002 01 32 1612 cc");
      assertThat(script.hex(0)).startsWith("ffd8ffe0").contains("ffdb004300100b0c0e0c0a10");
      assertThat(script.hex(0)).contains("ffdb00430111121218").endsWith("3f00aabbccffd9");
      assertThat(script.hex(0)).contains("ffc00011080090" + "00b003012200021101031101");
      assertThat(script.frame(0).format().width()).isEqualTo(176);
    }
  }

  /** Section 3.1.8: length 0 is the tables of this Q before. */
  @Test
  void tablesInPacketsAreKeptByQ() {
    try (FormatScript script = script()) {
      script.last("00 000000 00 80 0808 00 00 0080" + LUMA + CHROMA + "aaffd9").later(3600);
      script.last("00 000000 00 80 0808 00 00 0000 bb").later(3600);
      script.last("00 000000 00 81 0808 00 00 0000 cc").later(3600); // of another Q: not there
      script.last("00 000000 00 82 0808 00 00 00c0" + LUMA + CHROMA + LUMA + "dd"); // three
      assertThat(script.frames()).hasSize(3).noneMatch(Frame::isDamaged);
      for (int i = 0; i < 3; i++) {
        assertThat(script.hex(i)).contains("ffdb004300" + LUMA + "ffdb004301" + CHROMA + "ffc0");
      }
      assertThat(script.hex(0)).endsWith("3f00aaffd9");
      assertThat(script.hex(1)).endsWith("3f00bbffd9");
      assertThat(script.hex(2)).endsWith("3f00ddffd9");
    }
  }

  /** Section 3.1.7. */
  @Test
  void restartIntervalsAreInTheFile() {
    try (FormatScript script = script()) {
      script.last("00 000000 40 32 0808 0005 ffff aabb");
      assertThat(script.hex(0)).contains("ffdd00040005").endsWith("3f00aabbffd9");
    }
  }

  @Test
  void aPartThatIsMissingIsSeenByTheOffset() {
    try (FormatScript script = script()) {
      script.packet("00 000000 01 32 0808 aabb").last("00 000004 01 32 0808 cc").later(3600);
      script.lose(1).last("00 000004 01 32 0808 cc").later(3600); // nothing without the headers
      script.last("00 000000 01 32 0808 aabb");
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(true, false);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(0, 1);
    }
  }

  /** ONVIF Streaming Specification section 5.1.3. */
  @Test
  void theHeaderExtensionOfOnvifCountsFirst() {
    JpegHeader header = new JpegHeader(1, 0, 0, 0);
    byte[] extension =
        FormatScript.bytes(
            "ffd80006" + "ffc000110810000c00 03 012200 021101 031101" + "ffffffffff");
    header.takeExtension(Unpooled.wrappedBuffer(extension), 0, extension.length);
    assertThat(header.width()).isEqualTo(3072);
    assertThat(header.height()).isEqualTo(4096);
    String made = ByteBufUtil.hexDump(header.bytes(new JpegTables().get(50)));
    assertThat(made).containsOnlyOnce("ffc00011").contains("ffc000110810000c00");
  }
}
