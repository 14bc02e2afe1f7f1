package dev.photofinish.camera.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 6184, packetization-mode 1. */
class H264PacketizerTest {

  private static byte[] unit(int type, int length) {
    byte[] unit = new byte[length];
    for (int i = 1; i < length; i++) {
      unit[i] = (byte) i;
    }
    unit[0] = (byte) (0x60 | type);
    return unit;
  }

  @Test
  void aUnitThatFitsGoesAlone() {
    byte[] unit = unit(Nal.SLICE, H264Packetizer.MAX_PAYLOAD);
    assertThat(H264Packetizer.packetize(List.of(unit))).containsExactly(unit);
  }

  @Test
  void parameterSetsShareAStapA() {
    List<byte[]> payloads =
        H264Packetizer.packetize(
            List.of(unit(Nal.SPS, 3), unit(Nal.PPS, 2), unit(Nal.IDR_SLICE, 4)));

    assertThat(payloads.get(0)).containsExactly(0x78, 0, 3, 0x67, 1, 2, 0, 2, 0x68, 1);
    assertThat(payloads.get(1)).containsExactly(0x65, 1, 2, 3);
  }

  @Test
  void aUnitThatDoesNotFitIsCutIntoFuAFragments() {
    byte[] unit = unit(Nal.IDR_SLICE, 3000);
    List<byte[]> payloads = H264Packetizer.packetize(List.of(unit));

    assertThat(payloads).extracting(payload -> payload.length).containsExactly(1400, 1400, 205);
    assertThat(payloads).allMatch(payload -> payload[0] == 0x7c);
    assertThat(payloads).extracting(payload -> payload[1] & 0xff).containsExactly(0x85, 0x05, 0x45);
    assertThat(joined(payloads)).isEqualTo(unit);
  }

  private static byte[] joined(List<byte[]> fragments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x65);
    fragments.forEach(fragment -> out.write(fragment, 2, fragment.length - 2));
    return out.toByteArray();
  }

  @Test
  void aSecondOfThePictureIsSmall() {
    H264Encoder encoder = new H264Encoder(25);
    int bytes = 0;
    for (int i = 0; i < 25; i++) {
      for (byte[] payload : H264Packetizer.packetize(encoder.encode(i, LocalTime.NOON, false))) {
        assertThat(payload.length).isLessThanOrEqualTo(H264Packetizer.MAX_PAYLOAD);
        bytes += payload.length;
      }
    }
    assertThat(bytes * 8).isBetween(100_000, 400_000);
  }

  @Test
  void emulationOfStartCodesIsPrevented() {
    byte[] unit = Nal.unit(Nal.SLICE, new byte[] {0, 0, 1, 0, 0, 0, 0, 3, 5});
    assertThat(unit).containsExactly(0x61, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 3, 5);
  }
}
