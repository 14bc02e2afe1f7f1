package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.rtp.RtpWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FFmpeg and GStreamer read from our packets what the file had. */
@Tag("lab")
class PacketizerPeersLabTest {
  private static final int MOST_BYTES = 300;
  private static final String SINE = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=1 ";
  private static final String PICTURES = "-f lavfi -i testsrc2=size=176x144:rate=25 -frames:v 10 ";

  @TempDir private Path folder;
  private Peers peers;

  @BeforeEach
  void needs() {
    Needs.programs(Assumptions::abort, "ffmpeg", "ffprobe", "gst-launch-1.0");
    peers = new Peers(folder);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "h264.h264 | H264 | -c:v libx264 -preset veryfast -pix_fmt yuv420p -crf 30 -bf 0"
            + " | packetization-mode=1 | rtph264depay ! video/x-h264,stream-format=byte-stream",
        "h265.hevc | H265 | -c:v libx265 -preset veryfast -pix_fmt yuv420p -crf 30 -x265-params"
            + " log-level=error:bframes=0 | '' | rtph265depay !"
            + " video/x-h265,stream-format=byte-stream",
        "mpeg2.m2v | MPV | -c:v mpeg2video -bf 2 -b:v 400k | '' | rtpmpvdepay",
        "mpeg1.m1v | MPV | -c:v mpeg1video -b:v 400k | '' | rtpmpvdepay",
        "aac.m4a | mpeg4-generic | -c:a aac -b:a 192k | mode=AAC-hbr;config=1188;sizelength=13;"
            + "indexlength=3;indexdeltalength=3 | rtpmp4gdepay",
        "opus.ogg | opus | -c:a libopus | '' | rtpopusdepay",
        "layer3.mp3 | MPA | -c:a libmp3lame -b:a 192k -write_xing 0 -id3v2_version 0 | ''"
            + " | rtpmpadepay",
        "sound.ac3 | ac3 | -c:a ac3 -b:a 192k | '' | rtpac3depay",
        "pcm.wav | PCMU | -c:a pcm_mulaw -ar 8000 | '' | rtppcmudepay",
        "ts.ts | MP2T | -c:a aac | '' | rtpmp2tdepay",
      })
  void whatWeSendIsRead(
      String name, String encoding, String encode, String parameters, String depacketizer)
      throws Exception {
    boolean video = encoding.startsWith("H26") || encoding.equals("MPV");
    boolean nals = encoding.startsWith("H26");
    Path file = folder.resolve(name);
    peers.ffmpeg((video ? PICTURES : SINE) + encode + " " + file);
    int rate = rate(encoding);
    PayloadFormat payload = new PayloadFormat(encoding, 96, rate, 1, parameters);
    List<byte[]> units =
        encoding.equals("MP2T") ? List.of(Files.readAllBytes(file)) : peers.units(file);
    List<byte[]> packets = packets(payload, units, MOST_BYTES);
    byte[] expected = joined(units, nals);
    byte[] byGstreamer = peers.readByGstreamer(packets, caps(payload, video), depacketizer);
    assertThat(LossyRun.digest(normal(byGstreamer, nals))).isEqualTo(LossyRun.digest(expected));
    // FFmpeg takes a transport stream apart, MPA of a dynamic type for layer II, and MPV for none.
    if (!List.of("MP2T", "MPA", "MPV").contains(encoding)) {
      byte[] byFfmpeg =
          peers.readByFfmpeg(
              packets,
              video ? "video" : "audio",
              encoding + "/" + rate + (encoding.equals("opus") ? "/2" : ""),
              parameters);
      assertThat(LossyRun.digest(normal(byFfmpeg, nals))).isEqualTo(LossyRun.digest(expected));
    }
  }

  /** What LAME wrote sounds the same to FFmpeg, sample for sample. */
  @ParameterizedTest
  @CsvSource({"-b:a 64k -ac 1, 300", "-q:a 5 -ac 2, 300", "-b:a 128k -ac 2, 1400"})
  void mp3AsAdus(String encode, int most) throws Exception {
    Path file = folder.resolve("sound.mp3");
    peers.ffmpeg(
        "-f lavfi -i aevalsrc=exprs=sin(440*2*PI*t)*t|random(0)/3:s=44100:d=2 -c:a libmp3lame "
            + encode
            + " -write_xing 0 -id3v2_version 0 "
            + file);
    PayloadFormat payload = new PayloadFormat("MPA-ROBUST", 96, 90_000, 0, "");
    byte[] came =
        peers.readByFfmpeg(
            packets(payload, peers.units(file), most),
            "audio",
            "mpa-robust/90000",
            "",
            "pcm_s16le");
    Path samples = folder.resolve("samples");
    peers.ffmpeg("-i " + file + " -f s16le " + samples);
    byte[] expected = Files.readAllBytes(samples);
    assertThat(LossyRun.digest(came)).isEqualTo(LossyRun.digest(expected));
  }

  private static int rate(String encoding) {
    return switch (encoding) {
      case "mpeg4-generic", "opus", "ac3" -> 48_000;
      case "PCMU" -> 8_000;
      default -> 90_000;
    };
  }

  private static String caps(PayloadFormat format, boolean video) {
    String parameters =
        Stream.of(format.parameters().split(";"))
            .filter(parameter -> !parameter.isEmpty())
            .map(parameter -> "," + parameter.replace("=", "=(string)"))
            .collect(Collectors.joining());
    return "media="
        + (video || format.encoding().equals("MP2T") ? "video" : "audio")
        + ",clock-rate="
        + format.clockRate()
        + ",payload=96,encoding-name="
        + format.encoding().toUpperCase(Locale.ROOT)
        + parameters;
  }

  private static List<byte[]> packets(PayloadFormat payload, List<byte[]> units, int most) {
    Packetizer packetizer = PayloadFormats.packetizer(payload, most).orElseThrow();
    FrameFormat format =
        PayloadFormats.depacketizer(0, payload, Frame::release)
            .map(Depacketizer::format)
            .orElse(FrameFormat.video(Codec.H265, 90_000));
    RtpWriter writer = new RtpWriter(1, 96, 65_500);
    List<byte[]> packets = new ArrayList<>();
    long time = 0xffff_0000L;
    for (byte[] unit : units) {
      Frame frame = frame(format, unit);
      packetizer.packetize(
          frame,
          time,
          (part, timestamp, marker) -> {
            ByteBuf packet = writer.packet(part, timestamp, marker);
            packets.add(ByteBufUtil.getBytes(packet));
            packet.release();
          });
      frame.release();
      time += format.codec().kind() == Codec.Kind.VIDEO ? 3_600 : 1_024;
    }
    return packets;
  }

  private static Frame frame(FrameFormat format, byte[] unit) {
    FrameBuilder builder = new FrameBuilder(0, 1 << 20);
    builder.begin(0, 0);
    if (format.codec().hasNalUnits()) {
      for (byte[] nal : nals(unit)) {
        builder.startNal();
        builder.append(nal);
      }
    } else {
      builder.append(Unpooled.wrappedBuffer(unit), 0, unit.length);
    }
    return builder.build(format, RandomAccess.IDR);
  }

  private static byte[] joined(List<byte[]> units, boolean nals) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    units.forEach(unit -> all.writeBytes(normal(unit, nals)));
    return all.toByteArray();
  }

  /** NAL units that each have a start code of four bytes. */
  private static byte[] normal(byte[] bytes, boolean nals) {
    if (!nals) {
      return bytes;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] nal : nals(bytes)) {
      all.writeBytes(new byte[] {0, 0, 0, 1});
      all.writeBytes(nal);
    }
    return all.toByteArray();
  }

  private static List<byte[]> nals(byte[] bytes) {
    List<byte[]> nals = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= bytes.length; i++) {
      boolean code =
          i + 2 < bytes.length && bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1;
      if ((code || i == bytes.length) && from >= 0) {
        int end = i;
        while (end > from && bytes[end - 1] == 0) {
          end--;
        }
        nals.add(Arrays.copyOfRange(bytes, from, end));
      }
      from = code ? i + 3 : from;
    }
    return nals;
  }
}
