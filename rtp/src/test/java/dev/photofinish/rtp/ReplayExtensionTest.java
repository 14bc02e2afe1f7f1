package dev.photofinish.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header extension 0xABAC of recordings (ONVIF Streaming Specification, section 6.2). */
class ReplayExtensionTest {

  /** Two bytes before the packet, so that its place in the buffer counts. */
  private static Optional<ReplayExtension> read(String hex) throws RtpFormatException {
    ByteBuffer packet = ByteBuffer.wrap(HexFormat.of().parseHex("ffff" + hex)).position(2);
    return ReplayExtension.parse(RtpHeader.parse(packet).extension(packet));
  }

  private static final String FIXED = "90600001" + "00000bb8" + "01020304";

  /** With a contributing source before it, and a payload behind. */
  @Test
  void timeFlagsAndCseqAreRead() throws Exception {
    ReplayExtension read =
        read("91600001"
                + "00000bb8"
                + "01020304"
                + "0a0b0c0d"
                + "abac0003"
                + "cdd4df7c"
                + "80000000"
                + "a0070000"
                + "99")
            .orElseThrow();
    assertThat(read.time()).isEqualTo(Instant.parse("2009-06-06T12:28:44.500Z"));
    assertThat(read)
        .isEqualTo(new ReplayExtension(0xcdd4df7c80000000L, true, false, true, false, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "80, true, false, false, false",
    "40, false, true, false, false",
    "20, false, false, true, false",
    "10, false, false, false, true",
    "0f, false, false, false, false"
  })
  void eachFlagHasItsBit(String flags, boolean c, boolean e, boolean d, boolean t)
      throws Exception {
    assertThat(read(FIXED + "abac0003" + "cdd4df7c00000000" + flags + "ff0000"))
        .contains(new ReplayExtension(0xcdd4df7c00000000L, c, e, d, t, 255));
  }

  /** RFC 4330 section 3. */
  @Test
  void timesGoOnAfter2036() throws Exception {
    assertThat(read(FIXED + "abac0003" + "0000000000000000" + "00000000").orElseThrow().time())
        .isEqualTo(Instant.parse("2036-02-07T06:28:16Z"));
  }

  /** JPEG's extension of ONVIF follows it in the same one. */
  @Test
  void moreMayFollowIt() throws Exception {
    assertThat(read(FIXED + "abac0004" + "cdd4df7c00000000" + "80010000" + "ffd80000")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "80600001" + "00000bb8" + "01020304" + "abac0003cdd4df7c0000000080010000",
    FIXED + "bede0003cdd4df7c0000000080010000",
    FIXED + "abac0002cdd4df7c00000000"
  })
  void noneIsReadWhereThereIsNone(String packet) throws Exception {
    assertThat(read(packet)).isEmpty();
  }
}
