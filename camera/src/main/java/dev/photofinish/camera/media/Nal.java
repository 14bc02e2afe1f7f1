package dev.photofinish.camera.media;

import java.io.ByteArrayOutputStream;

/** NAL units of ITU-T H.264 section 7.3.1, without start codes. */
final class Nal {

  static final int SLICE = 1;
  static final int IDR_SLICE = 5;
  static final int SPS = 7;
  static final int PPS = 8;

  private static final int REFERENCE = 3 << 5;

  private Nal() {}

  /** A reference NAL unit: header, payload, and {@code emulation_prevention_three_byte}s. */
  static byte[] unit(int type, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 16);
    out.write(REFERENCE | type);
    int zeros = 0;
    for (byte b : payload) {
      if (zeros == 2 && (b & 0xff) <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(b);
      zeros = b == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }

  static int type(byte[] unit) {
    return unit[0] & 0x1f;
  }
}
