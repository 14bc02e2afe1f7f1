package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elementary streams to frames. */
class StreamParserTest {
  private static final long SECOND = 1_000_000_000L;

  /** Of 320 by 240 pixels and 30 frames a second, from x264. */
  private static final String SPS = "6742c00dd90141fb0110000003001000000303c0f14299";

  private static final String KEY = "00000001 65 88 aa 000001 65 48 bb ";
  private static final String DELTA = "00000001 41 9a cc ";

  private final List<Frame> frames = new ArrayList<>();

  private static byte[] bytes(String hex) {
    return FormatScript.bytes(hex);
  }

  private StreamParser parser(Codec codec) {
    return StreamParsers.of(3, codec, frames::add).orElseThrow();
  }

  private static void feed(StreamParser parser, byte[] bytes, int part, long time) {
    for (int at = 0; at < bytes.length; at += part) {
      ByteBuf in = Unpooled.wrappedBuffer(bytes, at, Math.min(part, bytes.length - at));
      parser.bytes(in, time);
    }
  }

  private List<String> contents() {
    return frames.stream().map(frame -> ByteBufUtil.hexDump(frame.content())).toList();
  }

  /** Slices of a picture are one frame; parameter sets and delimiters begin the next one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1_000})
  void accessUnitsOfH264(int part) {
    String sets = "00000001 " + SPS + " 00000001 68cb83cb20 ";
    StreamParser parser = parser(Codec.H264);
    feed(parser, bytes("00 " + sets + KEY + DELTA + "0000 00000001 09f0 " + KEY), part, SECOND);
    assertThat(frames).hasSize(2);
    parser.end();
    assertThat(contents())
        .containsExactly(
            (sets + KEY).replace("000001 65 48", "00000001 65 48").replace(" ", ""),
            DELTA.replace(" ", ""),
            ("00000001 09f0 " + KEY).replace("000001 65 48", "00000001 65 48").replace(" ", ""));
    assertThat(frames).extracting(Frame::isKeyFrame).containsExactly(true, false, true);
    assertThat(frames)
        .extracting(Frame::time)
        .containsExactly(SECOND, 1_033_333_333L, 1_066_666_667L);
    assertThat(frames).allMatch(frame -> frame.track() == 3 && !frame.isDamaged());
    assertThat(frames.get(2).format().width()).isEqualTo(320);
    assertThat(parser.format().parameterSets()).hasSize(2);
  }

  /** The first byte behind the header has first_slice_segment_in_pic_flag. */
  @Test
  void accessUnitsOfH265() {
    StreamParser parser = parser(Codec.H265);
    String key = "00000001 2601 80aa 00000001 2601 10bb ";
    String delta = "00000001 0201 80cc 00000001 5001 dd "; // with a suffix SEI
    feed(parser, bytes(key + delta + delta), 4, 0);
    parser.end();
    assertThat(contents())
        .containsExactly(key.replace(" ", ""), delta.replace(" ", ""), delta.replace(" ", ""));
    assertThat(frames).extracting(Frame::isKeyFrame).containsExactly(true, false, false);
  }

  /** Of a packet of a transport stream: the time is that of the first frame that begins in it. */
  @Test
  void aTimeIsOfTheFirstFrameThatBegins() {
    StreamParser parser = parser(Codec.H264);
    parser.bytes(Unpooled.wrappedBuffer(bytes(DELTA + "00000001 41")), SECOND);
    parser.bytes(Unpooled.wrappedBuffer(bytes("9acc 00000001 419acc")), 5 * SECOND);
    parser.bytes(Unpooled.wrappedBuffer(bytes("aa")), 5 * SECOND);
    parser.end();
    assertThat(frames)
        .extracting(Frame::time)
        .containsExactly(SECOND, SECOND + SECOND / 25, 5 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 1_000})
  void adts(int part) {
    StreamParser parser = parser(Codec.AAC);
    String frame = "fff14c8001 7ffc aabbccdd"; // LC, 48 kHz, stereo, 11 bytes
    feed(parser, bytes("1234" + frame + "ff" + frame), part, SECOND);
    parser.end();
    assertThat(contents()).containsExactly("aabbccdd", "aabbccdd");
    assertThat(frames)
        .extracting(Frame::time)
        .containsExactly(SECOND, SECOND + Math.round(1024 * 1e9 / 48_000));
    assertThat(parser.format().sampleRate()).isEqualTo(48_000);
    assertThat(parser.format().channels()).isEqualTo(2);
    assertThat(ByteBufUtil.hexDump(parser.format().parameterSets().get(0))).isEqualTo("1190");
  }

  /** Of two frames of 20 ms, then trimmed at both ends with an extension, then of 300 bytes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000})
  void opusBehindControlHeaders(int part) {
    StreamParser parser = StreamParsers.opus(0, 1, frames::add);
    String large = "fc" + "07".repeat(299);
    feed(
        parser,
        bytes(
            "1234 7fe0 03 f9aabb 7ffc 02 0138 0010 02 beef fcdd ff 7fe0 ff2d" + large + "7fe0 00"),
        part,
        SECOND);
    parser.end();
    assertThat(contents()).containsExactly("f9aabb", "fcdd", large);
    assertThat(frames).extracting(Frame::duration).containsExactly(1_920, 960, 960);
    assertThat(frames)
        .extracting(Frame::time)
        .containsExactly(SECOND, SECOND + SECOND / 25, SECOND + SECOND * 3 / 50);
    assertThat(parser.format()).isEqualTo(FrameFormat.audio(Codec.OPUS, 48_000, 48_000, 1));
  }

  /** A size without an end, then a packet. */
  @Test
  void aControlHeaderWithoutAnEndIsBounded() {
    StreamParser parser = StreamParsers.opus(0, 2, frames::add);
    feed(parser, bytes("7fe0" + "ff".repeat(70_000) + "7fe0 02 fcdd"), 1_000, 0);
    parser.end();
    assertThat(contents()).containsExactly("fcdd");
  }

  /** More than a frame may have is left out, and said. */
  @Test
  void aUnitWithoutAnEndIsBounded() {
    StreamParser parser = parser(Codec.H264);
    parser.bytes(Unpooled.wrappedBuffer(bytes(KEY + DELTA)), 0);
    ByteBuf part = Unpooled.wrappedBuffer(new byte[1 << 20]).setByte(0, 7);
    for (int i = 0; i < (Depacketizer.MOST_FRAME_BYTES >> 20) + 4; i++) {
      parser.bytes(part.setByte((1 << 20) - 1, 7), 0);
    }
    parser.bytes(Unpooled.wrappedBuffer(bytes("00000001 419acc")), 0);
    parser.end();
    assertThat(frames).extracting(Frame::isDamaged).containsExactly(false, true, false);
    assertThat(contents().get(2)).isEqualTo("00000001419acc");
  }

  private static byte[] beginning(Codec codec, int code) {
    return bytes(
        switch (codec) {
          case AV1 -> "32063010";
          case AAC -> "fff14c80";
          case MPEG_AUDIO -> "fff31440";
          case AC3 -> "0b770000";
          case MPEG2_VIDEO -> "000001" + (code % 3 == 0 ? "b3" : code % 3 == 1 ? "00" : "01");
          default -> "00000001";
        });
  }

  /** Whatever comes, it ends, and keeps nothing. */
  @ParameterizedTest
  @EnumSource(names = {"H264", "H265", "AV1", "MPEG2_VIDEO", "AAC", "MPEG_AUDIO", "AC3"})
  void randomBytes(Codec codec) {
    Random random = new Random(20_261_129);
    for (int i = 0; i < 300; i++) {
      StreamParser parser = parser(codec);
      byte[] bytes = new byte[random.nextInt(600)];
      random.nextBytes(bytes);
      for (int at = 0; at + 4 < bytes.length; at += 4 + random.nextInt(40)) {
        byte[] begin = beginning(codec, at);
        System.arraycopy(begin, 0, bytes, at, 4);
      }
      feed(parser, bytes, 1 + random.nextInt(100), 0);
      parser.end();
    }
    frames.forEach(frame -> assertThat(frame.release()).isTrue());
  }

  /**
   * Of 176 by 144 pixels and 25 frames a second, with a closed group, and pictures of two slices.
   */
  private static final String SEQUENCE = "000001b3 0b0090 13ffffe018 000001b8 00080040 ";

  private static final String INTRA = "00000100 000f 00000101 22 00000102 33 0000 ";
  private static final String PREDICTED = "00000100 0057ffff 00000101 44 ";

  /** Zeros behind a slice are kept; a start code of four bytes is one of three behind a zero. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1_000})
  void picturesOfMpeg2(int part) {
    StreamParser parser = parser(Codec.MPEG2_VIDEO);
    feed(parser, bytes("00 11 " + SEQUENCE + INTRA + PREDICTED + INTRA + "000001b7"), part, SECOND);
    assertThat(frames).hasSize(2);
    parser.end();
    assertThat(contents())
        .containsExactly(
            (SEQUENCE + INTRA).replace(" ", ""),
            PREDICTED.replace(" ", ""),
            (INTRA + "000001b7").replace(" ", ""));
    assertThat(frames)
        .extracting(Frame::randomAccess)
        .containsExactly(RandomAccess.IDR, RandomAccess.NONE, RandomAccess.CRA);
    assertThat(frames)
        .extracting(Frame::time)
        .containsExactly(SECOND, SECOND + SECOND / 25, SECOND + 2 * SECOND / 25);
    assertThat(frames).allMatch(frame -> frame.track() == 3 && !frame.isDamaged());
    assertThat(parser.format().width()).isEqualTo(176);
    assertThat(parser.format().height()).isEqualTo(144);
  }

  /** Two pictures of one temporal_reference whose picture_structure is a field. */
  @Test
  void twoFieldsOfMpeg2AreOneFrame() {
    StreamParser parser = parser(Codec.MPEG2_VIDEO);
    String top = "00000100 000fffff 000001b5 8fffd980 00000101 22 ";
    String bottom = "00000100 0017ffff 000001b5 8fffda80 00000101 33 ";
    feed(parser, bytes(SEQUENCE + top + bottom + top + bottom + top), 100, 0);
    parser.end();
    assertThat(contents())
        .containsExactly(
            (SEQUENCE + top + bottom).replace(" ", ""),
            (top + bottom).replace(" ", ""),
            top.replace(" ", ""));
  }

  /** A sequence header that ends the packet before is of the picture that begins in this one. */
  @Test
  void aTimeIsOfThePictureOfMpeg2ThatBegins() {
    StreamParser parser = parser(Codec.MPEG2_VIDEO);
    feed(parser, bytes(PREDICTED + SEQUENCE), 1_000, SECOND);
    feed(parser, bytes(INTRA + PREDICTED), 1_000, 5 * SECOND);
    parser.end();
    assertThat(frames)
        .extracting(Frame::time)
        .containsExactly(SECOND, 5 * SECOND, 5 * SECOND + SECOND / 25);
  }

  /** What was begun is damaged; slices behind the loss belong to it. */
  @Test
  void mpeg2AroundALoss() {
    StreamParser parser = parser(Codec.MPEG2_VIDEO);
    feed(parser, bytes(SEQUENCE + INTRA + PREDICTED), 1_000, 0);
    parser.lost(1);
    feed(parser, bytes("5555 00000105 66 " + INTRA), 1_000, SECOND);
    parser.end();
    assertThat(contents().get(1)).isEqualTo((PREDICTED + "00000105 66").replace(" ", ""));
    assertThat(frames).extracting(Frame::isDamaged).containsExactly(false, true, false);
    assertThat(frames).extracting(Frame::lost).containsExactly(0, 1, 0);
  }

  /**
   * The second element has a StreamMuxConfig of AAC LC at 24 kHz in stereo, the others have the
   * same one: the first is of no use, but counts. Access units do not begin with a byte.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000})
  void aacAsLatm(int part) {
    StreamParser parser = StreamParsers.latm(0, frames::add);
    String stream = latm("0 " + bits("400026203fc0", 44) + bits("03aabbcc", 32));
    String again = latm("1" + bits("02beef", 24));
    feed(parser, bytes("1234 56e003 77" + again + stream + again + again + "56"), part, SECOND);
    parser.end();
    assertThat(contents()).containsExactly("aabbcc", "beef", "beef");
    assertThat(frames)
        .extracting(frame -> frame.time() - SECOND)
        .containsExactly(42_666_667L, 85_333_334L, 128_000_000L);
    assertThat(frames).extracting(Frame::duration).containsOnly(3840);
    assertThat(parser.format().sampleRate()).isEqualTo(24_000);
    assertThat(parser.format().channels()).isEqualTo(2);
    assertThat(parser.format().parameterSets())
        .extracting(ByteBufUtil::hexDump)
        .containsExactly("1310");
  }

  /** An AudioSyncStream element of an AudioMuxElement of these bits. */
  private static String latm(String bits) {
    String all = bits.replace(" ", "");
    int length = (all.length() + 7) / 8;
    all += "0".repeat(8 * length - all.length());
    StringBuilder hex = new StringBuilder("%06x".formatted(0x56e000 | length));
    for (int i = 0; i < length; i++) {
      hex.append("%02x".formatted(Integer.parseInt(all.substring(8 * i, 8 * i + 8), 2)));
    }
    return hex.toString();
  }

  private static String bits(String hex, int count) {
    StringBuilder bits = new StringBuilder();
    for (byte b : bytes(hex)) {
      bits.append(Integer.toBinaryString((b & 0xff) | 0x100).substring(1));
    }
    return bits.substring(0, count);
  }

  /** A sequence header of 320 by 240 pixels, and pictures: a key frame, and one that is none. */
  private static final String AV1_SEQUENCE = "0a0b000000043cffbcdaf90040";

  private static final String AV1_KEY = "320310aabb";
  private static final String AV1_OTHER = "320330ccdd";

  /** Temporal delimiters are left out; what stands before the first picture is no frame. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1_000})
  void temporalUnitsOfAv1(int part) {
    StreamParser parser = parser(Codec.AV1);
    String stream = AV1_SEQUENCE + "1200" + AV1_SEQUENCE + AV1_KEY + "1200" + AV1_OTHER + "1200";
    feed(parser, bytes(stream), part, SECOND);
    assertThat(contents()).containsExactly(AV1_SEQUENCE + AV1_KEY, AV1_OTHER);
    assertThat(frames).extracting(Frame::isKeyFrame).containsExactly(true, false);
    assertThat(frames).extracting(Frame::time).containsExactly(SECOND, SECOND + SECOND / 25);
    assertThat(frames).allMatch(frame -> frame.track() == 3 && !frame.isDamaged());
    assertThat(frames.get(0).unitCount()).isEqualTo(2);
    assertThat(frames.get(0).format().parameterSets()).hasSize(1);
    assertThat(frames.get(0).format().width()).isEqualTo(320);
  }

  /** The last OBU of a sample of MP4 may have no size; a cut one leaves a damaged frame. */
  @Test
  void theEndOfASampleOfAv1() {
    StreamParser parser = parser(Codec.AV1);
    feed(parser, bytes("3010aabb"), 10, 0);
    parser.end();
    assertThat(contents()).containsExactly(AV1_KEY);
    feed(parser, bytes(AV1_KEY + "3209aabb"), 10, SECOND);
    parser.end();
    assertThat(frames.get(1).isDamaged()).isTrue();
    assertThat(ByteBufUtil.hexDump(frames.get(1).content())).isEqualTo(AV1_KEY);
    feed(parser, bytes("32ffffffffffffffffff" + "1200" + AV1_KEY), 1_000, 0); // no size at all
    parser.end();
    assertThat(frames).hasSize(2);
  }

  /** MP3 of 24 bytes a frame, of MPEG-2 with 8 kbit/s at 24 kHz. */
  private static final String MP3 = "fff31440" + "5a".repeat(20);

  /** The bytes before have a header by chance, behind whose frame is no other. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 24, 1_000})
  void mpegAudio(int part) {
    StreamParser parser = parser(Codec.MPEG_AUDIO);
    feed(parser, bytes("00 fff31440 77" + MP3 + MP3 + MP3 + "fff3"), part, SECOND);
    parser.end();
    assertThat(contents()).containsExactly(MP3, MP3, MP3);
    assertThat(frames).extracting(Frame::duration).containsOnly(2160); // 576 samples
    assertThat(frames)
        .extracting(frame -> frame.time() - SECOND)
        .containsExactly(0L, 24_000_000L, 48_000_000L);
    assertThat(frames.get(0).format().sampleRate()).isEqualTo(24_000);
    assertThat(frames.get(0).format().channels()).isEqualTo(2);
  }

  /** What follows a loss is looked for anew. */
  @Test
  void mpegAudioAfterALoss() {
    StreamParser parser = parser(Codec.MPEG_AUDIO);
    feed(parser, bytes(MP3 + MP3), 100, 0);
    parser.lost(2);
    feed(parser, bytes("fff31440 77" + MP3 + MP3), 100, SECOND);
    assertThat(contents()).startsWith(MP3).containsOnly(MP3);
    assertThat(frames).extracting(Frame::lost).startsWith(0).contains(2);
  }

  /** Stereo of 32 kbit/s at 48 kHz: 128 bytes a frame. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 128, 1_000})
  void ac3(int part) {
    String frame = "0b770000" + "004040" + "5a".repeat(121);
    StreamParser parser = parser(Codec.AC3);
    feed(parser, bytes("0b77ff" + frame + frame + "0b77"), part, SECOND);
    parser.end();
    assertThat(contents()).containsExactly(frame, frame);
    assertThat(frames).extracting(Frame::time).containsExactly(SECOND, SECOND + 32_000_000L);
    assertThat(frames.get(0).duration()).isEqualTo(1536);
    assertThat(frames.get(0).format()).isEqualTo(FrameFormat.audio(Codec.AC3, 48_000, 48_000, 2));
  }

  @Test
  void otherCodecsHaveNone() {
    assertThat(StreamParsers.of(0, Codec.VP8, frames::add)).isEmpty();
  }
}
