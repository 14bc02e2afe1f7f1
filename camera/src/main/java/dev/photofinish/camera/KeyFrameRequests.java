package dev.photofinish.camera;

import java.util.List;

/** The ways to ask a camera for a key frame, as its session description offers them. */
public enum KeyFrameRequests {
  /** None: what is asked is ignored. */
  NONE,
  /** A picture loss indication, RFC 4585 section 6.3.1. */
  PLI,
  /** A full intra request, RFC 5104 section 4.3.1. */
  FIR,
  BOTH;

  private static final int PAYLOAD_FEEDBACK = 206;
  private static final int PICTURE_LOSS = 1;
  private static final int FULL_INTRA = 4;

  /** The values of its {@code a=rtcp-fb} lines, without the payload type. */
  List<String> offers() {
    return switch (this) {
      case NONE -> List.of();
      case PLI -> List.of("nack pli");
      case FIR -> List.of("ccm fir");
      case BOTH -> List.of("nack pli", "ccm fir");
    };
  }

  /** Whether a packet of the compound packet asks in one of these ways. */
  boolean isIn(byte[] compound) {
    for (int at = 0; at + 4 <= compound.length; ) {
      if ((compound[at + 1] & 0xff) == PAYLOAD_FEEDBACK && takes(compound[at] & 0x1f)) {
        return true;
      }
      at += 4 + 4 * (((compound[at + 2] & 0xff) << 8) | (compound[at + 3] & 0xff));
    }
    return false;
  }

  private boolean takes(int format) {
    return switch (this) {
      case NONE -> false;
      case PLI -> format == PICTURE_LOSS;
      case FIR -> format == FULL_INTRA;
      case BOTH -> format == PICTURE_LOSS || format == FULL_INTRA;
    };
  }
}
