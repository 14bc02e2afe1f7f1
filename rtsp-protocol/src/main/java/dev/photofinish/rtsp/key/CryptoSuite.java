package dev.photofinish.rtsp.key;

import java.util.Arrays;
import java.util.Optional;

/** The crypto suites that can be used, by their names in SDES, the strongest first. */
public enum CryptoSuite {
  AEAD_AES_256_GCM(32, 12),
  AEAD_AES_128_GCM(16, 12),
  AES_256_CM_HMAC_SHA1_80(32, 14),
  AES_CM_128_HMAC_SHA1_80(16, 14),
  AES_256_CM_HMAC_SHA1_32(32, 14),
  AES_CM_128_HMAC_SHA1_32(16, 14);

  private final int keyLength;
  private final int saltLength;

  CryptoSuite(int keyLength, int saltLength) {
    this.keyLength = keyLength;
    this.saltLength = saltLength;
  }

  /** Bytes of a master key. */
  public int keyLength() {
    return keyLength;
  }

  /** Bytes of a master salt. */
  public int saltLength() {
    return saltLength;
  }

  /** Both, as SDES and MIKEY join them. */
  int joinedLength() {
    return keyLength + saltLength;
  }

  /** The suite of that name; drafts of RFC 6188 called its suites {@code AES_CM_256_...}. */
  static Optional<CryptoSuite> named(String name) {
    String known = name.replace("AES_CM_256_", "AES_256_CM_");
    return Arrays.stream(values()).filter(suite -> suite.name().equals(known)).findFirst();
  }
}
