package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONVIF Streaming Specification section 5.1.2.1.1, and KLV (RFC 6597). */
class DocumentDepacketizerTest {
  private static final String BEGIN = xml("<tt:MetadataStream xmlns:tt='http://www.onvif.org'>");
  private static final String MIDDLE = xml("<tt:Event/>");
  private static final String END = xml("</tt:MetadataStream>");

  private static String xml(String text) {
    return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.UTF_8));
  }

  private static FormatScript metadata() {
    return new FormatScript("vnd.onvif.metadata", 90_000, 0, "");
  }

  @Test
  void aDocumentEndsWithTheMarker() {
    try (FormatScript script = metadata()) {
      script.packet(BEGIN).last(END).last(BEGIN + END); // two of one timestamp
      assertThat(script.hex(0)).isEqualTo(BEGIN + END);
      assertThat(script.frames()).hasSize(2).noneMatch(Frame::isDamaged);
      assertThat(script.frame(0).codec()).isEqualTo(Codec.ONVIF_METADATA);
    }
  }

  @Test
  void withoutMarkersTheNextTimestampEndsIt() {
    try (FormatScript script = metadata()) {
      script.packet(BEGIN).packet(END).later(3600).packet(BEGIN);
      assertThat(script.hex(0)).isEqualTo(BEGIN + END);
      assertThat(script.frame(0).isDamaged()).isFalse();
    }
  }

  @Test
  void whatIsLostIsMarked() {
    try (FormatScript script = metadata()) {
      script.packet(BEGIN).lose(1).last(END).later(1); // inside
      script.lose(1).packet(MIDDLE).last(END).later(1); // its start
      script.lose(1).last(END).later(1); // all but the end, which has the name too
      script.packet(BEGIN).lose(1).later(1); // its end
      script.last(BEGIN + END).later(1);
      script.lose(4).last(BEGIN + END).later(1); // whole ones
      assertThat(script.frames())
          .extracting(Frame::isDamaged)
          .containsExactly(true, true, true, true, false, false);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(1, 1, 1, 1, 0, 4);
    }
  }

  @Test
  void theFirstDocumentMayHaveBegunBefore() {
    try (FormatScript script = metadata()) {
      script.last(END).last(xml("<?xml version='1.0'?>") + BEGIN + END).last(xml("<other/>"));
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(true, false, false);
    }
  }

  @Test
  void klvBeginsWithAUniversalLabel() {
    try (FormatScript script = new FormatScript("smpte336m", 90_000, 0, "")) {
      String label = "060e2b34020b01010e01030101000000";
      script.packet(label + "02").last("aabb").later(3600);
      script.lose(1).last("aabb").later(3600).lose(1).last(label + "01cc");
      assertThat(script.hex(0)).isEqualTo(label + "02aabb");
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(false, true, false);
      assertThat(script.frame(0).codec()).isEqualTo(Codec.KLV);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vnd.onvif.metadata.gzip",
        "vnd.onvif.metadata.exi.onvif",
        "vnd.onvif.metadata.exi.ext"
      })
  void compressedFormsAreRefusedClearly(String encoding) {
    assertThat(PayloadFormats.problem(new PayloadFormat(encoding, 98, 90_000, 0, "")))
        .hasValue(
            "ONVIF metadata in a compressed form is not supported; expected vnd.onvif.metadata");
  }
}
