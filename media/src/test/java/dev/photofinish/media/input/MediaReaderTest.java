package dev.photofinish.media.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.media.Collected;
import dev.photofinish.media.Frames;
import dev.photofinish.media.container.Container;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.media.mp4.Mp4Container;
import dev.photofinish.media.raw.RawContainer;
import dev.photofinish.media.ts.TsContainer;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that our containers write, and files that are wrong. */
class MediaReaderTest {
  private static final int COUNT = 40;

  private static final FrameFormat AAC =
      FrameFormat.audio(Codec.AAC, 48_000, 48_000, 1)
          .withParameterSets(List.of(FrameFormat.parameterSet(new byte[] {0x11, (byte) 0x88})));

  @TempDir private Path folder;

  private static Container container(String name) {
    return switch (name) {
      case "mp4" -> new Mp4Container();
      case "ts" -> new TsContainer();
      default -> new RawContainer(Codec.Kind.VIDEO);
    };
  }

  private static byte[] written(String container) {
    Collected collected = new Collected();
    try (Fragmenter fragmenter =
        new Fragmenter(container(container), FragmentOptions.defaults(), collected)) {
      for (int i = 0; i < COUNT; i++) {
        fragmenter.add(Frames.picture(40L * i, i % 10 == 0, 0x88, i, 0x55));
      }
    }
    return collected.all.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("media"), bytes);
  }

  /** The numbers in the slices of the frames, and their times. */
  private static List<String> read(MediaReader reader) throws IOException {
    List<String> read = new ArrayList<>();
    for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
      Frame frame = next.get();
      ByteBuf slice = frame.unit(frame.unitCount() - 1);
      read.add(slice.getByte(2) + (frame.isKeyFrame() ? "K " : " ") + frame.time() / 1_000_000);
      frame.release();
    }
    reader.close();
    return read;
  }

  /** A container has a time of its own for the first frame; without one it is 30 a second. */
  @ParameterizedTest
  @CsvSource({"mp4, false, 40", "ts, false, 40", "ts, true, 40", "raw, false, 0", "raw, true, 0"})
  void whatIsWrittenIsRead(String container, boolean asPipe, int millis) throws Exception {
    byte[] bytes = written(container);
    MediaReader reader =
        asPipe ? MediaReader.of(new ByteArrayInputStream(bytes)) : MediaReader.open(file(bytes));
    assertThat(reader.formats()).hasSize(1);
    assertThat(reader.formats().get(0).width()).isEqualTo(320);
    assertThat(reader.formats().get(0).parameterSets()).hasSize(2);
    List<String> frames = read(reader);
    assertThat(frames).hasSize(COUNT);
    long first = Long.parseLong(frames.get(0).split(" ", -1)[1]);
    for (int i = 0; i < COUNT; i++) {
      long time = first + (millis > 0 ? (long) millis * i : Math.round(i * 1000 / 30.0 - 0.5));
      assertThat(frames.get(i)).isEqualTo(i + (i % 10 == 0 ? "K " : " ") + time);
    }
  }

  /** As a recording of a camera has it. */
  @ParameterizedTest
  @CsvSource({
    "PCMU, 8000, 1, 160",
    "PCMA, 8000, 2, 320",
    "L16, 44100, 2, 3528",
    "OPUS, 48000, 2, 9"
  })
  void soundInMp4(Codec codec, int rate, int channels, int bytes) throws Exception {
    FrameFormat format = FrameFormat.audio(codec, rate, rate, channels);
    Collected collected = new Collected();
    FragmentOptions options = FragmentOptions.defaults().withMedias(2);
    try (Fragmenter fragmenter = new Fragmenter(new Mp4Container(), options, collected)) {
      for (int i = 0; i < COUNT; i++) {
        fragmenter.add(Frames.picture(20L * i, i == 0));
        byte[] sound = new byte[bytes];
        Arrays.fill(sound, (byte) i);
        fragmenter.add(
            Frame.of(
                    1,
                    format,
                    Unpooled.wrappedBuffer(sound),
                    new int[0],
                    rate / 50,
                    RandomAccess.IDR,
                    false)
                .at(new FrameTime(20_000_000L * i, true, null, false)));
      }
    }
    List<String> sounds = new ArrayList<>();
    try (MediaReader reader = MediaReader.open(file(collected.all.toByteArray()))) {
      assertThat(reader.leftOut()).isEmpty();
      assertThat(reader.formats().get(1)).isEqualTo(format);
      for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
        Frame frame = next.get();
        if (frame.track() == 1) {
          ByteBuf content = frame.content();
          sounds.add(
              content.readableBytes() + " of " + content.getByte(0) + " at " + frame.time() / 1000);
        }
        frame.release();
      }
    }
    assertThat(sounds).hasSize(COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertThat(sounds.get(i)).isEqualTo(bytes + " of " + i + " at " + 20_000 * i);
    }
  }

  /** Temporal units of AV1, whose sequence header stands before each key frame. */
  @Test
  void av1InMp4() throws Exception {
    byte[] sequence = HexFormat.of().parseHex("0a0b000000043cffbcdaf90040");
    FrameFormat format =
        FrameFormat.video(Codec.AV1, 90_000)
            .withSize(320, 240)
            .withParameterSets(List.of(FrameFormat.parameterSet(sequence)));
    Collected collected = new Collected();
    try (Fragmenter fragmenter =
        new Fragmenter(new Mp4Container(), FragmentOptions.defaults(), collected)) {
      for (int i = 0; i < COUNT; i++) {
        boolean key = i % 10 == 0;
        ByteBuf content = Unpooled.buffer();
        content.writeBytes(key ? sequence : new byte[0]);
        content.writeBytes(new byte[] {0x32, 3, (byte) (key ? 0x10 : 0x30), (byte) i, 0x55});
        RandomAccess access = key ? RandomAccess.IDR : RandomAccess.NONE;
        int[] units = key ? new int[] {0, sequence.length} : new int[] {0};
        fragmenter.add(
            Frame.of(0, format, content, units, 0, access, false)
                .at(new FrameTime(40_000_000L * i, true, null, false)));
      }
    }
    try (MediaReader reader = MediaReader.open(file(collected.all.toByteArray()))) {
      assertThat(reader.formats()).containsExactly(format);
      for (int i = 0; i < COUNT; i++) {
        Frame frame = reader.next().orElseThrow();
        assertThat(frame.time()).isEqualTo(40_000_000L * i);
        assertThat(frame.isKeyFrame()).isEqualTo(i % 10 == 0);
        assertThat(frame.unitCount()).isEqualTo(i % 10 == 0 ? 2 : 1);
        assertThat(frame.unit(frame.unitCount() - 1).getByte(3)).isEqualTo((byte) i);
        frame.release();
      }
      assertThat(reader.next()).isEmpty();
    }
  }

  /** A frame of MPEG audio of 24 kHz, and one of AC-3 of 48 kHz. */
  @ParameterizedTest
  @CsvSource({"MPEG_AUDIO, fff31440, 24, 24000, 24", "AC3, 0b770000004040, 128, 48000, 32"})
  void soundInTransportStreams(Codec codec, String header, int size, int rate, int millis)
      throws Exception {
    FrameFormat format = FrameFormat.audio(codec, codec == Codec.AC3 ? rate : 90_000, rate, 2);
    Collected collected = new Collected();
    try (Fragmenter fragmenter =
        new Fragmenter(new TsContainer(), FragmentOptions.defaults(), collected)) {
      for (int i = 0; i < COUNT; i++) {
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(header), size);
        bytes[size - 1] = (byte) i;
        fragmenter.add(
            Frame.of(
                    0,
                    format,
                    Unpooled.wrappedBuffer(bytes),
                    new int[0],
                    millis * format.clockRate() / 1000,
                    RandomAccess.IDR,
                    false)
                .at(new FrameTime(1_000_000L * millis * i, true, null, false)));
      }
    }
    try (MediaReader reader =
        MediaReader.of(new ByteArrayInputStream(collected.all.toByteArray()))) {
      assertThat(reader.formats()).containsExactly(format);
      long first = -1;
      for (int i = 0; i < COUNT; i++) {
        Frame frame = reader.next().orElseThrow();
        first = first < 0 ? frame.time() : first;
        assertThat(frame.time() - first).isEqualTo(1_000_000L * millis * i);
        assertThat(frame.content().getByte(size - 1)).isEqualTo((byte) i);
        frame.release();
      }
      assertThat(reader.next()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | there is nothing in it",
        "RIFF....AVI LIST | its first bytes are of no format that is read; expected Annex B (H.264,"
            + " H.265), ADTS, MPEG-TS or MP4",
        "....ftypisom | the MP4 has no moov box: it was not finished, or is cut off"
      })
  void filesThatCannotBeRead(String content, String problem) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 4 && content.startsWith("....ftyp"); i++) {
      bytes[i] = (byte) (i == 3 ? bytes.length : 0);
    }
    Path file = file(bytes);
    assertThatThrownBy(() -> MediaReader.open(file))
        .isInstanceOf(MediaFormatException.class)
        .hasMessage(problem);
  }

  @Test
  void mp4IsNotReadFromAPipe() {
    byte[] bytes = written("mp4");
    assertThatThrownBy(() -> MediaReader.of(new ByteArrayInputStream(bytes)))
        .isInstanceOf(MediaFormatException.class)
        .hasMessageStartingWith("MP4 cannot be read from a pipe");
  }

  @Test
  void aStreamWithoutParameterSetsIsRefused() {
    byte[] bytes = {0, 0, 0, 1, 0x41, (byte) 0x88, 1, 0, 0, 0, 1, 0x41, (byte) 0x88, 1};
    assertThatThrownBy(() -> MediaReader.of(new ByteArrayInputStream(bytes)))
        .isInstanceOf(MediaFormatException.class)
        .hasMessage(
            "there are no media that can be read: the stream has no frame that describes it");
  }

  @Test
  void anMp4ThatIsCutOffIsReadUpToThere() throws Exception {
    byte[] bytes = written("mp4");
    MediaReader reader = MediaReader.open(file(Arrays.copyOf(bytes, bytes.length - 20)));
    assertThatThrownBy(() -> read(reader))
        .isInstanceOf(MediaFormatException.class)
        .hasMessageStartingWith("the file is cut off: a sample is at byte ");
    reader.close();
  }

  /** Whatever is in a file, it is read to an end or refused with a sentence. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "ts", "raw"})
  void damagedFiles(String container) throws Exception {
    byte[] bytes = written(container);
    Random random = new Random(20_261_129);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = bytes.clone();
      for (int n = 1 + random.nextInt(8); n > 0; n--) {
        int at = random.nextInt(random.nextBoolean() ? 400 : damaged.length);
        damaged[at] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
      }
      try (MediaReader reader = MediaReader.open(file(damaged))) {
        assertThat(read(reader).size()).isLessThanOrEqualTo(bytes.length);
      } catch (MediaFormatException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  // ---- Lost packets of a transport stream

  private static final int PACKET = 188;

  /** Pictures and audio of some packets each. */
  private static byte[] transportStream() {
    Collected collected = new Collected();
    int[] slice = new int[500];
    try (Fragmenter fragmenter =
        new Fragmenter(new TsContainer(), FragmentOptions.defaults().withMedias(2), collected)) {
      for (int i = 0; i < 10; i++) {
        for (int j = 0; j < slice.length; j++) {
          slice[j] = 0x80 | j % 7 << 4 | i;
        }
        fragmenter.add(Frames.picture(40L * i, i % 5 == 0, slice));
        byte[] sound = new byte[300];
        Arrays.fill(sound, (byte) (0xe0 | i));
        fragmenter.add(
            Frame.of(
                    1,
                    AAC,
                    Unpooled.wrappedBuffer(sound),
                    new int[0],
                    1024,
                    RandomAccess.IDR,
                    false)
                .at(new FrameTime(40_000_000L * i, true, null, false)));
      }
    }
    return collected.all.toByteArray();
  }

  private static int pid(byte[] stream, int packet) {
    return (stream[packet + 1] & 0x1f) << 8 | (stream[packet + 2] & 0xff);
  }

  private static byte[] without(byte[] stream, int from, int packets) {
    byte[] left = Arrays.copyOf(stream, stream.length - packets * PACKET);
    System.arraycopy(stream, from + packets * PACKET, left, from, left.length - from);
    return left;
  }

  /** The media, first byte and length of each whole frame; counts the packets that it misses. */
  private static List<String> whole(byte[] stream, int[] damagedAndLost) throws IOException {
    List<String> whole = new ArrayList<>();
    try (MediaReader reader = MediaReader.of(new ByteArrayInputStream(stream))) {
      for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
        Frame frame = next.get();
        damagedAndLost[0] += frame.isDamaged() ? 1 : 0;
        damagedAndLost[1] += frame.lost();
        if (!frame.isDamaged()) {
          boolean sound = frame.codec() == Codec.AAC;
          ByteBuf content = sound ? frame.content() : frame.unit(frame.unitCount() - 1);
          int number = content.getByte(content.writerIndex() - 1) & 0xf;
          assertThat(
                  content.forEachByte(content.writerIndex() - 200, 200, b -> (b & 0xf) == number))
              .as("bytes of one frame alone")
              .isEqualTo(-1);
          whole.add((sound ? "audio " : "video ") + number + " " + content.readableBytes());
        }
        frame.release();
      }
    }
    return whole;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 15})
  void framesAroundLostPacketsAreNeverJoined(int packets) throws Exception {
    byte[] stream = transportStream();
    List<String> all = whole(stream, new int[2]);
    assertThat(all).hasSize(20);
    Set<Integer> begun = new HashSet<>();
    for (int at = 0; at + (packets + 8) * PACKET <= stream.length; at += PACKET) {
      int[] damagedAndLost = new int[2];
      List<String> left = whole(without(stream, at, packets), damagedAndLost);
      assertThat(all).as("without %s", at / PACKET).containsAll(left);
      boolean later = !begun.add(pid(stream, at)); // before the first packet none is missed
      if (packets == 1 && later && pid(stream, at) >> 8 == 1) { // no tables
        assertThat(damagedAndLost[1]).as("without %s", at / PACKET).isEqualTo(1);
        // Nothing says where the picture before ended, if the next one has lost its beginning.
        assertThat(left).as("without %s", at / PACKET).hasSizeBetween(18, 19);
      }
    }
  }

  @Test
  void aPacketMayComeTwice() throws Exception {
    byte[] stream = transportStream();
    ByteBuf twice = Unpooled.buffer();
    for (int at = 0; at < stream.length; at += PACKET) {
      twice.writeBytes(stream, at, PACKET).writeBytes(stream, at, PACKET);
    }
    int[] damagedAndLost = new int[2];
    assertThat(whole(ByteBufUtil.getBytes(twice), damagedAndLost))
        .isEqualTo(whole(stream, new int[2]));
    assertThat(damagedAndLost).containsOnly(0);
  }

  @Test
  void aCounterThatStandsStillSaysNothing() throws Exception {
    byte[] stream = transportStream();
    List<String> all = whole(stream, new int[2]);
    for (int at = 0; at < stream.length; at += PACKET) {
      stream[at + 3] &= 0xf0;
    }
    assertThat(whole(stream, new int[2])).isEqualTo(all);
  }
}
