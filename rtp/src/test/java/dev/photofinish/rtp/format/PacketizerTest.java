package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames to payloads, and back. */
class PacketizerTest {
  private static final String MODE_1 = "packetization-mode=1";
  private static final String HBR = "mode=AAC-hbr;config=1190";

  private record Payload(String hex, long timestamp, boolean marker) {
    byte[] bytes() {
      return FormatScript.bytes(hex);
    }
  }

  private static Packetizer packetizer(PayloadFormat format, int mostBytes) {
    return PayloadFormats.packetizer(format, mostBytes).orElseThrow();
  }

  private static PayloadFormat format(String encoding, String parameters) {
    return new PayloadFormat(encoding, 96, 0, 2, parameters);
  }

  /** The frame's bytes are a view of a larger buffer, so that indexes are looked at. */
  private static Frame frame(FrameFormat format, byte[] bytes, int... units) {
    ByteBuf content = Unpooled.wrappedBuffer(new byte[3], bytes).skipBytes(3);
    return Frame.of(0, format, content, units, 0, RandomAccess.IDR, false);
  }

  private static List<Payload> payloads(Packetizer packetizer, Frame frame, long timestamp) {
    List<Payload> payloads = new ArrayList<>();
    packetizer.packetize(
        frame,
        timestamp,
        (payload, time, marker) -> {
          payloads.add(new Payload(ByteBufUtil.hexDump(payload), time, marker));
          payload.release();
        });
    assertThat(frame.refCnt()).isEqualTo(1);
    frame.release();
    return payloads;
  }

  private static byte[] bytes(String hex) {
    return FormatScript.bytes(hex);
  }

  /** RFC 6184 section 5.8: FU-A, the header of the unit divided among the two of each fragment. */
  @Test
  void h264() {
    String large = "65" + "ab".repeat(100);
    Frame frame =
        frame(FrameFormat.video(Codec.H264, 90_000), bytes("00000001 6742 00000001" + large), 0, 6);
    List<Payload> payloads = payloads(packetizer(format("H264", MODE_1), 64), frame, 1L << 32 | 7);
    assertThat(payloads)
        .extracting(Payload::hex)
        .containsExactly("6742", "7c85" + "ab".repeat(62), "7c45" + "ab".repeat(38));
    assertThat(payloads).extracting(Payload::marker).containsExactly(false, false, true);
    assertThat(payloads).extracting(Payload::timestamp).containsOnly(7L);
  }

  /**
   * A reader that begins at a key frame needs them, behind a delimiter (H.264 section 7.4.1.2.3).
   */
  @Test
  void keyFramesHaveTheirParameterSets() {
    FrameFormat format =
        FrameFormat.video(Codec.H264, 90_000)
            .withParameterSets(
                List.of(
                    FrameFormat.parameterSet(bytes("6742")),
                    FrameFormat.parameterSet(bytes("68" + "cd".repeat(64)))));
    Packetizer packetizer = packetizer(format("H264", MODE_1), 64);
    assertThat(payloads(packetizer, frame(format, bytes("00000001 09f0 00000001 65aa"), 0, 6), 7))
        .extracting(Payload::hex)
        .containsExactly("09f0", "6742", "7c88" + "cd".repeat(62), "7c48" + "cdcd", "65aa");
    assertThat(payloads(packetizer, frame(format, bytes("00000001 65aa"), 0), 7))
        .extracting(Payload::hex)
        .startsWith("6742")
        .endsWith("65aa");
    Frame withItsOwn = frame(format, bytes("00000001 6743 00000001 65aa"), 0, 6);
    assertThat(payloads(packetizer, withItsOwn, 7))
        .extracting(Payload::hex)
        .containsExactly("6743", "65aa");
  }

  /** RFC 7798 section 4.4.3. */
  @Test
  void h265() {
    String large = "2601" + "ab".repeat(122);
    Frame frame =
        frame(
            FrameFormat.video(Codec.H265, 90_000), bytes("00000001 400144 00000001" + large), 0, 7);
    List<Payload> payloads = payloads(packetizer(format("H265", ""), 64), frame, 7);
    assertThat(payloads)
        .extracting(Payload::hex)
        .containsExactly("400144", "620193" + "ab".repeat(61), "620153" + "ab".repeat(61));
    assertThat(payloads).extracting(Payload::marker).containsExactly(false, false, true);
  }

  /** RFC 2250 sections 3.1, 3.2 and 3.4: TR 5, S, B, E and P, and the codes of a B picture. */
  @Test
  void mpeg2() {
    FrameFormat format = FrameFormat.video(Codec.MPEG2_VIDEO, 90_000);
    String headers = "000001b30b009013ffffe018 00000100014fffff ".replace(" ", "");
    String slice = "00000101" + "aa".repeat(10);
    String large = "00000103" + "bb".repeat(100);
    Frame frame = frame(format, bytes(headers + slice + slice + large + slice));
    List<Payload> payloads = payloads(packetizer(format("MPV", ""), 64), frame, 7);
    assertThat(payloads)
        .extracting(Payload::hex)
        .containsExactly(
            "00053900" + headers + slice + slice,
            "00051100" + "00000103" + "bb".repeat(56),
            "00050900" + "bb".repeat(44),
            "00051900" + slice);
    assertThat(payloads).extracting(Payload::marker).containsExactly(false, false, false, true);
    assertThat(payloads).extracting(Payload::timestamp).containsOnly(7L);
    Frame backward = frame(format, bytes("000001000059fff9a8" + slice)); // TR 1, codes 3 and 5
    assertThat(payloads(packetizer(format("MPV", ""), 64), backward, 7).get(0).hex())
        .startsWith("00011b53");
  }

  /** The headers of the second field begin a payload; headers larger than one are cut. */
  @Test
  void fieldsAndLargeHeadersOfMpeg2() {
    FrameFormat format = FrameFormat.video(Codec.MPEG2_VIDEO, 90_000);
    String slice = "00000101aa";
    String user = "000001b2" + "cc".repeat(70);
    String top = "00000100004fffff" + user + slice;
    Frame frame = frame(format, bytes(top + "000001000057ffff" + slice));
    assertThat(payloads(packetizer(format("MPV", ""), 64), frame, 7))
        .extracting(Payload::hex)
        .containsExactly(
            "00010100" + top.substring(0, 120),
            "00011900" + top.substring(120),
            "00011a0e" + "000001000057ffff" + slice);
  }

  /**
   * RTP Payload Format For AV1, section 4.4: W = 1, N at the first packet of a key frame, Z and Y
   * around a fragment's end; no sizes, no temporal delimiter.
   */
  @Test
  void av1() {
    FrameFormat format = FrameFormat.video(Codec.AV1, 90_000);
    byte[] unit = bytes("1200 0a020102 3264" + "ab".repeat(100));
    List<Payload> payloads = payloads(packetizer(format("AV1", ""), 64), frame(format, unit), 7);
    assertThat(payloads).extracting(Payload::hex).startsWith("18080102");
    assertThat(payloads).hasSize(3);
    assertThat(payloads.get(1).hex()).isEqualTo("5030" + "ab".repeat(62));
    assertThat(payloads.get(2).hex()).isEqualTo("90" + "ab".repeat(38));
    assertThat(payloads).extracting(Payload::marker).containsExactly(false, false, true);
  }

  /** A reader that begins at a key frame needs it; an extension of the header stays. */
  @Test
  void keyFramesOfAv1HaveTheirSequenceHeader() {
    FrameFormat format =
        FrameFormat.video(Codec.AV1, 90_000)
            .withParameterSets(List.of(FrameFormat.parameterSet(bytes("0a020102"))));
    Packetizer packetizer = packetizer(format("AV1", ""), 64);
    assertThat(payloads(packetizer, frame(format, bytes("3628 02 10aa")), 7))
        .extracting(Payload::hex)
        .containsExactly("18080102", "103428" + "10aa");
    Frame withItsOwn = frame(format, bytes("0a020102 3202 10aa"));
    assertThat(payloads(packetizer, withItsOwn, 7))
        .extracting(Payload::hex)
        .containsExactly("18080102", "103010aa");
    assertThat(payloads(packetizer, frame(format, bytes("1200")), 7)).isEmpty();
  }

  /** RFC 3640 section 3.3.6: 13 bits of size, 3 of index; parts have the size of the whole. */
  @Test
  void aac() {
    FrameFormat format = FrameFormat.audio(Codec.AAC, 48_000, 48_000, 2);
    Packetizer packetizer = packetizer(format("mpeg4-generic", HBR), 64);
    assertThat(payloads(packetizer, frame(format, bytes("aabb")), 7))
        .extracting(Payload::hex)
        .containsExactly("00100010aabb");
    List<Payload> parts = payloads(packetizer, frame(format, new byte[121]), 7);
    assertThat(parts)
        .extracting(Payload::hex)
        .containsExactly(
            "001003c8" + "00".repeat(60), "001003c8" + "00".repeat(60), "001003c8" + "00");
    assertThat(parts).extracting(Payload::marker).containsExactly(false, false, true);
    Frame large = frame(format, new byte[8192]);
    assertThatThrownBy(() -> packetizer.packetize(large, 0, (p, t, m) -> p.release()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frame: 8192 bytes are not valid; expected at most 8191");
    large.release();
  }

  /** A frame of MP3 with 128 kbit/s, and one of AC-3 with 32. */
  private static Frame sound(Codec codec) {
    boolean mp3 = codec == Codec.MPEG_AUDIO;
    byte[] bytes = new byte[mp3 ? 417 : 128];
    new Random(20_261_130).nextBytes(bytes);
    byte[] header = bytes(mp3 ? "fffb9000" : "0b77 0000 00 40 40");
    System.arraycopy(header, 0, bytes, 0, header.length);
    return frame(FrameFormat.audio(codec, mp3 ? 90_000 : 48_000, 48_000, 2), bytes);
  }

  /** RFC 2250 section 3.5: each part says where in its frame it begins. */
  @Test
  void mpegAudio() {
    assertThat(payloads(packetizer(format("MPA", ""), 1_200), sound(Codec.MPEG_AUDIO), 7))
        .singleElement()
        .satisfies(whole -> assertThat(whole.hex()).startsWith("00000000" + "fffb9000"));
    List<Payload> parts = payloads(packetizer(format("MPA", ""), 200), sound(Codec.MPEG_AUDIO), 7);
    assertThat(parts)
        .extracting(part -> part.hex().substring(0, 8))
        .containsExactly("00000000", "000000c4", "00000188");
    assertThat(parts).noneMatch(Payload::marker);
    comesBack("MPA", sound(Codec.MPEG_AUDIO), parts);
  }

  /** RFC 4184 section 4.1.1: the type of a part, and how many there are. */
  @ParameterizedTest
  @CsvSource({"1200, 0001", "100, 0102 0302", "70, 0202 0302", "64, 0203 0303 0303"})
  void ac3(int most, String headers) {
    List<Payload> parts = payloads(packetizer(format("ac3", ""), most), sound(Codec.AC3), 7);
    assertThat(parts)
        .extracting(part -> part.hex().substring(0, 4))
        .containsExactly(headers.split(" "));
    assertThat(parts).extracting(Payload::marker).endsWith(true);
    assertThat(parts).filteredOn(Payload::marker).hasSize(1);
    comesBack("ac3", sound(Codec.AC3), parts);
  }

  private static void comesBack(String encoding, Frame sent, List<Payload> parts) {
    try (FormatScript script = new FormatScript(encoding, sent.format().clockRate(), 2, "")) {
      parts.forEach(part -> script.packet(part.bytes(), part.marker()));
      script.later(1_536).packet(parts.get(0).bytes(), true); // MPEG audio has no marker
      Frame came = script.frame(0);
      assertThat(came.isDamaged()).isFalse();
      assertThat(came.content()).isEqualTo(sent.content());
    }
    sent.release();
  }

  /** A cut is never inside a sample, and each packet has the time of its first one. */
  @ParameterizedTest
  @CsvSource({
    "PCMU, 1, PCMU, 64, 64",
    "L16, 2, L16, 64, 16",
    "L24, 2, L24, 60, 10",
    "G722, 1, G722, 64, 64",
    "G726-24, 1, G726, 63, 168",
    "AAL2-G726-40, 1, G726_AAL2, 60, 96",
  })
  void samples(String encoding, int channels, Codec codec, int bytes, long ticks) {
    PayloadFormat payload = new PayloadFormat(encoding, 96, 8_000, channels, "");
    FrameFormat format = FrameFormat.audio(codec, 8_000, 8_000, channels);
    List<Payload> payloads =
        payloads(packetizer(payload, 64), frame(format, new byte[150]), 0xffff_fff0L);
    assertThat(payloads.get(0).bytes()).hasSize(bytes);
    assertThat(payloads.get(1).timestamp()).isEqualTo((0xffff_fff0L + ticks) & 0xffff_ffffL);
    assertThat(payloads).noneMatch(Payload::marker);
  }

  @ParameterizedTest
  @CsvSource({
    "H264, ''", // packetization-mode=0: a large picture could not be sent
    "mpeg4-generic, mode=AAC-lbr",
    "VP8, ''",
    "unknown, ''"
  })
  void whatCannotBeSent(String encoding, String parameters) {
    assertThat(PayloadFormats.packetizer(format(encoding, parameters), 1_200)).isEmpty();
  }

  @Test
  void wrongUseIsRefused() {
    assertThatThrownBy(() -> PayloadFormats.packetizer(format("opus", ""), 63))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mostBytes: 63 is not valid; expected 64 to 65,000");
    Frame frame = frame(FrameFormat.data(Codec.KLV, 90_000), new byte[1]);
    Packetizer packetizer = packetizer(format("opus", ""), 64);
    assertThatThrownBy(() -> packetizer.packetize(frame, 0, (p, t, m) -> p.release()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frame: KLV is not valid; expected OPUS");
    frame.release();
  }

  /** What goes through both is as it was, whatever the sizes are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "H264 " + MODE_1,
        "AV1 ",
        "mpeg4-generic " + HBR,
        "opus ",
        "PCMU ",
        "L16 ",
        "L24 ",
        "G722 ",
        "MP2T ",
        "SMPTE336M ",
        "vnd.onvif.metadata "
      })
  void framesComeBackAsTheyWere(String encoding) {
    String name = encoding.substring(0, encoding.indexOf(' '));
    String parameters = encoding.substring(name.length() + 1);
    Random random = new Random(20_261_129);
    for (int i = 0; i < 200; i++) {
      int most = 64 + random.nextInt(2_000);
      Packetizer packetizer = packetizer(format(name, parameters), most);
      try (FormatScript script = new FormatScript(name, 8_000, 2, parameters)) {
        Codec codec = script.depacketizer().format().codec();
        List<byte[]> sent = new ArrayList<>();
        for (int f = 0; f < 3; f++) {
          Frame frame = random(script.depacketizer().format(), random);
          sent.add(ByteBufUtil.getBytes(frame.content()));
          script.later(960);
          for (Payload payload : payloads(packetizer, frame, 0)) {
            script.packet(payload.bytes(), payload.marker());
            assertThat(payload.bytes().length)
                .isLessThanOrEqualTo(
                    codec == Codec.OPUS
                        ? 65_000
                        : codec == Codec.MPEG_TS ? Math.max(188, most) : most);
          }
        }
        assertThat(script.frames()).noneMatch(frame -> frame.lost() > 0);
        assertThat(
                joined(
                    script.frames().stream().map(f -> ByteBufUtil.getBytes(f.content())).toList()))
            .isEqualTo(joined(sent));
        if (codec.kind() == Codec.Kind.VIDEO || codec == Codec.AAC || codec == Codec.OPUS) {
          assertThat(script.frames()).hasSize(3).noneMatch(Frame::isDamaged);
        }
      }
    }
  }

  private static String joined(List<byte[]> parts) {
    StringBuilder all = new StringBuilder();
    parts.forEach(part -> all.append(ByteBufUtil.hexDump(part)));
    return all.toString();
  }

  private static Frame random(FrameFormat format, Random random) {
    switch (format.codec()) {
      case H264 -> {
        return pictures(format, random);
      }
      case AV1 -> {
        return units(format, random);
      }
      case MPEG_TS -> {
        byte[] bytes = new byte[188 * (1 + random.nextInt(20))];
        for (int i = 0; i < bytes.length; i += 188) {
          bytes[i] = 0x47;
        }
        return frame(format, bytes);
      }
      case OPUS -> {
        byte[] bytes = new byte[1 + random.nextInt(1_500)];
        random.nextBytes(bytes);
        bytes[0] = (byte) 0xf8;
        return frame(format, bytes);
      }
      default -> {
        byte[] bytes = new byte[12 * (1 + random.nextInt(600))];
        random.nextBytes(bytes);
        return frame(format, bytes);
      }
    }
  }

  private static Frame pictures(FrameFormat format, Random random) {
    FrameBuilder builder = new FrameBuilder(0, 1 << 20);
    builder.begin(0, 0);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      byte[] unit = new byte[2 + random.nextInt(3_000)];
      random.nextBytes(unit);
      unit[0] = (byte) (0x60 | (i == 0 ? 5 : 1 + random.nextInt(5)));
      unit[1] |= (byte) 0x80;
      builder.startNal();
      builder.append(unit);
    }
    return builder.build(format, RandomAccess.IDR);
  }

  /** OBUs of frames, the second and later with an extension header. */
  private static Frame units(FrameFormat format, Random random) {
    ByteBuf content = Unpooled.buffer();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(payload);
      content.writeBytes(i == 0 ? new byte[] {0x32} : new byte[] {0x36, 0x28});
      Leb128.write(content, payload.length);
      content.writeBytes(payload);
    }
    return frame(format, ByteBufUtil.getBytes(content));
  }
}
