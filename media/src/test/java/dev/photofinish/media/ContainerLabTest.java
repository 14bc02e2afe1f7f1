package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.Programs.Packet;
import dev.photofinish.media.container.Container;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.media.mp4.Mp4Container;
import dev.photofinish.media.ts.TsContainer;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of ours as FFmpeg, GStreamer and MediaInfo read them, beside FFmpeg's own. */
@Tag("lab")
class ContainerLabTest {
  private static final String PICTURES = "-f lavfi -i testsrc2=size=320x240:rate=25:duration=3 ";
  private static final String SOUND = "-f lavfi -i sine=frequency=440:sample_rate=%d:duration=3 ";

  /** Of a tick of 90 kHz, in microseconds. */
  private static final long ROUNDING = 12;

  @TempDir private Path folder;

  private static FrameFormat video(Codec codec, List<ByteBuf> sets) {
    return FrameFormat.video(codec, 90_000).withSize(320, 240).withParameterSets(sets);
  }

  private Path write(Container container, List<Frame> frames) throws Exception {
    return write(container, FragmentOptions.defaults(), frames);
  }

  private Path write(Container container, FragmentOptions options, List<Frame> frames)
      throws Exception {
    Collected collected = new Collected();
    try (Fragmenter fragmenter = new Fragmenter(container, options, collected)) {
      frames.forEach(fragmenter::add);
    }
    assertThat(collected.leftOut).isEmpty();
    assertThat(frames).allMatch(frame -> frame.refCnt() == 0);
    Path file = folder.resolve("ours." + container.extension());
    Files.write(file, collected.all.toByteArray());
    return file;
  }

  /** Counts, key frames and times of presentation are those of the reference. */
  private void sameAs(String reference, Path ours) throws Exception {
    List<Packet> expected = Programs.packets(folder, reference);
    List<Packet> actual = Programs.packets(folder, ours.getFileName().toString());
    for (int stream = 0; stream < 2; stream++) {
      int index = stream;
      List<Packet> mine = actual.stream().filter(p -> p.stream() == index).toList();
      List<Packet> theirs =
          expected.stream()
              .filter(p -> p.stream() == index && p.time() >= first(expected) - ROUNDING)
              .toList(); // audio from before the first key frame is left out
      long shift = mine.isEmpty() ? 0 : first(actual) - first(expected);
      assertThat(mine).as("frames of stream %d", stream).hasSameSizeAs(theirs);
      for (int i = 0; i < mine.size(); i++) {
        String frame = "frame " + i + " of stream " + stream + " at ";
        assertThat(mine.get(i).time() - shift)
            .as(frame + mine.get(i))
            .isCloseTo(theirs.get(i).time(), Offset.offset(ROUNDING));
        assertThat(mine.get(i).key()).as(frame).isEqualTo(theirs.get(i).key());
        assertThat(mine.get(i).decodeTime()).as(frame).isLessThanOrEqualTo(mine.get(i).time());
      }
    }
  }

  private static long first(List<Packet> packets) {
    return packets.stream().filter(p -> p.stream() == 0).findFirst().orElseThrow().time();
  }

  private List<Frame> h26x(Codec codec, String options) throws Exception {
    boolean avc = codec == Codec.H264;
    String encoder = avc ? "libx264" : "libx265 -tag:v hvc1 -x265-params log-level=error";
    Programs.ffmpeg(
        folder,
        PICTURES
            + String.format(Locale.ROOT, SOUND, 48_000)
            + "-c:v "
            + encoder
            + " -preset ultrafast -g 25 -keyint_min 25 "
            + options
            + " -c:a aac -shortest -video_track_timescale 90000 reference.mp4");
    Programs.ffmpeg(
        folder,
        "-i reference.mp4 -c copy -bsf:v "
            + (avc ? "h264" : "hevc")
            + "_mp4toannexb -f "
            + (avc ? "h264" : "hevc")
            + " stream.bin");
    FrameFormat format = video(codec, Media.parameterSets(folder.resolve("stream.bin"), codec));
    List<Frame> pictures = Media.frames(folder, "reference.mp4", 0, 0, format);
    FrameFormat sound = FrameFormat.audio(Codec.AAC, 48_000, 48_000, 1);
    return Media.interleave(pictures, Media.frames(folder, "reference.mp4", 1, 1, sound));
  }

  @ParameterizedTest
  @CsvSource({
    "H264, -bf 0",
    "H264, -bf 3 -x264-params b-pyramid=normal:b-adapt=0",
    "H265, -bf 0",
    "H265, -bf 2"
  })
  void mp4OfCamerasHasTheFramesAndTimesOfFFmpegsOwn(Codec codec, String options) throws Exception {
    Path ours = write(new Mp4Container(), h26x(codec, options));
    sameAs("reference.mp4", ours);
    decodes(ours);
    plays(ours, "qtdemux");
    mediaInfo(ours, codec == Codec.H264 ? "AVC" : "HEVC");
  }

  @ParameterizedTest
  @CsvSource({
    "H264, -bf 0",
    "H264, -bf 3 -x264-params b-pyramid=normal:b-adapt=0",
    "H265, -bf 0",
    "H265, -bf 2"
  })
  void tsOfCamerasHasTheFramesAndTimesOfFFmpegsOwn(Codec codec, String options) throws Exception {
    Path ours = write(new TsContainer(), h26x(codec, options));
    Programs.ffmpeg(folder, "-i reference.mp4 -c copy reference.ts");
    sameAs("reference.ts", ours);
    decodes(ours);
    plays(ours, "tsdemux");
    mediaInfo(ours, codec == Codec.H264 ? "AVC" : "HEVC");
  }

  @ParameterizedTest
  @EnumSource(names = {"H264", "H265"})
  void mp4WithParameterSetsInBandIsReadToo(Codec codec) throws Exception {
    Path ours = write(Mp4Container.withParameterSetsInBand(), h26x(codec, "-bf 0"));
    sameAs("reference.mp4", ours);
    decodes(ours);
    plays(ours, "qtdemux");
  }

  /** As a pipe writes it: each frame at once, before it is seen that others overtake it. */
  @ParameterizedTest
  @CsvSource({"H264, -bf 2", "H264, -bf 3 -x264-params b-pyramid=normal", "H265, -bf 2"})
  void tsOfReorderedPicturesFrameByFrame(Codec codec, String options) throws Exception {
    FragmentOptions each = FragmentOptions.defaults().withLength(Duration.ZERO);
    Path ours = write(new TsContainer(), each, h26x(codec, options));
    Programs.ffmpeg(folder, "-i reference.mp4 -c copy reference.ts");
    sameAs("reference.ts", ours);
    decodes(ours);
  }

  @ParameterizedTest
  @CsvSource({
    "AV1, libaom-av1 -cpu-used 8 -row-mt 1, AV1",
    "VP9, libvpx-vp9 -deadline realtime -cpu-used 8, vp09",
    "JPEG, mjpeg -f mov, JPEG",
    "MPEG4_VISUAL, mpeg4, MPEG-4 Visual"
  })
  void mp4OfOtherVideo(Codec codec, String encoder, String name) throws Exception {
    Programs.ffmpeg(
        folder,
        PICTURES + "-t 2 -g 25 -video_track_timescale 90000 -c:v " + encoder + " reference.mp4");
    List<ByteBuf> sets = new ArrayList<>();
    if (codec == Codec.AV1) {
      Frame first = Media.frames(folder, "reference.mp4", 0, 0, video(codec, List.of())).get(0);
      sets.add(FrameFormat.parameterSet(io.netty.buffer.ByteBufUtil.getBytes(first.unit(0))));
    } else if (codec == Codec.MPEG4_VISUAL) {
      Programs.ffmpeg(folder, "-i reference.mp4 -c copy -bsf:v dump_extra -f m4v stream.bin");
      byte[] stream = Files.readAllBytes(folder.resolve("stream.bin"));
      int end =
          new String(stream, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\0\0\1\u00b6");
      sets.add(FrameFormat.parameterSet(Arrays.copyOf(stream, end)));
    }
    Path ours =
        write(new Mp4Container(), Media.frames(folder, "reference.mp4", 0, 0, video(codec, sets)));
    sameAs("reference.mp4", ours);
    decodes(ours);
    plays(ours, "qtdemux");
    mediaInfo(ours, name);
  }

  @ParameterizedTest
  @CsvSource({
    "AAC, 44100, aac, AAC LC",
    "OPUS, 48000, libopus -frame_duration 20, Opus",
    "MPEG_AUDIO, 44100, libmp3lame, MPEG Audio",
    "AC3, 48000, ac3, AC-3"
  })
  void mp4OfAudio(Codec codec, int rate, String encoder, String name) throws Exception {
    Programs.ffmpeg(
        folder,
        String.format(Locale.ROOT, SOUND, rate)
            + "-ar "
            + rate
            + " -c:a "
            + encoder
            + " reference.mp4");
    FrameFormat format = FrameFormat.audio(codec, rate, rate, 1);
    Path ours = write(new Mp4Container(), Media.frames(folder, "reference.mp4", 0, 0, format));
    sameAs("reference.mp4", ours);
    decodes(ours);
    plays(ours, "qtdemux");
    mediaInfo(ours, name);
  }

  @ParameterizedTest
  @CsvSource({
    "PCMU, 8000, pcm_mulaw, mulaw, 1",
    "PCMA, 8000, pcm_alaw, alaw, 1",
    "L16, 16000, pcm_s16be, s16be, 2",
    "L24, 16000, pcm_s24be, s24be, 3"
  })
  void mp4OfSamples(Codec codec, int rate, String name, String format, int bytes) throws Exception {
    Programs.ffmpeg(
        folder, String.format(Locale.ROOT, SOUND, rate) + "-f " + format + " samples.bin");
    byte[] samples = Files.readAllBytes(folder.resolve("samples.bin"));
    List<Frame> frames = new ArrayList<>();
    int step = 160 * bytes;
    for (int i = 0; i + step <= samples.length; i += step) {
      long time = i / bytes * 1_000_000_000L / rate;
      frames.add(
          Frame.of(
                  0,
                  FrameFormat.audio(codec, rate, rate, 1),
                  Unpooled.copiedBuffer(samples, i, step),
                  new int[0],
                  160,
                  RandomAccess.IDR,
                  false)
              .at(new FrameTime(time, true, null, false)));
    }
    Path ours = write(new Mp4Container(), frames);
    Programs.packets(folder, "ours.mp4");
    Programs.ffmpeg(folder, "-i ours.mp4 -c copy -f " + format + " back.bin");
    assertThat(Files.readAllBytes(folder.resolve("back.bin")))
        .isEqualTo(Arrays.copyOf(samples, samples.length / step * step));
    decodes(ours);
    plays(ours, "qtdemux");
  }

  @ParameterizedTest
  @CsvSource({
    "MPEG_AUDIO, libmp3lame, MPEG Audio",
    "AC3, ac3, AC-3",
    "OPUS, libopus -frame_duration 20, Opus",
    "OPUS, libopus -b:a 256k -frame_duration 60, Opus"
  })
  void tsOfOtherAudio(Codec codec, String encoder, String name) throws Exception {
    Programs.ffmpeg(
        folder, String.format(Locale.ROOT, SOUND, 48_000) + "-c:a " + encoder + " reference.mp4");
    FrameFormat format = FrameFormat.audio(codec, 48_000, 48_000, 1);
    Path ours = write(new TsContainer(), Media.frames(folder, "reference.mp4", 0, 0, format));
    Programs.ffmpeg(folder, "-i reference.mp4 -c copy reference.ts");
    sameAs("reference.ts", ours);
    decodes(ours);
    plays(ours, "tsdemux");
    mediaInfo(ours, name);
  }

  /** FFmpeg decodes it without a warning. */
  private void decodes(Path file) throws Exception {
    assertThat(
            Programs.run(
                folder,
                "ffmpeg",
                "-nostdin",
                "-v",
                "warning",
                "-guess_layout_max",
                "0",
                "-i",
                file.toString(),
                "-f",
                "null",
                "-"))
        .isEmpty();
  }

  /** GStreamer plays it to its end without a warning. */
  private void plays(Path file, String demuxer) throws Exception {
    List<String> lines =
        Programs.run(
            folder,
            "gst-launch-1.0",
            "-q",
            "filesrc",
            "location=" + file,
            "!",
            demuxer,
            "!",
            "decodebin",
            "!",
            "fakesink");
    assertThat(lines).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
  }

  private void mediaInfo(Path file, String format) throws Exception {
    List<String> lines = Programs.run(folder, "mediainfo", file.toString());
    assertThat(lines).anyMatch(line -> line.startsWith("Format") && line.endsWith(": " + format));
    assertThat(lines)
        .noneMatch(line -> line.startsWith("Conformance") || line.contains("truncated"));
  }

  @Test
  void aTornFileThatIsFinishedPlaysUpToItsLastWholePart() throws Exception {
    Path ours = write(new Mp4Container(), h26x(Codec.H264, "-bf 0"));
    byte[] whole = Files.readAllBytes(ours);
    Files.write(ours, Arrays.copyOf(whole, whole.length * 4 / 5));
    Leftover.cut(ours, RecordingContainer.MP4);
    assertThat(Programs.packets(folder, "ours.mp4").stream().filter(p -> p.stream() == 0))
        .hasSize(50);
    decodes(ours);
  }

  @Test
  void aGapStaysAGap() throws Exception {
    List<Frame> frames = new ArrayList<>();
    for (Frame frame : h26x(Codec.H264, "-bf 0")) {
      boolean later = frame.time() >= 1_000_000_000L;
      boolean first =
          later
              && frames.stream().noneMatch(Frame::isDiscontinuity)
              && frame.isKeyFrame()
              && frame.track() == 0;
      long time = frame.time() + (later ? 5_000_000_000L : 0);
      frames.add(frame.at(new FrameTime(time, true, null, first)));
    }
    write(new Mp4Container(), frames);
    List<Long> times =
        Programs.packets(folder, "ours.mp4").stream()
            .filter(packet -> packet.stream() == 0)
            .map(Packet::time)
            .toList();
    assertThat(times).contains(960_000L, 6_000_000L).hasSize(75);
  }
}
