package dev.photofinish.relay.card;

import java.util.List;

/**
 * The card in H.264, Constrained Baseline: macroblocks with text are I_PCM, and all others cost a
 * byte each. Section numbers are those of ITU-T H.264.
 */
final class H264CardWriter implements CardWriter {
  private static final int SPS = 0x67;
  private static final int PPS = 0x68;
  private static final int IDR = 0x65;

  private static final int SPS_ID = 31;
  private static final int PPS_ID = 255;
  private static final int I_SLICE = 7;
  private static final int I_16X16_DC = 3;
  private static final int I_PCM = 25;
  private static final int MACROBLOCK = 16;

  private final int width;
  private final int height;
  private final int level;
  private int number;

  /**
   * @param width of the picture, an even number
   * @param height of the picture, an even number
   * @param level level_idc
   */
  H264CardWriter(int width, int height, int level) {
    this.width = width;
    this.height = height;
    this.level = level;
  }

  @Override
  public List<byte[]> write(CardText text) {
    // Section 7.4.3: the numbers of two IDR pictures in a row differ.
    number ^= 1;
    return List.of(
        sequence().trailing().unit(SPS),
        picture().trailing().unit(PPS),
        slice(text).trailing().unit(IDR));
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
  private BitWriter slice(CardText text) {
    BitWriter out = new BitWriter().ue(0).ue(I_SLICE).ue(PPS_ID).bits(0, 4);
    out.ue(number).flag(false).flag(false);
    out.ue(0).ue(1); // slice_qp_delta, no deblocking
    boolean[] above = new boolean[columns()];
    for (int row = 0; row < rows(); row++) {
      boolean left = false;
      for (int column = 0; column < columns(); column++) {
        CardBlock block = new CardBlock(text, column * MACROBLOCK, row * MACROBLOCK, MACROBLOCK);
        boolean samples = block.needsSamples();
        if (samples) {
          out.ue(I_PCM).align(); // section 7.3.5
          block.writeSamples(out);
        } else {
          grey(out, left || above[column]);
        }
        left = samples;
        above[column] = samples;
      }
    }
    return out;
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
