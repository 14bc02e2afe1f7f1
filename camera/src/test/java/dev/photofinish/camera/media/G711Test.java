package dev.photofinish.camera.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ITU-T G.711, against its expansion tables. */
class G711Test {

  @ParameterizedTest
  @CsvSource({"0, 255", "-1, 127", "32767, 128", "-32768, 0", "1000, 206", "-1000, 78"})
  void compressesMuLaw(int sample, int code) {
    assertThat(G711.PCMU.encode(sample) & 0xff).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"0, 213", "-1, 85", "32767, 170", "-32768, 42", "1000, 250", "-1000, 122"})
  void compressesALaw(int sample, int code) {
    assertThat(G711.PCMA.encode(sample) & 0xff).isEqualTo(code);
  }

  @Test
  void losesNoMoreThanAStep() {
    for (int sample = -32000; sample <= 32000; sample += 7) {
      int step = Math.max(16, Math.abs(sample) / 16 + 16);
      assertThat(expandMuLaw(G711.PCMU.encode(sample))).isCloseTo(sample, within(step));
      assertThat(expandALaw(G711.PCMA.encode(sample))).isCloseTo(sample, within(step));
    }
  }

  private static Offset<Integer> within(int step) {
    return Offset.offset(step);
  }

  private static int expandMuLaw(byte code) {
    int bits = ~code & 0xff;
    int magnitude = ((((bits & 0x0f) << 3) + 132) << ((bits & 0x70) >> 4)) - 132;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }

  private static int expandALaw(byte code) {
    int bits = (code ^ 0x55) & 0xff;
    int exponent = (bits & 0x70) >> 4;
    int mantissa = ((bits & 0x0f) << 4) + 8;
    int magnitude = exponent == 0 ? mantissa : (mantissa + 256) << (exponent - 1);
    return (bits & 0x80) != 0 ? magnitude : -magnitude;
  }
}
