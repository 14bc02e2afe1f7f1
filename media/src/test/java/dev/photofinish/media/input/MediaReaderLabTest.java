package dev.photofinish.media.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.Programs;
import dev.photofinish.media.Programs.Packet;
import dev.photofinish.rtp.format.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of FFmpeg's: frames, times and key frames are those that FFmpeg itself reads. */
@Tag("lab")
class MediaReaderLabTest {
  private static final String MEDIA =
      "-f lavfi -i testsrc2=size=320x240:rate=25:duration=2"
          + " -f lavfi -i sine=frequency=440:sample_rate=48000:duration=2 ";

  /** Of a tick of 90 kHz, in microseconds. */
  private static final long ROUNDING = 12;

  @TempDir private Path folder;

  private List<List<Frame>> read(Path file, boolean asPipe) throws Exception {
    List<List<Frame>> media = new ArrayList<>();
    try (MediaReader reader =
        asPipe ? MediaReader.of(Files.newInputStream(file)) : MediaReader.open(file)) {
      assertThat(reader.leftOut()).isEmpty();
      reader.formats().forEach(format -> media.add(new ArrayList<>()));
      for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
        media.get(next.get().track()).add(next.get());
      }
    }
    return media;
  }

  /** B-frames, so that decoding and presentation differ. */
  @ParameterizedTest
  @CsvSource({
    "libx264 -bf 2 -g 25, ts, ''",
    "libx265 -bf 2 -g 25, ts, ''",
    "mpeg2video -bf 2 -g 25 -b:v 1M, ts, ''",
    "mpeg1video -g 12 -b:v 1M, ts, ''",
    "libx264 -bf 2 -g 25, ts, -mpegts_flags latm",
    "libx264 -bf 2 -g 25, mp4, ''",
    "libx265 -bf 2 -g 25 -tag:v hvc1, mp4, ''",
    "libx264 -bf 2 -g 25, mp4, -movflags frag_keyframe+empty_moov+default_base_moof",
    "libx264 -bf 2 -g 25, mp4, -movflags frag_keyframe+empty_moov -frag_duration 300000",
    "libaom-av1 -usage realtime -cpu-used 8 -g 25, mp4, ''",
    "libsvtav1 -preset 12 -g 25, mp4, -movflags frag_keyframe+empty_moov+default_base_moof",
  })
  void containers(String encoder, String extension, String options) throws Exception {
    String name = "media." + extension;
    Programs.ffmpeg(
        folder,
        (MEDIA + "-c:v " + encoder + " -pix_fmt yuv420p -threads 2 -c:a aac " + options)
                .strip()
                .replace("  ", " ")
            + " "
            + name);
    List<Packet> packets = Programs.packets(folder, name);
    List<List<Frame>> media = read(folder.resolve(name), extension.equals("ts"));
    assertThat(media).hasSize(2);
    long first = media.get(0).get(0).time() / 1000;
    long theirFirst = packets.stream().filter(p -> p.stream() == 0).findFirst().get().time();
    for (int track = 0; track < 2; track++) {
      int stream = track;
      List<Packet> theirs = packets.stream().filter(p -> p.stream() == stream).toList();
      List<Frame> ours = media.get(track);
      assertThat(ours).as("media %d", track).hasSameSizeAs(theirs);
      for (int i = 0; i < ours.size(); i++) {
        Frame frame = ours.get(i);
        assertThat(frame.time() / 1000 - first)
            .as("frame %d of media %d", i, track)
            .isCloseTo(theirs.get(i).time() - theirFirst, Offset.offset(ROUNDING));
        assertThat(frame.isKeyFrame()).isEqualTo(theirs.get(i).key());
        assertThat(frame.isDamaged()).isFalse();
        frame.release();
      }
    }
  }

  /** Of G.711 in QuickTime each sample is one of its own. */
  @ParameterizedTest
  @CsvSource({"pcm_mulaw, mov, 1", "pcm_alaw, mov, 2", "pcm_s16be, mov, 2", "libopus, mp4, 2"})
  void soundInMp4(String encoder, String extension, int channels) throws Exception {
    String name = "sound." + extension;
    int rate = encoder.equals("libopus") ? 48_000 : 8000;
    Programs.ffmpeg(
        folder,
        "-f lavfi -i sine=frequency=440:duration=2 -c:a %s -ar %d -ac %d %s"
            .formatted(encoder, rate, channels, name));
    Programs.ffmpeg(folder, "-i " + name + " -map 0 -c copy -f data raw");
    List<Frame> frames = read(folder.resolve(name), false).get(0);
    assertThat(frames.get(0).format().channels()).isEqualTo(channels);
    ByteBuf all = Unpooled.buffer();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      all.writeBytes(frame.content());
      assertThat((frame.time() - frames.get(0).time()) / 1000)
          .as("frame %d", i)
          .isCloseTo(20_000L * i, Offset.offset(2_000L));
      frame.release();
    }
    assertThat(ByteBufUtil.getBytes(all)).isEqualTo(Files.readAllBytes(folder.resolve("raw")));
    assertThat(frames.size()).isBetween(99, 102);
  }

  /** Codecs whose samples are frames. */
  @ParameterizedTest
  @CsvSource({"libmp3lame, mp4", "libmp3lame, mov", "mp2, mp4", "ac3, mp4", "ac3, mov", "aac, mov"})
  void framesInMp4(String encoder, String extension) throws Exception {
    String name = "sound." + extension;
    Programs.ffmpeg(
        folder,
        "-f lavfi -i sine=frequency=440:duration=2 -c:a %s -ar 48000 -ac 2 %s"
            .formatted(encoder, name));
    List<Packet> packets = Programs.packets(folder, name);
    Programs.ffmpeg(folder, "-i " + name + " -map 0 -c copy -f data raw");
    List<Frame> frames = read(folder.resolve(name), false).get(0);
    assertThat(frames).hasSameSizeAs(packets);
    ByteBuf all = Unpooled.buffer();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      all.writeBytes(frame.content());
      assertThat(frame.time() / 1000 - frames.get(0).time() / 1000)
          .isCloseTo(packets.get(i).time() - packets.get(0).time(), Offset.offset(25L));
      frame.release();
    }
    assertThat(ByteBufUtil.getBytes(all)).isEqualTo(Files.readAllBytes(folder.resolve("raw")));
  }

  /**
   * MPEG audio and AC-3, by ATSC's stream type and DVB's descriptor; FFmpeg packs several frames of
   * audio into a PES packet.
   */
  @ParameterizedTest
  @CsvSource({
    "libmp3lame, 44100, ''",
    "mp2, 48000, ''",
    "libmp3lame, 22050, ''",
    "ac3, 48000, ''",
    "ac3, 44100, -mpegts_flags system_b"
  })
  void soundInTransportStreams(String encoder, int rate, String options) throws Exception {
    Programs.ffmpeg(
        folder,
        "-f lavfi -i sine=frequency=440:duration=2 -c:a %s -ar %d -ac 2 -b:a 128k %s%s"
            .formatted(encoder, rate, options, options.isEmpty() ? "sound.ts" : " sound.ts"));
    List<Packet> packets = Programs.packets(folder, "sound.ts");
    Programs.ffmpeg(folder, "-i sound.ts -map 0 -c copy -f data raw");
    List<Frame> frames = read(folder.resolve("sound.ts"), true).get(0);
    assertThat(frames.get(0).format().sampleRate()).isEqualTo(rate);
    assertThat(frames).hasSameSizeAs(packets);
    ByteBuf all = Unpooled.buffer();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      all.writeBytes(frame.content());
      assertThat(frame.time() / 1000 - frames.get(0).time() / 1000)
          .isCloseTo(packets.get(i).time() - packets.get(0).time(), Offset.offset(50L));
      frame.release();
    }
    assertThat(ByteBufUtil.getBytes(all)).isEqualTo(Files.readAllBytes(folder.resolve("raw")));
  }

  /** FFmpeg trims the beginning and the end; frames and their times are the same. */
  @ParameterizedTest
  @CsvSource({"1, 20, 32k", "2, 2.5, 64k", "2, 60, 256k"})
  void opusInTransportStreams(int channels, String milliseconds, String rate) throws Exception {
    Programs.ffmpeg(
        folder,
        "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=2 -c:a libopus -ac "
            + channels
            + " -b:a "
            + rate
            + " -vbr off -frame_duration "
            + milliseconds
            + " sound.ts");
    List<Packet> packets = Programs.packets(folder, "sound.ts");
    List<Frame> frames = read(folder.resolve("sound.ts"), true).get(0);
    assertThat(frames).hasSameSizeAs(packets);
    assertThat(frames.get(0).format().channels()).isEqualTo(channels);
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      assertThat(frame.content().readableBytes()).isEqualTo(packets.get(i).size());
      assertThat((frame.time() - frames.get(0).time()) / 1000)
          .as("frame %d", i)
          .isCloseTo(packets.get(i).time() - packets.get(0).time(), Offset.offset(2 * ROUNDING));
      assertThat(frame.isDamaged()).isFalse();
      frame.release();
    }
  }

  @ParameterizedTest
  @CsvSource({"libx264, h264", "libx265, hevc"})
  void annexB(String encoder, String extension) throws Exception {
    String name = "video." + extension;
    Programs.ffmpeg(
        folder,
        "-f lavfi -i testsrc2=size=320x240:rate=30:duration=2 -c:v "
            + encoder
            + " -bf 0 -g 25 -pix_fmt yuv420p -threads 2 "
            + name);
    List<Packet> packets = Programs.packets(folder, name);
    List<Frame> frames = read(folder.resolve(name), true).get(0);
    assertThat(frames).hasSameSizeAs(packets).hasSize(60);
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      assertThat(frame.isKeyFrame()).isEqualTo(packets.get(i).key());
      assertThat(frame.time()).isCloseTo(i * 1_000_000_000L / 30, Offset.offset(1L));
      assertThat(frame.content().readableBytes())
          .as("start codes of three bytes have four here")
          .isBetween(packets.get(i).size(), packets.get(i).size() + frame.unitCount());
      frame.release();
    }
  }

  /**
   * B-frames, pyramids of them, open groups of pictures, slices and interlaced pictures: what the
   * encoder's MP4 has is what we read of the same pictures without times.
   */
  @ParameterizedTest
  @CsvSource({
    "libx264 -bf 3 -g 25",
    "libx264 -bf 3 -g 250 -slices 4",
    "libx264 -bf 8 -g 60 -x264-params b-pyramid=strict:b-adapt=0",
    "libx264 -bf 5 -g 30 -x264-params open-gop=1:b-pyramid=normal:scenecut=0",
    "libx264 -bf 3 -g 25 -flags +ildct+ilme -x264-params tff=1",
    "libx264 -bf 3 -g 25 -x264-params nal-hrd=cbr:bitrate=500:vbv-bufsize=500:vbv-maxrate=500",
    "libx264 -profile:v baseline",
    "libx264 -bf 0",
    "libx265 -bf 3 -g 25 -tag:v hvc1",
    "libx265 -g 60 -tag:v hvc1 -x265-params bframes=8:b-adapt=0:b-pyramid=1:log-level=error",
    "libx265 -g 20 -tag:v hvc1 -x265-params bframes=4:open-gop=1:log-level=error",
    "libx265 -g 20 -tag:v hvc1 -x265-params bframes=4:slices=2:temporal-layers=3:log-level=error",
  })
  void picturesOfAnnexBInTheirOrder(String encoder) throws Exception {
    boolean hevc = encoder.contains("265");
    Programs.ffmpeg(
        folder,
        "-f lavfi -i testsrc2=size=320x240:rate=30:duration=5 -pix_fmt yuv420p -threads 2 -c:v "
            + encoder
            + " timed.mp4");
    String name = hevc ? "video.hevc" : "video.h264";
    Programs.ffmpeg(
        folder, "-i timed.mp4 -c copy -bsf:v " + (hevc ? "hevc" : "h264") + "_mp4toannexb " + name);
    expectTimesOfThePackets(folder.resolve(name));
  }

  /**
   * Picture order count of type 1, in a stream that FFmpeg decodes without an error: its decoder
   * shows the pictures of our times in the order of these.
   */
  @ParameterizedTest
  @CsvSource({"false, bframes=2", "false, bframes=5", "true, bframes=1:weightb=0:direct=spatial"})
  void picturesOfOrderType1(boolean exact, String structure) throws Exception {
    Programs.ffmpeg(
        folder,
        "-f lavfi -i testsrc2=size=320x240:rate=30:duration=5 -pix_fmt yuv420p -threads 2"
            + " -c:v libx264 -g 61 -x264-params cabac=0:b-pyramid=none:b-adapt=0:scenecut=0:"
            + structure
            + " timed.mp4");
    Programs.ffmpeg(folder, "-i timed.mp4 -c copy -bsf:v h264_mp4toannexb video.h264");
    Path rewritten = folder.resolve("type1.h264");
    Files.write(
        rewritten,
        new H264OrderRewriter(exact).rewrite(Files.readAllBytes(folder.resolve("video.h264"))));
    assertThat(Programs.run(folder, "ffmpeg -v error -i type1.h264 -f null -".split(" ", -1)))
        .isEmpty();
    String pictures = " -fps_mode passthrough -f framemd5 -map 0:v -";
    assertThat(pictureHashes("ffmpeg -v error -i type1.h264" + pictures))
        .isEqualTo(pictureHashes("ffmpeg -v error -i video.h264" + pictures));
    expectTimesOfThePackets(rewritten);
  }

  /** Those of {@code timed.mp4}, from which the stream was made. */
  private void expectTimesOfThePackets(Path stream) throws Exception {
    List<Packet> packets = Programs.packets(folder, "timed.mp4");
    List<Frame> frames = read(stream, true).get(0);
    assertThat(frames).hasSameSizeAs(packets).hasSize(150);
    long first = frames.get(0).time() / 1000;
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).time() / 1000 - first)
          .as("frame %d", i)
          .isCloseTo(packets.get(i).time() - packets.get(0).time(), Offset.offset(40L));
      frames.get(i).release();
    }
  }

  private List<String> pictureHashes(String command) throws Exception {
    return Programs.run(folder, command.split(" ", -1)).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }

  @Test
  void adts() throws Exception {
    Programs.ffmpeg(
        folder, "-f lavfi -i sine=frequency=440:sample_rate=44100:duration=2 -c:a aac sound.aac");
    List<String> sizes =
        Programs.run(
            folder, "ffprobe -v error -show_entries packet=size -of csv=p=0 sound.aac".split(" "));
    List<Frame> frames = read(folder.resolve("sound.aac"), false).get(0);
    assertThat(frames).hasSameSizeAs(sizes);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).content().readableBytes() + 7)
          .isEqualTo(Integer.parseInt(sizes.get(i)));
      assertThat(frames.get(i).time())
          .isCloseTo(i * 1024L * 1_000_000_000L / 44_100, Offset.offset(1L));
      frames.get(i).release();
    }
  }
}
