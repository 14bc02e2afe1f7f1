package dev.photofinish.camera.media;

/** ITU-T G.711: 8000 samples a second, one byte each. */
public enum G711 {
  /** Mu-law, RTP payload type 0 (RFC 3551). */
  PCMU(0) {
    @Override
    byte encode(int sample) {
      int magnitude = Math.min(Math.abs(sample), 32635) + 132;
      int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
      int mantissa = (magnitude >> (exponent + 3)) & 0x0f;
      return (byte) ~(sign(sample < 0) | (exponent << 4) | mantissa);
    }
  },
  /** A-law, RTP payload type 8 (RFC 3551). */
  PCMA(8) {
    @Override
    byte encode(int sample) {
      int magnitude = Math.min(sample < 0 ? ~sample : sample, 32767);
      int exponent = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude));
      int mantissa = (magnitude >> (Math.max(1, exponent) + 3)) & 0x0f;
      return (byte) ((sign(sample >= 0) | (exponent << 4) | mantissa) ^ 0x55);
    }
  };

  public static final int CLOCK_RATE = 8000;

  private final int payloadType;

  G711(int payloadType) {
    this.payloadType = payloadType;
  }

  public int payloadType() {
    return payloadType;
  }

  /** One linear sample of 16 bits. */
  abstract byte encode(int sample);

  private static int sign(boolean set) {
    return set ? 0x80 : 0;
  }
}
