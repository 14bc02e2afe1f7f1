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
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that our containers write, and files that are wrong. */
class MediaReaderTest {
  private static final int COUNT = 40;

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
}
