package dev.photofinish.rtsp.key;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** MIKEY's pseudo-random function (RFC 3830 section 4.1.2), which makes traffic keys of a TGK. */
final class MikeyPrf {
  // RFC 3830 section 4.1.4
  private static final int TEK = 0x2AD01C64;
  private static final int SALT = 0x39A2C14B;

  private static final String HMAC = "HmacSHA1";
  private static final int BLOCK = 32;

  /** Crypto sessions are counted from 1; the keys of a media are the first one's. */
  private static final byte FIRST_SESSION = 1;

  private final byte[] tgk;
  private final MikeyMessage message;

  MikeyPrf(byte[] tgk, MikeyMessage message) {
    this.tgk = tgk;
    this.message = message;
  }

  byte[] key(int length) {
    return derive(TEK, length);
  }

  byte[] salt(int length) {
    return derive(SALT, length);
  }

  /** The label is constant || cs_id || csb_id || RAND; blocks of the TGK are combined by XOR. */
  private byte[] derive(int constant, int length) {
    byte[] label =
        ByteBuffer.allocate(9 + message.random().length())
            .putInt(constant)
            .put(FIRST_SESSION)
            .putInt(message.bundle())
            .put(message.random().bytes())
            .array();
    byte[] derived = new byte[length];
    for (int from = 0; from < tgk.length; from += BLOCK) {
      byte[] part =
          expand(Arrays.copyOfRange(tgk, from, Math.min(tgk.length, from + BLOCK)), label, length);
      for (int i = 0; i < length; i++) {
        derived[i] ^= part[i];
      }
    }
    return derived;
  }

  /**
   * P(s, label, m) = HMAC(s, A_1 || label) || HMAC(s, A_2 || label) ..., A_i = HMAC(s, A_(i-1)).
   */
  private static byte[] expand(byte[] secret, byte[] label, int length) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      byte[] expanded = new byte[length];
      byte[] chained = label;
      for (int at = 0; at < length; at += mac.getMacLength()) {
        chained = mac.doFinal(chained);
        mac.update(chained);
        byte[] block = mac.doFinal(label);
        System.arraycopy(block, 0, expanded, at, Math.min(block.length, length - at));
      }
      return expanded;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC of this JDK cannot be used: " + e.getMessage(), e);
    }
  }
}
