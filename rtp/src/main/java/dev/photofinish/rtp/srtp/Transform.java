package dev.photofinish.rtp.srtp;

import java.security.GeneralSecurityException;

/**
 * Encrypts, decrypts and authenticates the packets of one direction, RTP's or RTCP's, with the
 * session keys of one master key.
 *
 * <p>Packets lie in an array that is theirs to scribble on. A packet has a header that is
 * authenticated but not encrypted, a body, and a tag. Not safe for use by several threads.
 */
abstract class Transform {

  /** Bytes of the tag. */
  abstract int tagLength();

  /** Whether the tag ends the packet; else it ends the body, before MKI and SRTCP index. */
  abstract boolean tagIsLast();

  /**
   * Authenticates and decrypts an SRTP packet.
   *
   * @param body where the body begins
   * @param end where it ends, without tag
   * @param tag where the tag is
   * @param index of the packet, 48 bits
   * @return whether it is authentic; if not, nothing that it holds means anything
   */
  abstract boolean openRtp(byte[] packet, int body, int end, int tag, int ssrc, long index);

  /**
   * Authenticates and decrypts an SRTCP packet. The word with E flag and index stands where {@code
   * word} says.
   */
  abstract boolean openRtcp(byte[] packet, int end, int word, int tag, int ssrc);

  /** Encrypts an RTP packet, and writes its tag at {@code tag}. */
  abstract void sealRtp(byte[] packet, int body, int end, int tag, int ssrc, long index);

  /** Encrypts an RTCP packet whose E flag and index stand at {@code word}, and writes its tag. */
  abstract void sealRtcp(byte[] packet, int end, int word, int tag, int ssrc);

  /** RFC 3711 section 3.4: 8 bytes of a compound packet are not encrypted. */
  static final int RTCP_HEADER = 8;

  static boolean isEncrypted(byte[] packet, int word) {
    return packet[word] < 0;
  }

  static long rtcpIndex(byte[] packet, int word) {
    return readInt(packet, word) & 0x7fffffffL;
  }

  static int readInt(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  static void writeInt(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  /** {@code bytes} from {@code at} on XOR the lowest {@code count} bytes of {@code value}. */
  static void xor(byte[] bytes, int at, long value, int count) {
    for (int i = 0; i < count; i++) {
      bytes[at + i] ^= (byte) (value >> (8 * (count - 1 - i)));
    }
  }

  /** The JDK has these ciphers, and their parameters are right: this does not happen. */
  static IllegalStateException unusable(GeneralSecurityException e) {
    return new IllegalStateException(
        "AES or HMAC of this JDK cannot be used: " + e.getMessage(), e);
  }
}
