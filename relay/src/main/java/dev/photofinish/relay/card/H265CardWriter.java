package dev.photofinish.relay.card;

import dev.photofinish.rtp.format.H265Sps;
import java.util.List;

/**
 * The card in H.265: each coding tree unit is one coding unit, of PCM samples where text is, and of
 * intra DC prediction without a residual elsewhere, at a few bits. Section numbers are those of
 * ITU-T H.265.
 */
final class H265CardWriter implements CardWriter {
  /** IDR_N_LP of layer 0 and temporal layer 0 (section 7.3.1.2). */
  private static final int[] IDR = {20 << 1, 1};

  private static final int I_SLICE = 2;

  private final H265CardSets sets;

  /**
   * @param width of the picture, an even number
   * @param height of the picture, an even number
   * @param camera what the camera's own pictures are
   */
  H265CardWriter(int width, int height, H265Sps camera) {
    this.sets = new H265CardSets(width, height, camera);
  }

  @Override
  public List<byte[]> write(CardText text) {
    return List.of(sets.video(), sets.sequence(), sets.picture(), slice(text));
  }

  /** Section 7.3.6.1. */
  private byte[] slice(CardText text) {
    BitWriter out = new BitWriter();
    out.flag(true).flag(false); // first of the picture, which lets those before it be shown
    out.ue(H265CardSets.PPS_ID).ue(I_SLICE);
    out.ue(0); // slice_qp_delta
    out.trailing(); // byte_alignment
    units(text, new CabacWriter(out), out);
    return out.unit(IDR);
  }

  /** Sections 7.3.8.1 and 7.3.8.2. */
  private void units(CardText text, CabacWriter cabac, BitWriter out) {
    int columns = sets.columns();
    int count = columns * sets.rows();
    CodingUnits units = new CodingUnits(cabac, out);
    for (int i = 0; i < count; i++) {
      int size = H265CardSets.UNIT;
      units.write(new CardBlock(text, i % columns * size, i / columns * size, size));
      cabac.terminate(i == count - 1); // end_of_slice_segment_flag
    }
  }

  /** Writes coding units of the smallest size (section 7.3.8.5). */
  private static final class CodingUnits {
    // Initial values of I slices (section 9.3.2.2).
    private final CabacContext partMode = new CabacContext(184);
    private final CabacContext previousMode = new CabacContext(184);
    private final CabacContext chromaMode = new CabacContext(63);
    private final CabacContext chromaResidual = new CabacContext(94);
    private final CabacContext lumaResidual = new CabacContext(141);

    private final CabacWriter cabac;
    private final BitWriter out;

    CodingUnits(CabacWriter cabac, BitWriter out) {
      this.cabac = cabac;
      this.out = out;
    }

    void write(CardBlock block) {
      cabac.bin(partMode, true); // PART_2Nx2N
      boolean samples = block.needsSamples();
      cabac.terminate(samples); // pcm_flag
      if (samples) {
        block.writeSamples(out);
      } else {
        grey();
      }
    }

    /**
     * What is as its neighbours are. All units here count as of DC prediction (section 8.4.2), so
     * that DC is always the second of the most probable modes.
     */
    private void grey() {
      cabac.bin(previousMode, true); // prev_intra_luma_pred_flag
      cabac.bypass(true); // mpm_idx 1
      cabac.bypass(false);
      cabac.bin(chromaMode, false); // as luma
      cabac.bin(chromaResidual, false); // cbf_cb
      cabac.bin(chromaResidual, false); // cbf_cr
      cabac.bin(lumaResidual, false); // cbf_luma
    }
  }
}
