package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.format.Mp3Stream.Payload;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5219; the frames are those of ISO 11172-3. */
class MpaRobustDepacketizerTest {
  private static final long SEED = 20_261_130;
  private static final int FRAMES = 60;

  /** 128 kbit/s of MPEG-1 at 44.1 kHz, stereo; 64 of MPEG-2 at 24 kHz; 8 of MPEG-2.5, mono. */
  private static final int[] HEADERS = {0xfffb_9064, 0xfff3_8464, 0xffe3_18c4};

  private static final int MPEG_1 = HEADERS[0];
  private static final int TICKS = 90_000 * 1152 / 44_100;

  private final Random random = new Random(SEED);

  private static FormatScript script() {
    return new FormatScript("mpa-robust", 90_000, 0, "");
  }

  /** The payloads through a depacketizer, but those whose numbers are lost. */
  private static FormatScript play(List<Payload> payloads, Set<Integer> lost, int bits) {
    FormatScript script = script();
    MpegAudioHeader header = MpegAudioHeader.parse(bits);
    long at = 0;
    for (int i = 0; i < payloads.size(); i++) {
      long time = 90_000L * header.samples() * payloads.get(i).adus().get(0) / header.sampleRate();
      script.later((int) (time - at));
      at = time;
      if (lost.contains(i)) {
        script.lose(1);
      } else {
        script.packet(payloads.get(i).bytes(), false);
      }
    }
    return script;
  }

  private static List<String> frames(FormatScript script) {
    return IntStream.range(0, script.frames().size()).mapToObj(script::hex).toList();
  }

  private static List<String> hex(List<byte[]> frames) {
    return frames.stream().map(ByteBufUtil::hexDump).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 500, 1_400})
  void adusBecomeTheFramesThatTheyWere(int most) {
    for (int bits : HEADERS) {
      for (boolean interleaved : new boolean[] {false, true}) {
        List<byte[]> frames = Mp3Stream.frames(bits, FRAMES, random);
        List<byte[]> adus = Mp3Stream.adus(frames);
        List<Integer> order = interleaved ? Mp3Stream.interleaved(adus) : Mp3Stream.inOrder(adus);
        List<Payload> payloads = Mp3Stream.payloads(adus, order, most);
        try (FormatScript script = play(payloads, Set.of(), bits)) {
          int came = script.frames().size();
          assertThat(came).isGreaterThan(FRAMES - 20); // the rest may still get data
          assertThat(frames(script)).isEqualTo(hex(frames).subList(0, came));
          assertThat(script.frames()).noneMatch(Frame::isDamaged).allMatch(f -> f.lost() == 0);
        }
      }
    }
  }

  @Test
  void eachFrameHasItsOwnTime() {
    for (boolean interleaved : new boolean[] {false, true}) {
      List<byte[]> adus = Mp3Stream.adus(Mp3Stream.frames(MPEG_1, FRAMES, random));
      List<Integer> order = interleaved ? Mp3Stream.interleaved(adus) : Mp3Stream.inOrder(adus);
      try (FormatScript script = play(Mp3Stream.payloads(adus, order, 1_400), Set.of(), MPEG_1)) {
        assertThat(script.frames().size()).isGreaterThan(24);
        for (int i = 0; i < script.frames().size(); i++) {
          long since = (script.frame(i).timestamp() - script.frame(0).timestamp()) & 0xffff_ffffL;
          assertThat(since).isBetween((long) i * TICKS - 2, (long) i * TICKS + 4 + i / 10);
          assertThat(script.frame(i).duration()).isEqualTo(TICKS);
          assertThat(script.frame(i).format().sampleRate()).isEqualTo(44_100);
        }
      }
    }
  }

  /** Each ADU that came is in a frame with all its data, though what lay before is missing. */
  @ParameterizedTest
  @ValueSource(ints = {100, 500, 1_400})
  void whatIsLostDamagesNothingElse(int most) {
    for (int bits : HEADERS) {
      for (boolean interleaved : new boolean[] {false, true}) {
        List<byte[]> adus = Mp3Stream.adus(Mp3Stream.frames(bits, FRAMES, random));
        List<String> sent = adus.stream().map(MpaRobustDepacketizerTest::essence).toList();
        List<Integer> order = interleaved ? Mp3Stream.interleaved(adus) : Mp3Stream.inOrder(adus);
        List<Payload> payloads = Mp3Stream.payloads(adus, order, most);
        Set<Integer> lost = new HashSet<>();
        Set<Integer> hit = new HashSet<>();
        for (int i = 1; i < payloads.size() - 1; i++) {
          if (random.nextInt(10) == 0) {
            lost.add(i);
            hit.addAll(payloads.get(i).adus());
          }
        }
        try (FormatScript script = play(payloads, lost, bits)) {
          List<byte[]> frames = new ArrayList<>();
          script.frames().forEach(frame -> frames.add(ByteBufUtil.getBytes(frame.content())));
          List<byte[]> read = Mp3Stream.adus(frames);
          List<String> whole = new ArrayList<>();
          for (int i = 0; i < read.size() - 1; i++) {
            if (!script.frame(i).isDamaged()) {
              whole.add(essence(read.get(i)));
            }
          }
          List<String> expected =
              IntStream.range(0, FRAMES).filter(i -> !hit.contains(i)).mapToObj(sent::get).toList();
          assertThat(whole.size()).isBetween(expected.size() - 20, expected.size());
          for (int i = 0; i < whole.size(); i++) {
            assertThat(whole.get(i)).startsWith(expected.get(i)); // zeros behind it
          }
          int counted = script.frames().stream().mapToInt(Frame::lost).sum();
          assertThat(counted).isGreaterThanOrEqualTo(lost.size() / 2);
        }
      }
    }
  }

  /** Side information without the back pointer, and main data. */
  private static String essence(byte[] adu) {
    byte[] copy = Arrays.copyOfRange(adu, 4, adu.length);
    copy[0] = 0;
    if ((adu[1] >> 3 & 3) == 3) {
      copy[1] &= 0x7f;
    }
    return ByteBufUtil.hexDump(copy);
  }

  /** The CRC is left out with the header that it was of. */
  @Test
  void aFrameWithoutTheOnesBeforeItGetsAHigherBitRate() {
    byte[] adu = FormatScript.bytes("fffa9064 abcd" + "8000" + "00".repeat(30) + "77".repeat(500));
    byte[] silent = FormatScript.bytes("fffb9064" + "00".repeat(32));
    try (FormatScript script = script()) {
      for (Payload payload : Mp3Stream.payloads(List.of(adu, silent), List.of(0, 1), 1_400)) {
        script.packet(payload.bytes(), false);
      }
      // 411 bytes of main data at 128 kbit/s and 256 before them make 224 kbit/s.
      assertThat(script.hex(0)).startsWith("fffbc064" + "00".repeat(32) + "77".repeat(500) + "00");
      assertThat(script.frame(0).content().readableBytes()).isEqualTo(731);
      assertThat(script.frame(0).isDamaged()).isFalse();
    }
  }

  @Test
  void mainDataThatFitInNoFrameAreSilence() {
    byte[] adu = FormatScript.bytes("fffbe464" + "ff80" + "00".repeat(30) + "77".repeat(1_200));
    byte[] next = FormatScript.bytes("fffbe464" + "ff80" + "00".repeat(30) + "66".repeat(900));
    try (FormatScript script = script()) {
      for (Payload each : Mp3Stream.payloads(List.of(adu, next, next), List.of(0, 1, 2), 1_400)) {
        script.packet(each.bytes(), false);
      }
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(true, false);
      assertThat(script.hex(0))
          .startsWith("fffbe464" + "00".repeat(32 + 924 - 511))
          .endsWith("66".repeat(511));
    }
  }

  @Test
  void anAduInPartsWithAHoleIsDamaged() {
    byte[] adu = Arrays.copyOf(FormatScript.bytes("fffb9064" + "00".repeat(32)), 417);
    Arrays.fill(adu, 36, 417, (byte) 0x77);
    List<Payload> parts = Mp3Stream.payloads(List.of(adu), List.of(0), 102);
    try (FormatScript script = script()) {
      script.packet(parts.get(0).bytes(), false).packet(parts.get(1).bytes(), false).lose(1);
      script.packet(parts.get(3).bytes(), false).packet(parts.get(4).bytes(), false);
      script.later(TICKS);
      parts.forEach(part -> script.packet(part.bytes(), false));
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(true, false);
      assertThat(script.hex(0)).endsWith("77".repeat(164) + "00".repeat(217));
    }
  }

  @Test
  void whatIsNoAduOfMp3IsCounted() {
    byte[] adu = Arrays.copyOf(FormatScript.bytes("fffb9064" + "00".repeat(32)), 417);
    try (FormatScript script = script()) {
      script
          .packet("40")
          .packet("04 fffd8400") // layer II
          .packet("04 fffb0064") // a free bit rate
          .packet("08 fffb906400000000") // no side information
          .packet("7fff fffb9064")
          .packet("c1a1 fffb9064") // the end of one that did not come
          .packet(Mp3Stream.payloads(List.of(adu), List.of(0), 1_400).get(0).bytes(), false);
      assertThat(script.frame(0).lost()).isEqualTo(6);
    }
  }

  /** Indexes that go on for ever in one cycle. */
  @Test
  void whatWaitsIsBounded() {
    byte[] adu = FormatScript.bytes("fffb9064" + "00".repeat(32));
    try (FormatScript script = script()) {
      for (int i = 0; i < 1_000; i++) {
        adu[0] = (byte) (i & 0xff);
        adu[1] = (byte) (0x1b | 3 << 5);
        script.packet(Mp3Stream.payloads(List.of(adu), List.of(0), 1_400).get(0).bytes(), false);
      }
      assertThat(script.frames().size()).isGreaterThanOrEqualTo(1_000 - 256 - 2);
    }
  }
}
