package dev.photofinish.camera.media;

import java.time.LocalTime;
import java.util.List;

/**
 * Encodes the {@link TestCard} as H.264, Constrained Baseline, 320x240.
 *
 * <p>There is no transform in it: what is drawn goes out as I_PCM samples, background is predicted
 * vertically from the macroblock above with no residual, and what did not change is skipped. That
 * is all a test picture needs, exact to the sample and about 300 kbit/s at 25 frames a second.
 * Section numbers are those of ITU-T H.264.
 *
 * <p>One encoder is one coded video sequence: it remembers the frame before.
 */
public final class H264Encoder {

  /** For {@code profile-level-id} of RFC 6184: Constrained Baseline, level 3. */
  public static final String PROFILE_LEVEL_ID = "42C01E";

  private static final int P_SLICE = 5;
  private static final int I_SLICE = 7;
  private static final int INTRA_OFFSET_IN_P = 5;
  private static final int I_16X16_VERTICAL = 1;
  private static final int I_PCM = 25;
  private static final int CHROMA_VERTICAL = 2;
  private static final int FRAME_NUM_BITS = 8;

  private final byte[] sps;
  private final byte[] pps;
  private Tile[] previous = new Tile[0];
  private int frameNum;
  private int idrPicId;

  /**
   * @param framesPerSecond announced to the decoder in the VUI; 1 to 60
   */
  public H264Encoder(int framesPerSecond) {
    sps = Nal.unit(Nal.SPS, sequenceParameters(framesPerSecond));
    pps = Nal.unit(Nal.PPS, pictureParameters());
  }

  /** The sequence and the picture parameter set, in this order. */
  public List<byte[]> parameterSets() {
    return List.of(sps.clone(), pps.clone());
  }

  /**
   * The NAL units of the next frame.
   *
   * @param key whether the frame starts a new sequence; the first frame does in any case
   */
  public List<byte[]> encode(long number, LocalTime time, boolean key) {
    Tile[] tiles = TestCard.frame(number, time);
    boolean idr = key || previous.length == 0;
    frameNum = idr ? 0 : (frameNum + 1) % (1 << FRAME_NUM_BITS);
    idrPicId ^= idr ? 1 : 0;
    BitWriter slice = new BitWriter();
    writeSliceHeader(slice, idr);
    writeMacroblocks(slice, tiles, idr);
    previous = tiles;
    return idr
        ? List.of(sps, pps, Nal.unit(Nal.IDR_SLICE, slice.finish()))
        : List.of(Nal.unit(Nal.SLICE, slice.finish()));
  }

  /** Section 7.3.2.1.1, with the VUI of section E.1.1. */
  private static byte[] sequenceParameters(int framesPerSecond) {
    BitWriter out = new BitWriter().bits(66, 8).bits(0xc0, 8).bits(30, 8);
    out.ue(0).ue(FRAME_NUM_BITS - 4);
    out.ue(2); // pic_order_cnt_type: output order is decoding order
    out.ue(1).flag(false); // one reference frame, no gaps in frame_num
    out.ue(TestCard.COLUMNS - 1).ue(TestCard.ROWS - 1);
    out.flag(true).flag(true).flag(false); // frames only, direct_8x8_inference, no cropping
    out.flag(true);
    writeVui(out, framesPerSecond);
    return out.finish();
  }

  private static void writeVui(BitWriter out, int framesPerSecond) {
    out.flag(true).bits(1, 8); // square samples
    out.flag(false);
    out.flag(true).bits(5, 3).flag(false); // unspecified format, limited range
    out.flag(true).bits(6, 8).bits(6, 8).bits(6, 8); // SMPTE 170M, as ITU-R BT.601
    out.flag(false);
    out.flag(true).bits(1, 32).bits(2L * framesPerSecond, 32).flag(true);
    out.flag(false).flag(false).flag(false); // no HRD parameters, no pic_struct
    out.flag(true).flag(false); // bitstream restriction, no vectors over picture boundaries
    out.ue(0).ue(0).ue(0).ue(0); // no byte or bit limits, no motion
    out.ue(0).ue(1); // nothing reordered, one frame buffered: decoders output at once
  }

  /** Section 7.3.2.2. */
  private static byte[] pictureParameters() {
    BitWriter out = new BitWriter().ue(0).ue(0);
    out.flag(false).flag(false).ue(0); // CAVLC, one slice group
    out.ue(0).ue(0).flag(false).bits(0, 2); // one reference, no weighted prediction
    out.ue(0).ue(0).ue(0); // QP offsets, which matter to no macroblock here
    out.flag(true).flag(false).flag(false); // deblocking control, unconstrained intra prediction
    return out.finish();
  }

  /** Section 7.3.3. */
  private void writeSliceHeader(BitWriter out, boolean idr) {
    out.ue(0).ue(idr ? I_SLICE : P_SLICE).ue(0).bits(frameNum, FRAME_NUM_BITS);
    if (idr) {
      out.ue(idrPicId).flag(false).flag(false); // dec_ref_pic_marking of an IDR picture
    } else {
      out.flag(false).flag(false).flag(false); // defaults for references, lists and marking
    }
    out.ue(0).ue(1); // slice_qp_delta, deblocking off
  }

  /** Section 7.3.4. */
  private void writeMacroblocks(BitWriter out, Tile[] tiles, boolean idr) {
    boolean[] pcm = new boolean[tiles.length];
    int skipped = 0;
    for (int at = 0; at < tiles.length; at++) {
      if (!idr && tiles[at].equals(previous[at])) {
        skipped++;
        continue;
      }
      if (!idr) {
        out.ue(skipped);
        skipped = 0;
      }
      pcm[at] = tiles[at].drawn() || at < TestCard.COLUMNS;
      writeMacroblock(out, tiles[at], at, pcm, idr ? 0 : INTRA_OFFSET_IN_P);
    }
    if (skipped > 0) {
      out.ue(skipped);
    }
  }

  /** Section 7.3.5. */
  private static void writeMacroblock(
      BitWriter out, Tile tile, int at, boolean[] pcm, int typeOffset) {
    if (pcm[at]) {
      byte[] samples = TestCard.samples(tile, at % TestCard.COLUMNS);
      out.ue(typeOffset + I_PCM).align().bytes(samples);
      return;
    }
    out.ue(typeOffset + I_16X16_VERTICAL).ue(CHROMA_VERTICAL).ue(0);
    writeEmptyDc(out, at, pcm);
  }

  /**
   * {@code coeff_token} for no coefficients, table 9-5. An I_PCM neighbour counts as 16
   * coefficients (section 9.2.1), every other one here as none.
   */
  private static void writeEmptyDc(BitWriter out, int at, boolean[] pcm) {
    boolean left = at % TestCard.COLUMNS > 0 && pcm[at - 1];
    boolean above = pcm[at - TestCard.COLUMNS];
    if (left || above) {
      out.bits(3, 6);
    } else {
      out.bits(1, 1);
    }
  }
}
