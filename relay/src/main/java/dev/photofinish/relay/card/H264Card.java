package dev.photofinish.relay.card;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.H264Sps;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A picture of H.264 that says since when a camera is away, of the size of the camera's own.
 *
 * <p>There is no transform in it: where text is, macroblocks go out as samples (I_PCM), and
 * everything else is the grey that prediction begins with, at a byte each. Its parameter sets have
 * numbers that cameras do not use, so that a decoder keeps the camera's. Section numbers are those
 * of ITU-T H.264.
 */
public final class H264Card {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final int SPS = 0x67;
  private static final int PPS = 0x68;
  private static final int IDR = 0x65;

  private static final int SPS_ID = 31;
  private static final int PPS_ID = 255;
  private static final int I_SLICE = 7;
  private static final int I_16X16_DC = 3;
  private static final int I_PCM = 25;
  private static final int MACROBLOCK = 16;

  private static final int GREY = 128;
  private static final int INK = 235;

  private final int width;
  private final int height;
  private final int level;
  private int number;

  private H264Card(int width, int height, int level) {
    this.width = width;
    this.height = height;
    this.level = level;
  }

  /** The card in the place of pictures of this format; empty for those that have none. */
  public static Optional<H264Card> of(FrameFormat format) {
    if (format.codec() != Codec.H264 || format.parameterSets().isEmpty() || format.width() < 2) {
      return Optional.empty();
    }
    H264Sps camera = H264Sps.of(format.parameterSets().get(0));
    return Optional.of(new H264Card(format.width() & ~1, format.height() & ~1, camera.level()));
  }

  /** What it says. */
  static List<String> lines(Instant since, Instant now, ZoneId zone) {
    var at = since.atZone(zone);
    Duration away = Duration.between(since, now);
    String lasted =
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d",
            away.toHours(),
            away.toMinutesPart(),
            away.toSecondsPart());
    return List.of("CAMERA AWAY", "SINCE " + TIME.format(at), DAY.format(at), "FOR " + lasted);
  }

  /**
   * The NAL units of the next picture, a key frame with its parameter sets.
   *
   * @param since when the camera went away
   */
  public List<byte[]> draw(Instant since, Instant now, ZoneId zone) {
    return draw(lines(since, now, zone));
  }

  List<byte[]> draw(List<String> lines) {
    // Section 7.4.3: the numbers of two IDR pictures in a row differ.
    number ^= 1;
    return List.of(
        sequence().unit(SPS), picture().unit(PPS), slice(new CardText(lines, width, height)));
  }

  private int columns() {
    return (width + MACROBLOCK - 1) / MACROBLOCK;
  }

  private int rows() {
    return (height + MACROBLOCK - 1) / MACROBLOCK;
  }

  /** Section 7.3.2.1.1: Constrained Baseline. */
  private BitWriter sequence() {
    BitWriter out = new BitWriter().bits(66, 8).bits(0xc0, 8).bits(level, 8);
    out.ue(SPS_ID).ue(0);
    out.ue(2); // pic_order_cnt_type: output order is decoding order
    out.ue(1).flag(false); // one reference frame, no gaps in frame_num
    out.ue(columns() - 1).ue(rows() - 1);
    out.flag(true).flag(true); // frames alone, direct_8x8_inference
    int right = (columns() * MACROBLOCK - width) / 2;
    int bottom = (rows() * MACROBLOCK - height) / 2;
    out.flag(right + bottom > 0);
    if (right + bottom > 0) {
      out.ue(0).ue(right).ue(0).ue(bottom);
    }
    return out.flag(false); // no VUI
  }

  /** Section 7.3.2.2. */
  private static BitWriter picture() {
    BitWriter out = new BitWriter().ue(PPS_ID).ue(SPS_ID);
    out.flag(false).flag(false).ue(0); // CAVLC, one slice group
    out.ue(0).ue(0).flag(false).bits(0, 2); // one reference, no weighted prediction
    out.ue(0).ue(0).ue(0); // offsets of quantisers, which nothing here uses
    return out.flag(true).flag(false).flag(false); // deblocking control
  }

  /** Sections 7.3.3 and 7.3.4. */
  private byte[] slice(CardText text) {
    BitWriter out = new BitWriter().ue(0).ue(I_SLICE).ue(PPS_ID).bits(0, 4);
    out.ue(number).flag(false).flag(false);
    out.ue(0).ue(1); // slice_qp_delta, no deblocking
    boolean[] above = new boolean[columns()];
    for (int row = 0; row < rows(); row++) {
      boolean left = false;
      for (int column = 0; column < columns(); column++) {
        boolean samples = needsSamples(text, column * MACROBLOCK, row * MACROBLOCK);
        if (samples) {
          samples(out, text, column * MACROBLOCK, row * MACROBLOCK);
        } else {
          grey(out, left || above[column]);
        }
        left = samples;
        above[column] = samples;
      }
    }
    return out.unit(IDR);
  }

  /**
   * Whether a macroblock has ink, or is next to some: the prediction of the others takes the column
   * to their left and the row above.
   */
  private static boolean needsSamples(CardText text, int x, int y) {
    if (!text.reaches(x - 1, y - 1, MACROBLOCK + 1)) {
      return false;
    }
    for (int dy = -1; dy < MACROBLOCK; dy++) {
      for (int dx = -1; dx < MACROBLOCK; dx++) {
        if (text.ink(x + dx, y + dy)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Section 7.3.5, I_PCM. */
  private static void samples(BitWriter out, CardText text, int x, int y) {
    out.ue(I_PCM).align();
    for (int dy = 0; dy < MACROBLOCK; dy++) {
      for (int dx = 0; dx < MACROBLOCK; dx++) {
        out.sample(text.ink(x + dx, y + dy) ? INK : GREY);
      }
    }
    for (int chroma = 0; chroma < 2 * MACROBLOCK * MACROBLOCK / 4; chroma++) {
      out.sample(GREY);
    }
  }

  /**
   * A macroblock that is as its neighbours are, without a residual. Its {@code coeff_token} (table
   * 9-5) depends on theirs: one of I_PCM counts as 16 coefficients (section 9.2.1).
   */
  private static void grey(BitWriter out, boolean besideSamples) {
    out.ue(I_16X16_DC).ue(0).ue(0);
    if (besideSamples) {
      out.bits(3, 6);
    } else {
      out.bits(1, 1);
    }
  }
}
