package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nonsense through each format of audio and data: no exception, nothing kept ({@link
 * FormatScript#close} looks), and no more bytes out than came in; but an ADU of MP3, 14 bytes or
 * more, is a frame of up to 1441 bytes.
 */
class HostileAudioTest {
  private static final long SEED = 20_261_129;
  private static final int ROUNDS = 300;
  private static final int LEAST_ADU_BYTES = 14;
  private static final int MOST_MP3_BYTES = 1441;

  /** Name, parameters and a good packet, from which others are made. */
  record Kind(String encoding, String parameters, String packet) {
    @Override
    public String toString() {
      return encoding + " " + parameters;
    }
  }

  static List<Kind> kinds() {
    String mp3 = "fff318c0" + "11".repeat(32);
    String ac3 = "0b770000004040" + "22".repeat(121);
    return List.of(
        new Kind("mpeg4-generic", "mode=AAC-hbr;config=1190", "0020 0010 0018 aabb ccddee"),
        new Kind("mpeg4-generic", "mode=AAC-hbr", "0010 0050 fff15040015ffc 010203"),
        new Kind("mpeg4-generic", "mode=AAC-lbr;sizelength=16;indexlength=16", "0020 00020000 aa"),
        new Kind("MP4A-LATM", "cpresent=0;config=400026203fc0", "03 aabbcc 01 dd"),
        new Kind("MP4A-LATM", "", "200013101fe01555d8"),
        new Kind("opus", "", "fb06aabb"),
        new Kind("MPA", "", "00000000" + mp3 + mp3.substring(0, 20)),
        new Kind("MPA-ROBUST", "", "24" + mp3 + "4024" + mp3 + "4100" + mp3.substring(0, 16)),
        new Kind("AC3", "", "0001" + ac3),
        new Kind("MP2T", "", "47" + "00".repeat(187)),
        new Kind("vnd.onvif.metadata", "", "3c3f786d6c"),
        new Kind("SMPTE336M", "", "060e2b3401"),
        new Kind("PCMU", "", "ffff"),
        new Kind("L24", "", "010203"),
        new Kind("G726-40", "", "0102030405"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nonsenseDoesNoHarm(Kind kind) {
    Random random = new Random(SEED);
    byte[] good = FormatScript.bytes(kind.packet());
    for (int round = 0; round < ROUNDS; round++) {
      try (FormatScript script = new FormatScript(kind.encoding(), 48_000, 2, kind.parameters())) {
        long came = 0;
        for (int i = 0; i < 20; i++) {
          byte[] packet = packet(good, random);
          came += packet.length;
          script.lose(random.nextInt(8) == 0 ? random.nextInt(70_000) : 0);
          script.later(random.nextInt(3) * 1024).packet(packet, random.nextBoolean());
          if (random.nextInt(16) == 0) {
            script.depacketizer().reset();
          }
        }
        long gone = script.frames().stream().mapToLong(f -> f.content().readableBytes()).sum();
        long most =
            kind.encoding().equals("MPA-ROBUST") ? came / LEAST_ADU_BYTES * MOST_MP3_BYTES : came;
        assertThat(gone).as("seed " + SEED + ", round " + round).isLessThanOrEqualTo(most);
        assertThat(script.frames()).allMatch(frame -> frame.duration() >= 0);
      }
    }
  }

  /** The good one, one with some bytes changed, cut or repeated, or random bytes. */
  private static byte[] packet(byte[] good, Random random) {
    byte[] packet = good.clone();
    switch (random.nextInt(6)) {
      case 0 -> {
        return packet;
      }
      case 1 -> {
        return Arrays.copyOf(packet, random.nextInt(packet.length + 1));
      }
      case 2 -> {
        byte[] random1 = new byte[random.nextInt(600)];
        random.nextBytes(random1);
        return random1;
      }
      case 3 -> {
        byte[] ones = new byte[random.nextInt(600)];
        Arrays.fill(ones, (byte) (random.nextBoolean() ? 0xff : 0));
        return ones;
      }
      default -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
        }
        return packet;
      }
    }
  }

  /** Descriptions come from the network too. */
  @ParameterizedTest
  @MethodSource("kinds")
  void nonsenseInADescriptionDoesNoHarm(Kind kind) {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder config = new StringBuilder("mode=AAC-hbr;cpresent=0;config=");
      for (int i = random.nextInt(40); i > 0; i--) {
        config.append(String.format("%02x", random.nextInt(256)));
      }
      int rate = random.nextInt(4) == 0 ? random.nextInt() : 8_000;
      PayloadFormat format =
          new PayloadFormat(kind.encoding(), 96, rate, random.nextInt(20) - 2, config.toString());
      assertThat(PayloadFormats.depacketizer(0, format, Frame::release).isPresent())
          .isEqualTo(PayloadFormats.problem(format).isEmpty());
    }
  }
}
