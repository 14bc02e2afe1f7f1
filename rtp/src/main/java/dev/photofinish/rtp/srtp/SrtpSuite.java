package dev.photofinish.rtp.srtp;

/** A crypto suite, under the name that RFC 4568 section 6.2 and its successors gave it. */
public enum SrtpSuite {
  /** AES in counter mode, HMAC-SHA1 of 80 bits (RFC 3711): what nearly all cameras use. */
  AES_CM_128_HMAC_SHA1_80(16, 14, 10, 10, false),

  /** As before, with tags of 32 bits; those of RTCP have 80 (RFC 4568 section 6.2.2). */
  AES_CM_128_HMAC_SHA1_32(16, 14, 4, 10, false),

  /** A key of 256 bits (RFC 6188). */
  AES_256_CM_HMAC_SHA1_80(32, 14, 10, 10, false),

  /** A key of 256 bits and tags of 32 bits, for RTCP 80 (RFC 6188). */
  AES_256_CM_HMAC_SHA1_32(32, 14, 4, 10, false),

  /** AES in Galois/counter mode (RFC 7714). */
  AEAD_AES_128_GCM(16, 12, 16, 16, true),

  /** AES in Galois/counter mode with a key of 256 bits (RFC 7714). */
  AEAD_AES_256_GCM(32, 12, 16, 16, true);

  private final int keyLength;
  private final int saltLength;
  private final int rtpTagLength;
  private final int rtcpTagLength;
  private final boolean aead;

  SrtpSuite(int keyLength, int saltLength, int rtpTagLength, int rtcpTagLength, boolean aead) {
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.rtpTagLength = rtpTagLength;
    this.rtcpTagLength = rtcpTagLength;
    this.aead = aead;
  }

  /** Bytes of the master key, and of the session's. */
  public int keyLength() {
    return keyLength;
  }

  /** Bytes of the master salt, and of the session's. */
  public int saltLength() {
    return saltLength;
  }

  int rtpTagLength() {
    return rtpTagLength;
  }

  int rtcpTagLength() {
    return rtcpTagLength;
  }

  /** Whether the cipher authenticates too. */
  boolean isAead() {
    return aead;
  }
}
