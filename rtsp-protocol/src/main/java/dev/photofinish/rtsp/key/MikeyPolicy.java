package dev.photofinish.rtsp.key;

import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A security policy for SRTP (RFC 3830 section 6.10.1): numbers of algorithms and lengths.
 *
 * @param values by the number of the parameter; what is missing has the RFC's default
 */
record MikeyPolicy(Map<Integer, Integer> values) {
  static final int SRTP = 0;

  /** A policy that says nothing. */
  static final MikeyPolicy DEFAULT = new MikeyPolicy(Map.of());

  private static final int CIPHER = 0;
  private static final int KEY_LENGTH = 1;
  private static final int AUTHENTICATION = 2;
  private static final int AUTHENTICATION_KEY_LENGTH = 3;
  private static final int SALT_LENGTH = 4;
  private static final int DERIVATION_RATE = 6;
  private static final int ENCRYPTS_RTP = 7;
  private static final int ENCRYPTS_RTCP = 8;
  private static final int AUTHENTICATES = 10;
  private static final int TAG_LENGTH = 11;
  private static final int AEAD_TAG_LENGTH = 20; // RFC 7714 section 14.3

  private static final int AES_CM = 1;
  private static final int AES_GCM = 6; // RFC 7714 section 14.3
  private static final int HMAC_SHA1 = 1;

  private static final int AES_128 = 16;
  private static final int AES_256 = 32;
  private static final int SHORT_TAG = 4;
  private static final int LONG_TAG = 10;

  MikeyPolicy {
    values = Map.copyOf(values);
  }

  /** The policy that asks for {@code suite}, in full. */
  static MikeyPolicy of(CryptoSuite suite) {
    Map<Integer, Integer> values = new LinkedHashMap<>();
    boolean gcm = suite == CryptoSuite.AEAD_AES_128_GCM || suite == CryptoSuite.AEAD_AES_256_GCM;
    values.put(CIPHER, gcm ? AES_GCM : AES_CM);
    values.put(KEY_LENGTH, suite.keyLength());
    if (!gcm) {
      int tag = suite.name().endsWith("_32") ? SHORT_TAG : LONG_TAG;
      values.put(AUTHENTICATION, HMAC_SHA1);
      values.put(AUTHENTICATION_KEY_LENGTH, tag);
      values.put(TAG_LENGTH, tag);
    } else {
      values.put(AEAD_TAG_LENGTH, 16);
    }
    values.put(ENCRYPTS_RTP, 1);
    values.put(ENCRYPTS_RTCP, 1);
    values.put(AUTHENTICATES, 1);
    return new MikeyPolicy(values);
  }

  /**
   * The suite that it asks for.
   *
   * @throws RtspFormatException if that is none known here
   */
  CryptoSuite suite() throws RtspFormatException {
    boolean secured = get(ENCRYPTS_RTP, 1) != 0 && get(DERIVATION_RATE, 0) == 0;
    int keyLength = get(KEY_LENGTH, AES_128);
    if (secured && (keyLength == AES_128 || keyLength == AES_256)) {
      boolean wide = keyLength == AES_256;
      if (get(CIPHER, AES_CM) == AES_GCM && get(AEAD_TAG_LENGTH, 16) == 16) {
        return wide ? CryptoSuite.AEAD_AES_256_GCM : CryptoSuite.AEAD_AES_128_GCM;
      }
      if (get(CIPHER, AES_CM) == AES_CM && isAuthenticated() && get(SALT_LENGTH, 14) == 14) {
        return counterMode(wide);
      }
    }
    throw new RtspFormatException(
        "MIKEY message", "security policy " + values, "AES-CM with HMAC-SHA1, or AES-GCM");
  }

  private boolean isAuthenticated() {
    return get(AUTHENTICATION, HMAC_SHA1) == HMAC_SHA1 && get(AUTHENTICATES, 1) != 0;
  }

  private CryptoSuite counterMode(boolean wide) throws RtspFormatException {
    return switch (tagLength()) {
      case SHORT_TAG ->
          wide ? CryptoSuite.AES_256_CM_HMAC_SHA1_32 : CryptoSuite.AES_CM_128_HMAC_SHA1_32;
      case LONG_TAG ->
          wide ? CryptoSuite.AES_256_CM_HMAC_SHA1_80 : CryptoSuite.AES_CM_128_HMAC_SHA1_80;
      default ->
          throw new RtspFormatException(
              "MIKEY message", "tags of " + tagLength() + " bytes", "4 or 10");
    };
  }

  /** GStreamer writes the length of the tag as that of the key: HMAC-SHA1 has keys of 20 bytes. */
  private int tagLength() {
    boolean short4 = get(AUTHENTICATION_KEY_LENGTH, LONG_TAG) == SHORT_TAG;
    return get(TAG_LENGTH, short4 ? SHORT_TAG : LONG_TAG);
  }

  private int get(int parameter, int otherwise) {
    return values.getOrDefault(parameter, otherwise);
  }
}
