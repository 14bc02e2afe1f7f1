package dev.photofinish.rtp.format;

/** The kinds of frames, by what a decoder gets that begins there. */
public enum RandomAccess {
  /** Nothing right: the frame needs others before it. */
  NONE,
  /** All from here on: an IDR picture, a key frame of any other codec, and every audio frame. */
  IDR,
  /** This frame and all after it in presentation order; the leading ones that follow are not. */
  CRA,
  /** All from here on, as the encoder says in a recovery point, though references may go back. */
  RECOVERY_POINT,
  /** A picture that becomes right within some frames (gradual intra refresh). */
  INTRA_REFRESH;

  /** Whether a picture that can be shown begins here. */
  public boolean isKeyFrame() {
    return this == IDR || this == CRA || this == RECOVERY_POINT;
  }

  /** The better of two that parts of a frame say. */
  RandomAccess strongest(RandomAccess other) {
    if (this == NONE || other == NONE) {
      return this == NONE ? other : this;
    }
    return compareTo(other) <= 0 ? this : other;
  }
}
