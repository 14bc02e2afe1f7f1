package dev.photofinish.media.ts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.Collected;
import dev.photofinish.media.Frames;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TsContainerTest {
  private static final int PICTURES = 0x100;

  private final Collected output = new Collected();

  private List<ByteBuf> write(Frame... frames) {
    try (Fragmenter fragmenter =
        new Fragmenter(new TsContainer(), FragmentOptions.defaults().withMedias(1), output)) {
      for (Frame frame : frames) {
        fragmenter.add(frame);
      }
    }
    ByteBuf all = Unpooled.wrappedBuffer(output.all.toByteArray());
    assertThat(all.readableBytes() % 188).isZero();
    List<ByteBuf> packets = new ArrayList<>();
    while (all.isReadable()) {
      packets.add(all.readSlice(188));
      assertThat(packets.get(packets.size() - 1).getByte(0)).isEqualTo((byte) 0x47);
    }
    return packets;
  }

  private static int pid(ByteBuf packet) {
    return packet.getShort(1) & 0x1fff;
  }

  private static byte[] payload(ByteBuf packet) {
    int control = packet.getByte(3) >> 4 & 3;
    int from = 4 + (control == 3 ? 1 + packet.getUnsignedByte(4) : 0);
    byte[] bytes = new byte[control == 2 ? 0 : 188 - from];
    packet.getBytes(from, bytes);
    return bytes;
  }

  private static boolean hasClock(ByteBuf packet) {
    return (packet.getByte(3) & 0x20) != 0
        && packet.getUnsignedByte(4) > 0
        && (packet.getByte(5) & 0x10) != 0;
  }

  @Test
  void beginsWithItsTables() {
    List<ByteBuf> packets = write(Frames.picture(0, true, 1, 2, 3));
    assertThat(packets).extracting(TsContainerTest::pid).containsExactly(0, 0x1000, PICTURES);
    assertThat(HexFormat.of().formatHex(payload(packets.get(0))))
        .startsWith("0000b00d0001c100000001f0002ab104b2ff"); // as FFmpeg writes it
  }

  @Test
  void aKeyFrameHasADelimiterAndItsParameterSets() {
    List<ByteBuf> packets = write(Frames.picture(0, true, 1, 2, 3));
    assertThat(HexFormat.of().formatHex(payload(packets.get(2))))
        .startsWith("000001e00000848005210007d861") // video of any length, aligned, at 126000
        .contains("0000000109f0" + "000000016742c00d")
        .endsWith("0000000168cb83cb20" + "0000000165010203");
  }

  @Test
  void continuityCountersGoOn() {
    Frame[] frames = new Frame[40];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = Frames.picture(40L * i, i % 25 == 0, new int[100 * i]);
    }
    Map<Integer, Integer> next = new HashMap<>();
    for (ByteBuf packet : write(frames)) {
      boolean payload = (packet.getByte(3) & 0x10) != 0;
      int counter = packet.getByte(3) & 0xf;
      int expected = next.getOrDefault(pid(packet), 0);
      assertThat(counter).isEqualTo(payload ? expected : expected - 1 & 0xf);
      next.put(pid(packet), counter + 1 & 0xf);
    }
  }

  /** ISO/IEC 13818-1 section 2.7.2: at most 100 ms between clocks. */
  @Test
  void theClockComesEach100MillisecondsAlsoBetweenRarePictures() {
    List<Long> clocks = new ArrayList<>();
    for (ByteBuf packet : write(Frames.picture(0, true), Frames.picture(1000, false))) {
      if (hasClock(packet)) {
        clocks.add((packet.getUnsignedInt(6) << 1) | (packet.getByte(10) >> 7 & 1));
      }
    }
    assertThat(clocks).hasSizeGreaterThan(10);
    for (int i = 1; i < clocks.size(); i++) {
      assertThat(clocks.get(i) - clocks.get(i - 1)).isBetween(1L, 9000L);
    }
    assertThat(clocks.get(clocks.size() - 1) - clocks.get(0)).isEqualTo(90_000);
  }

  /** Of x264 with two B-frames, one fragment a frame: what overtakes others is known by the SPS. */
  @Test
  void reorderedPicturesHaveTheirTimesFromTheFirstOn() {
    FrameFormat format =
        Frames.H264.withParameterSets(
            List.of(
                FrameFormat.parameterSet(
                    HexFormat.of().parseHex("6764000aacd10426c044000003000400000300c83c489448")),
                FrameFormat.parameterSet(HexFormat.of().parseHex("68ebe3cb22c0"))));
    FragmentOptions each = FragmentOptions.defaults().withLength(Duration.ZERO).withMedias(1);
    try (Fragmenter fragmenter = new Fragmenter(new TsContainer(), each, output)) {
      for (int millis : new int[] {0, 120, 40, 80, 240, 160, 200}) {
        fragmenter.add(Frames.picture(format, millis, millis == 0, false, false, 1));
      }
    }
    List<Long> shown = new ArrayList<>();
    List<Long> decoded = new ArrayList<>();
    ByteBuf all = Unpooled.wrappedBuffer(output.all.toByteArray());
    while (all.isReadable()) {
      byte[] payload = payload(all.readSlice(188));
      if (payload.length > 20 && payload[2] == 1 && payload[3] == (byte) 0xe0) {
        shown.add(time(payload, 9) / 90 - 1400);
        decoded.add(
            (payload[7] & 0x40) != 0 ? time(payload, 14) / 90 - 1400 : shown.get(shown.size() - 1));
      }
    }
    assertThat(shown).containsExactly(0L, 120L, 40L, 80L, 240L, 160L, 200L);
    assertThat(decoded).containsExactly(-40L, 0L, 40L, 80L, 120L, 160L, 200L);
  }

  private static long time(byte[] pes, int at) {
    return (pes[at] >> 1 & 7L) << 30
        | (pes[at + 1] & 0xffL) << 22
        | (pes[at + 2] >> 1 & 0x7fL) << 15
        | (pes[at + 3] & 0xffL) << 7
        | (pes[at + 4] >> 1 & 0x7fL);
  }

  private static Frame opus(long millis, int channels, byte[] packet) {
    return Frame.of(
            0,
            FrameFormat.audio(Codec.OPUS, 48_000, 48_000, channels),
            Unpooled.wrappedBuffer(packet),
            new int[0],
            960,
            RandomAccess.IDR,
            false)
        .at(new FrameTime(millis * 1_000_000, true, null, false));
  }

  @Test
  void opusHasItsDescriptorsAndControlHeaders() {
    List<ByteBuf> packets = write(opus(0, 1, new byte[3]), opus(20, 1, new byte[255]));
    assertThat(HexFormat.of().formatHex(payload(packets.get(1))))
        .contains("06e100f00a" + "05044f707573" + "7f028001");
    String media = HexFormat.of().formatHex(payload(packets.get(2)));
    assertThat(media).startsWith("000001bd").endsWith("7fe003" + "000000");
    assertThat(HexFormat.of().formatHex(payload(packets.get(3)))).contains("7fe0ff00" + "000000");
  }

  @Test
  void opusOfOtherChannelsHasOtherTables() {
    List<ByteBuf> packets = write(opus(0, 1, new byte[3]), opus(20, 2, new byte[3]));
    assertThat(packets)
        .extracting(TsContainerTest::pid)
        .containsExactly(0, 4096, 256, 0, 4096, 256);
    assertThat(HexFormat.of().formatHex(payload(packets.get(4)))).contains("7f028002");
  }

  @Test
  void opusOfManyChannelsIsLeftOut() {
    write(opus(0, 6, new byte[3]));
    assertThat(output.leftOut)
        .containsExactly(
            "0: Opus of more than 2 channels is not supported in MPEG transport streams");
  }

  @Test
  void whatHasNoStandardFormIsLeftOut() {
    write(Frames.sound(0));
    assertThat(output.leftOut)
        .containsExactly("1: PCMU has no standard form in an MPEG transport stream");
  }

  private static Frame streamed(long millis, int counter) {
    byte[] packet = new byte[188];
    packet[0] = 0x47;
    packet[1] = 1;
    packet[3] = (byte) (0x10 | counter);
    return Frame.of(
            0,
            FrameFormat.data(Codec.MPEG_TS, 90_000),
            Unpooled.wrappedBuffer(packet),
            new int[0],
            0,
            RandomAccess.IDR,
            false)
        .at(new FrameTime(millis * 1_000_000, true, null, false));
  }

  @Test
  void aTransportStreamOfTheCameraPassesAsItIs() {
    List<ByteBuf> packets = write(streamed(0, 5), streamed(700, 6), streamed(1400, 7));
    assertThat(packets).extracting(packet -> packet.getByte(3) & 15).containsExactly(5, 6, 7);
    assertThat(packets).extracting(TsContainerTest::pid).containsOnly(0x100);
    assertThat(output.fragments).hasSize(2);
  }

  @Test
  void aTransportStreamIsNotMixedWithOtherMedia() {
    TsContainer stream = new TsContainer();
    FrameFormat ts = FrameFormat.data(Codec.MPEG_TS, 90_000);
    assertThat(stream.problem(ts)).isEmpty();
    assertThat(stream.problem(Frames.H264).orElseThrow()).contains("cannot be mixed");
    TsContainer media = new TsContainer();
    assertThat(media.problem(Frames.PCMU)).isPresent(); // it is not in it
    assertThat(media.problem(Frames.H264)).isEmpty();
    assertThat(media.problem(ts).orElseThrow()).contains("cannot be mixed");
  }
}
