package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The beginnings of slices that x264 and x265 wrote, and such as no encoder here writes. */
class PresentationOrderTest {
  private static final int RATE = 25;
  private static final long STEP = 1_000_000_000L / RATE;

  /** Of 25 frames a second, two B-frames; frame_num of 4 bits and pic_order_cnt_lsb of 5. */
  private static final String SETS =
      "6764000aacd10426c044000003000400000300c83c489448 68ebe3cb22c0";

  private static final String INTERLACED =
      "67640015acd9444d808800000300080000030190f8a14cb0 68fba3cb22c0";

  private static final String SETS_265 =
      "40010c01ffff01600000030090000003000003001e959009"
          + " 42010101600000030090000003000003001ea020810596564924caf0168080000003008000000c84"
          + " 4401c172b42240";

  private final List<Frame> frames = new ArrayList<>();
  private final PresentationOrder order = new PresentationOrder(frames::add);

  private StreamParser parser(Codec codec) {
    return StreamParsers.of(0, codec, order::frame).orElseThrow();
  }

  private static void feed(StreamParser parser, String units) {
    for (String unit : units.strip().split(" +", -1)) {
      parser.bytes(Unpooled.wrappedBuffer(FormatScript.bytes("00000001" + unit)), 0);
    }
  }

  private void end(StreamParser parser) {
    parser.end();
    order.end();
  }

  /** The places of the frames so far, which are released. */
  private List<Long> places() {
    List<Long> places = frames.stream().map(frame -> frame.time() / STEP).toList();
    frames.forEach(Frame::release);
    frames.clear();
    return places;
  }

  @Test
  void framesOfX264() {
    StreamParser parser = parser(Codec.H264);
    feed(
        parser,
        SETS
            + " 65888401bfd4d446 419a26d89bffc109 019e42f216fff873 019e44f216fffeed"
            + " 419a4c7843265309 019e68d485bfdfb5 019e6ad485bff0c9 419a7293c21e4ca6");
    assertThat(places()).as("as soon as it is known").containsExactly(0L, 3L, 1L, 2L);
    feed(parser, "65888401bfd4d446 419a26d89bffc109 09f0");
    assertThat(places()).containsExactly(6L, 4L, 5L, 7L);
    end(parser);
    assertThat(places()).containsExactly(8L, 9L);
  }

  /** A CRA picture, leading pictures behind it that are shown before, and a layer above. */
  @Test
  void framesOfX265() {
    StreamParser parser = parser(Codec.H265);
    feed(
        parser,
        SETS_265
            + " 2801af1d80bc61be11a4"
            + " 0201d0195f844639af25 0201e04497e18490fec5 0001e024fffa2c2980fe"
            + " 0201d03097d7dc44063b 0201e0a225d7f71849fe 0001e086fffd22c298fa"
            + " 2a01ac205a497188b3b0 1001e0e22f7fdc6144fe"
            + " 0201d0595f84463b1d7d 0201e14497e18490fec5");
    end(parser);
    assertThat(places()).hasSize(11).startsWith(0L, 3L, 2L, 1L).doesNotHaveDuplicates();
  }

  /** Of a slice of the interlaced sets. */
  private static String slice(int header, int number, int field, int lsb) {
    H264PictureSps sps =
        H264PictureSps.parse(
            new BitReader(
                Unpooled.wrappedBuffer(FormatScript.bytes(INTERLACED.split(" ", 2)[0])), 1, 23));
    StringBuilder bits = new StringBuilder("1 00110 1 ");
    bits.append(binary(number, sps.header().frameNumberBits()));
    bits.append(field == 0 ? "0" : field == 1 ? "10" : "11");
    bits.append((header & 0x1f) == 5 ? "1" : "").append(binary(lsb, sps.header().orderBits()));
    bits.append("1".repeat(24));
    String all = bits.toString().replace(" ", "");
    StringBuilder hex = new StringBuilder("%02x".formatted(header));
    for (int at = 0; at + 8 <= all.length(); at += 8) {
      hex.append("%02x".formatted(Integer.parseInt(all.substring(at, at + 8), 2)));
    }
    return " " + hex;
  }

  private static String binary(int value, int bits) {
    return Integer.toBinaryString(1 << bits | value).substring(1);
  }

  @Test
  void twoFieldsAreOneFrame() {
    StreamParser parser = parser(Codec.H264);
    String delimiter = " 0910";
    feed(
        parser,
        INTERLACED
            + slice(0x65, 0, 1, 0)
            + slice(0x41, 0, 2, 1)
            + delimiter
            + slice(0x41, 1, 1, 6)
            + delimiter
            + slice(0x41, 1, 2, 7)
            + slice(0x01, 2, 2, 3) // lower one first
            + slice(0x01, 2, 1, 2)
            + slice(0x41, 2, 0, 8)
            + slice(0x41, 3, 1, 10) // without another
            + slice(0x41, 4, 1, 12)
            + slice(0x41, 4, 1, 12));
    end(parser);
    assertThat(frames).extracting(Frame::unitCount).containsExactly(4, 4, 2, 1, 1, 1, 1);
    assertThat(frames).extracting(Frame::isKeyFrame).startsWith(true, false);
    assertThat(places()).containsExactly(0L, 2L, 1L, 3L, 4L, 5L, 6L);
  }

  /** Baseline of frames alone, with frame_num of 4 bits; made of its syntax elements. */
  private static String unit(int header, String bits) {
    String all = bits.replace(" ", "") + "1";
    all += "0".repeat(-all.length() & 7);
    StringBuilder hex = new StringBuilder("%02x".formatted(header));
    for (int at = 0; at < all.length(); at += 8) {
      hex.append("%02x".formatted(Integer.parseInt(all.substring(at, at + 8), 2)));
    }
    return " " + hex;
  }

  /** frame_num goes round, and counts are what the cycle of two expects and the slice adds. */
  @Test
  void type1CountsByFrameNumbers() {
    StreamParser parser = parser(Codec.H264);
    String cycle = "010 0 011 1 011 00100 00110"; // type 1; others -1; +2, +3
    String picture = "00100 0 1 1 1 1 0 1"; // of one macroblock, with usability information
    String usability = "0 0 0 0 0 0 0 0 1 1 1 1 1 1 010 010"; // one is reordered
    String sps = "01001101 01000000 00011110 1 1 " + cycle + picture + usability;
    feed(parser, unit(0x67, sps) + unit(0x68, "1 1 0 0 1 1 1 0 00 1 1 1 0 0 0"));
    feed(parser, unit(0x65, "1 00110 1 0000 1 1 1111"));
    for (int i = 1; i <= 40; i++) {
      String number = binary(i & 15, 4);
      feed(parser, unit(0x41, "1 00110 1 " + number + " 1 1111"));
      feed(parser, unit(0x01, "1 00110 1 " + binary(i + 1 & 15, 4) + " 1 1111"));
    }
    end(parser);
    List<Long> places = places();
    assertThat(places).hasSize(81).startsWith(0L, 2L, 1L, 4L, 3L, 6L, 5L);
    for (int i = 1; i <= 40; i++) {
      assertThat(places.subList(2 * i - 1, 2 * i + 1)).containsExactly(2L * i, 2L * i - 1);
    }
  }

  private static int reordered(Codec codec, String sets) {
    List<ByteBuf> units = new ArrayList<>();
    for (String set : sets.split(" +", -1)) {
      units.add(FrameFormat.parameterSet(FormatScript.bytes(set)));
    }
    return PresentationOrder.reordered(FrameFormat.video(codec, 90_000).withParameterSets(units));
  }

  @Test
  void theSetsSayHowManyAreReordered() {
    assertThat(reordered(Codec.H264, SETS)).isEqualTo(1); // two B-frames behind the same
    assertThat(reordered(Codec.H265, SETS_265)).isEqualTo(2);
    String unsaid = "6742c00dd901 68cb83cb20";
    assertThat(reordered(Codec.H264, unsaid)).isZero();
    assertThat(reordered(Codec.AV1, SETS)).isZero();
  }

  @Test
  void theCountGoesOnBeyondItsBits() {
    assertThat(PictureOrder.count(2, 5, 30)).isEqualTo(34);
    assertThat(PictureOrder.count(30, 5, 34)).isEqualTo(30);
    assertThat(PictureOrder.count(16, 5, 32)).isEqualTo(48);
    assertThat(PictureOrder.count(0, 5, 48)).isEqualTo(64);
    assertThat(PictureOrder.count(31, 5, 0)).isEqualTo(-1);
  }

  /** A picture that is shown after all that follow. */
  @Test
  void whatWaitsIsBounded() {
    StreamParser parser = parser(Codec.H264);
    feed(parser, SETS + " 65888401bfd4d446 419a26d89bffc109");
    int given = 0;
    for (int i = 0; i < 1_000; i++) {
      feed(parser, "019e42f216fff873");
      given += places().size();
      assertThat(3 + i - given).isLessThanOrEqualTo(68);
    }
    end(parser);
    given += places().size();
    assertThat(given).isEqualTo(1_002);
  }

  @Test
  void whatWaitsIsReleased() {
    ByteBuf content = Unpooled.buffer().writeBytes(FormatScript.bytes("00000001419a26d89bffc109"));
    FrameFormat format = FrameFormat.video(Codec.H264, 90_000);
    List<ByteBuf> sets = new ArrayList<>();
    for (String set : SETS.split(" ", -1)) {
      sets.add(FrameFormat.parameterSet(FormatScript.bytes(set)));
    }
    int[] units = {0};
    order.frame(
        Frame.of(0, format.withParameterSets(sets), content, units, 0, RandomAccess.NONE, false));
    assertThat(frames).isEmpty();
    order.release();
    assertThat(content.refCnt()).isZero();
  }

  /** Each frame comes out once, with a time that one of them had, whatever is in it. */
  @Test
  void nonsenseLosesNothing() {
    Random random = new Random(20_261_130);
    for (Codec codec : new Codec[] {Codec.H264, Codec.H265}) {
      List<Frame> made = new ArrayList<>();
      StreamParser parser =
          StreamParsers.of(
                  0,
                  codec,
                  frame -> {
                    made.add(frame);
                    order.frame(frame);
                  })
              .orElseThrow();
      feed(parser, codec == Codec.H264 ? INTERLACED : SETS_265);
      for (int i = 0; i < 5_000; i++) {
        byte[] unit = new byte[4 + 2 + random.nextInt(30)];
        random.nextBytes(unit);
        unit[0] = unit[1] = unit[2] = 0;
        unit[3] = 1;
        if (random.nextInt(3) > 0) { // else any type, sets too
          unit[4] = codec == Codec.H264 ? (byte) 0x41 : 2;
          unit[5] = codec == Codec.H264 ? (byte) 0x9a : 1;
        }
        parser.bytes(Unpooled.wrappedBuffer(unit), 0);
      }
      end(parser);
      assertThat(frames).hasSameSizeAs(made).hasSizeGreaterThan(1_000);
      assertThat(frames.stream().map(Frame::time).sorted().toList())
          .isEqualTo(made.stream().map(Frame::time).sorted().toList());
      frames.forEach(Frame::release);
      frames.clear();
    }
  }
}
