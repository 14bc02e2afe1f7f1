package dev.photofinish.relay.card;

import dev.photofinish.rtp.format.H265Sps;

/**
 * The parameter sets of the card in H.265: Main profile, or Main 10 where the camera's pictures
 * have 10 bits, so that decoders need not change what they decode into. Section numbers are those
 * of ITU-T H.265.
 */
final class H265CardSets {
  static final int PPS_ID = 63;

  /**
   * The side of a coding tree unit, which is never split: the largest that may be of PCM samples,
   * and the smallest that all levels allow (section A.4).
   */
  static final int UNIT = 1 << 5;

  private static final int SPS_ID = 15;
  private static final int VPS_ID = 15;

  // NAL units of layer 0 and temporal layer 0 (section 7.3.1.2).
  private static final int[] VPS = {32 << 1, 1};
  private static final int[] SPS = {33 << 1, 1};
  private static final int[] PPS = {34 << 1, 1};

  /**
   * Luma samples of a picture at most, and general_level_idc (section A.4): from level 3 on, since
   * those below it are too slow for the samples.
   */
  private static final int[][] LEVELS = {
    {552_960, 90}, {983_040, 93}, {2_228_224, 120}, {8_912_896, 150}, {35_651_584, 180}
  };

  private final int width;
  private final int height;
  private final H265Sps camera;
  private final boolean tenBits;

  H265CardSets(int width, int height, H265Sps camera) {
    this.width = width;
    this.height = height;
    this.camera = camera;
    this.tenBits = camera.chroma() == 1 && camera.lumaDepth() == 2 && camera.chromaDepth() == 2;
  }

  /** Coding tree units in a row. */
  int columns() {
    return (width + UNIT - 1) / UNIT;
  }

  /** Rows of coding tree units. */
  int rows() {
    return (height + UNIT - 1) / UNIT;
  }

  /** Section 7.3.2.1. */
  byte[] video() {
    BitWriter out = new BitWriter().bits(VPS_ID, 4).bits(3, 2).bits(0, 6); // one layer
    out.bits(0, 3).flag(true).bits(0xffff, 16); // one temporal layer
    profile(out);
    buffering(out);
    out.bits(0, 6).ue(0); // no layer sets
    return out.flag(false).flag(false).trailing().unit(VPS); // no timing, no extension
  }

  /** Section 7.3.2.2.1. */
  byte[] sequence() {
    BitWriter out = new BitWriter().bits(VPS_ID, 4).bits(0, 3).flag(true);
    profile(out);
    out.ue(SPS_ID).ue(1); // 4:2:0
    out.ue(columns() * UNIT).ue(rows() * UNIT);
    window(out);
    int depth = tenBits ? 2 : 0;
    out.ue(depth).ue(depth);
    out.ue(0); // log2_max_pic_order_cnt_lsb_minus4
    buffering(out);
    out.ue(2).ue(0); // coding blocks of 32 alone
    out.ue(0).ue(3).ue(0).ue(0); // transform blocks of 4 to 32, which are not split
    out.flag(false).flag(false).flag(false); // scaling lists, asymmetric partitions, SAO
    out.flag(true).bits(7, 4).bits(7, 4); // PCM samples of 8 bits
    out.ue(2).ue(0).flag(true); // in blocks of 32, not filtered
    out.ue(0).flag(false); // no reference pictures
    out.flag(false).flag(false); // temporal motion vectors, strong intra smoothing
    return out.flag(false).flag(false).trailing().unit(SPS); // no VUI, no extension
  }

  /** Section 7.3.2.3.1. */
  byte[] picture() {
    BitWriter out = new BitWriter().ue(PPS_ID).ue(SPS_ID);
    out.flag(false).flag(false).bits(0, 3); // no dependent slices, no more bits in their headers
    out.flag(false).flag(false); // sign data hiding, cabac_init_present_flag
    out.ue(0).ue(0).ue(0); // one reference, quantiser 26
    out.flag(false).flag(false).flag(false); // constrained prediction, transform skip, quantisers
    out.ue(0).ue(0).flag(false); // of chroma
    out.flag(false).flag(false).flag(false); // weighted prediction, bypass
    out.flag(false).flag(false).flag(false); // tiles, wavefronts, filters across slices
    out.flag(true).flag(false).flag(true); // deblocking control: off
    out.flag(false).flag(false).ue(0); // scaling lists, lists of references, merge level
    return out.flag(false).flag(false).trailing().unit(PPS); // no extensions
  }

  /** Section 7.3.3, of frames. */
  private void profile(BitWriter out) {
    out.bits(tenBits ? 2 : 1, 8).bits(tenBits ? 1 << 29 : 3 << 29, 32);
    out.bits(9, 4).bits(0, 32).bits(0, 12); // progressive, frames only
    out.bits(level(), 8);
  }

  /** That of the size; the camera's own where none has pictures so large. */
  private int level() {
    int samples = columns() * rows() * UNIT * UNIT;
    for (int[] level : LEVELS) {
      if (samples <= level[0]) {
        return level[1];
      }
    }
    return camera.level();
  }

  /** The conformance window: what is beyond the camera's size is not shown. */
  private void window(BitWriter out) {
    int right = (columns() * UNIT - width) / 2;
    int bottom = (rows() * UNIT - height) / 2;
    out.flag(right + bottom > 0);
    if (right + bottom > 0) {
      out.ue(0).ue(right).ue(0).ue(bottom);
    }
  }

  /** One picture is decoded and shown at a time. */
  private static void buffering(BitWriter out) {
    out.flag(true).ue(0).ue(0).ue(0);
  }
}
