package dev.photofinish.camera;

/** The crypto suites of a camera that encrypts its media, by the names of RFC 4568 and RFC 7714. */
public enum SrtpCipher {
  AES_CM_128_HMAC_SHA1_80(16, 14, 10),
  AES_CM_128_HMAC_SHA1_32(16, 14, 4),
  AEAD_AES_128_GCM(16, 12, 16),
  AEAD_AES_256_GCM(32, 12, 16);

  private final int keyLength;
  private final int saltLength;
  private final int tagLength;

  SrtpCipher(int keyLength, int saltLength, int tagLength) {
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.tagLength = tagLength;
  }

  int keyLength() {
    return keyLength;
  }

  int saltLength() {
    return saltLength;
  }

  /** Of RTP; RTCP with HMAC-SHA1 has 10 bytes (RFC 4568 section 6.2.2). */
  int tagLength() {
    return tagLength;
  }

  boolean isGcm() {
    return saltLength == 12;
  }
}
