package dev.photofinish.rtp.srtp;

/** The parts of an RTP header that SRTP needs (RFC 3550 section 5.1). */
final class SrtpHeader {
  private static final int FIXED_LENGTH = 12;

  private SrtpHeader() {}

  /** Bytes up to the payload, header extension included; -1 if it is no RTP of version 2. */
  static int length(byte[] packet, int size) {
    if (size < FIXED_LENGTH || (packet[0] & 0xc0) != 0x80) {
      return -1;
    }
    int length = FIXED_LENGTH + 4 * (packet[0] & 0x0f);
    if ((packet[0] & 0x10) != 0) {
      if (size < length + 4) {
        return -1;
      }
      length += 4 + 4 * ((packet[length + 2] & 0xff) << 8 | (packet[length + 3] & 0xff));
    }
    return length <= size ? length : -1;
  }

  static int sequence(byte[] packet) {
    return (packet[2] & 0xff) << 8 | (packet[3] & 0xff);
  }

  static int ssrc(byte[] packet) {
    return Transform.readInt(packet, 8);
  }
}
