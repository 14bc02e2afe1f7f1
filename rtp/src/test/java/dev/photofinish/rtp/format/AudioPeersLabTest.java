package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Audio and data that FFmpeg and GStreamer send are, read from their packets, what they had: byte
 * for byte, and with losses all that was not hit.
 */
@Tag("lab")
class AudioPeersLabTest {
  private static final long SEED = 20_261_129;
  private static final String SINE = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=1 ";

  @TempDir private Path folder;
  private Peers peers;

  @BeforeEach
  void needs() {
    Needs.programs(Assumptions::abort, "ffmpeg", "ffprobe", "gst-launch-1.0");
    peers = new Peers(folder);
  }

  /** Codecs whose frames FFmpeg cuts as we do. */
  @ParameterizedTest(name = "{0} {2}")
  @CsvSource({
    "aac.m4a, -c:a aac -b:a 192k, MPEG4-GENERIC, -f rtp",
    "small.m4a, -c:a aac -b:a 16k -ar 16000, MPEG4-GENERIC, -f rtp", // several units a packet
    "latm.m4a, -c:a aac -b:a 192k, MP4A-LATM, -f rtp -rtpflags latm",
    "opus.ogg, -c:a libopus -b:a 32k, opus, -f rtp",
    "whole.mp3, -c:a libmp3lame -ar 16000 -b:a 16k -write_xing 0, MPA, -f rtp",
    "parts.mp3, -c:a libmp3lame -b:a 192k -write_xing 0, MPA, -f rtp",
  })
  void framesOfFfmpeg(String name, String encode, String encoding, String send) throws Exception {
    Path file = folder.resolve(name);
    peers.ffmpeg(SINE + encode + " -f " + container(name) + " " + file);
    Path sdp = folder.resolve("sdp");
    List<byte[]> packets =
        peers.sentByFfmpeg("-i " + file + " -c copy " + send + " -sdp_file " + sdp);
    held(format(encoding, packets, Files.readString(sdp)), packets, peers.units(file));
  }

  private static String container(String name) {
    return name.substring(name.indexOf('.') + 1).replace("m4a", "mp4");
  }

  /** Samples, whose frames are packets, as one piece. */
  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "-c:a pcm_mulaw -ar 8000, PCMU",
    "-c:a pcm_alaw -ar 8000, PCMA",
    "-c:a g722 -ar 16000, G722",
    "-c:a g726le -b:a 16k -ar 8000, G726-16",
    "-c:a g726le -b:a 24k -ar 8000, G726-24",
    "-c:a g726le -b:a 32k -ar 8000, G726-32",
    "-c:a g726le -b:a 40k -ar 8000, G726-40",
    "-c:a g726 -b:a 32k -ar 8000, AAL2-G726-32",
    "-c:a pcm_s16be -ac 2 -ar 44100, L16",
    "-c:a pcm_s24be -ac 2, L24",
    "-c:a aac -f mpegts, MP2T",
  })
  void samplesOfFfmpeg(String encode, String encoding) throws Exception {
    boolean ts = encoding.equals("MP2T");
    Path raw = folder.resolve("raw");
    Path sdp = folder.resolve("sdp");
    peers.ffmpeg(SINE + encode + (ts ? " " : " -map 0 -f data ") + raw);
    List<byte[]> packets =
        ts
            ? peers.sentByFfmpeg("-i " + raw + " -c copy -f rtp_mpegts")
            : peers.sentByFfmpeg(SINE + encode + " -f rtp -sdp_file " + sdp);
    PayloadFormat format = format(encoding, packets, ts ? "" : Files.readString(sdp));
    LossyRun all = lossesAreMarked(format, packets, false);
    if (!ts) { // FFmpeg numbers the transport packets that it sends again
      assertThat(LossyRun.digest(all.bytes())).isEqualTo(LossyRun.digest(Files.readAllBytes(raw)));
    }
  }

  private static PayloadFormat format(String encoding, List<byte[]> packets, String sdp) {
    int type = packets.get(packets.size() / 2)[1] & 0x7f;
    String map = attribute(sdp, "rtpmap");
    if (!map.isEmpty()) {
      assertThat(map).startsWith(encoding + "/");
    }
    int rate = map.isEmpty() ? 0 : Integer.parseInt(part(map, 1));
    int channels = map.isEmpty() ? 0 : Integer.parseInt(part(map, 2));
    packets.removeIf(packet -> (packet[1] & 0x7f) != type);
    return new PayloadFormat(encoding, type, rate, channels, attribute(sdp, "fmtp"));
  }

  /** Of an rtpmap, from 0; 1 where it is not there. */
  private static String part(String map, int index) {
    List<String> parts = List.of(map.split("/", -1));
    return index < parts.size() ? parts.get(index) : "1";
  }

  private static String attribute(String sdp, String name) {
    return sdp.lines()
        .filter(line -> line.startsWith("a=" + name + ":"))
        .map(line -> line.substring(line.indexOf(' ') + 1).strip())
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "adts, -c:a aac -b:a 192k, aacparse ! rtpmp4gpay, mpeg4-generic, mode=AAC-hbr;config=1188",
    "mp3, -c:a libmp3lame -b:a 192k -write_xing 0, mpegaudioparse ! rtpmpapay, MPA, ''",
    "ac3, -c:a ac3 -b:a 192k, ac3parse ! rtpac3pay, AC3, ''",
    "ac3, -c:a ac3 -b:a 32k -ac 1, ac3parse ! rtpac3pay, AC3, ''",
    "ogg, -c:a libopus, oggdemux ! opusparse ! rtpopuspay, OPUS, ''",
  })
  void framesOfGstreamer(
      String container, String encode, String pipeline, String encoding, String parameters)
      throws Exception {
    Path file = folder.resolve("source." + container);
    peers.ffmpeg(SINE + encode + " -f " + container + " " + file);
    List<byte[]> packets =
        peers.madeByGstreamer("filesrc location=" + file + " ! " + pipeline + " mtu=300");
    PayloadFormat format =
        new PayloadFormat(
            encoding,
            packets.get(0)[1] & 0x7f,
            encoding.equals("MPA") ? 90_000 : 48_000,
            1,
            parameters);
    Path raw = file;
    if (container.equals("adts")) {
      raw = folder.resolve("source.m4a");
      peers.ffmpeg("-i " + file + " -c copy " + raw);
    }
    held(format, packets, peers.units(raw));
  }

  /**
   * ADUs of what LAME encodes: our frames are the file, and FFmpeg's decoder of ADUs gives the
   * sound that it gives of the file. GStreamer 1.22 makes nothing of them.
   */
  @ParameterizedTest(name = "{0}, {1} bytes, interleaved: {2}")
  @CsvSource({
    "-b:a 128k, 1400, false",
    "-b:a 128k, 300, false",
    "-b:a 128k, 1400, true",
    "-q:a 2 -ac 2, 1400, false",
    "-b:a 32k -ar 16000, 1400, true",
    "-b:a 8k -ar 16000, 1400, false",
    "-b:a 8k -ar 16000, 1400, true",
  })
  void adusOfMp3(String encode, int most, boolean interleaved) throws Exception {
    Path file = folder.resolve("source.mp3");
    peers.ffmpeg(SINE + "-c:a libmp3lame -write_xing 0 -id3v2_version 0 " + encode + " " + file);
    List<byte[]> frames = peers.units(file);
    int bits = ByteBuffer.wrap(frames.get(0)).getInt();
    List<byte[]> adus = Mp3Stream.adus(frames);
    List<Integer> order = interleaved ? Mp3Stream.interleaved(adus) : Mp3Stream.inOrder(adus);
    List<byte[]> packets = Mp3Stream.packets(Mp3Stream.payloads(adus, order, most), bits);

    PayloadFormat format = new PayloadFormat("MPA-ROBUST", 96, 90_000, 0, "");
    LossyRun ours = new LossyRun(format, packets, false, 0, SEED);
    int came = ours.frames().size();
    assertThat(ours.whole())
        .hasSizeBetween(frames.size() - 20, frames.size())
        .isEqualTo(frames.stream().map(LossyRun::digest).toList().subList(0, came));

    if (!interleaved) { // it knows no interleaving
      byte[] sound = peers.readByFfmpeg(packets, "audio", "mpa-robust/90000", "x", "pcm_s16le");
      peers.ffmpeg("-i " + file + " -map 0 -c:a pcm_s16le -f data " + folder.resolve("sound"));
      assertThat(sound).hasSizeGreaterThan(30_000);
      assertThat(Files.readAllBytes(folder.resolve("sound"))).startsWith(sound);
    }
  }

  /** FFmpeg does not send the last frames where they do not fill a packet. */
  private static void held(PayloadFormat format, List<byte[]> packets, List<byte[]> units) {
    boolean inParts = !format.encoding().equalsIgnoreCase("opus");
    LossyRun all = lossesAreMarked(format, packets, inParts);
    List<String> expected = units.stream().map(LossyRun::digest).toList();
    assertThat(all.whole()).hasSizeBetween(expected.size() - 3, expected.size());
    assertThat(all.whole()).containsExactlyElementsOf(expected.subList(0, all.whole().size()));
    assertThat(all.frames()).noneMatch(LossyRun.Seen::damaged);
  }

  /** What is marked broken, or does not come, is exactly what was lost. */
  private static LossyRun lossesAreMarked(
      PayloadFormat format, List<byte[]> packets, boolean inParts) {
    LossyRun all = new LossyRun(format, packets, inParts, 0, SEED);
    assertThat(all.frames()).isNotEmpty().allMatch(frame -> frame.lost() == 0);
    for (int percent : new int[] {1, 5, 30}) {
      LossyRun some = new LossyRun(format, packets, inParts, percent, SEED + percent);
      List<String> notHit =
          all.frames().stream()
              .filter(frame -> !some.hit().contains(frame.group()))
              .map(LossyRun.Seen::content)
              .toList();
      assertThat(some.whole()).as(percent + " %").containsExactlyElementsOf(notHit);
      int counted = some.frames().stream().mapToInt(LossyRun.Seen::lost).sum();
      assertThat(counted).isGreaterThanOrEqualTo(some.lost());
    }
    return all;
  }
}
