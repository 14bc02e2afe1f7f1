package dev.photofinish.rtp.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives session keys from a master key (RFC 3711 section 4.3, RFC 6188 section 3): once, the key
 * derivation rate is zero.
 */
final class KeyDerivation {
  /** RFC 3711 section 4.3.1: the labels of RTP begin here. */
  static final int RTP = 0;

  /** RFC 3711 section 4.3.2. */
  static final int RTCP = 3;

  private static final int ENCRYPTION = 0;
  private static final int AUTHENTICATION = 1;
  private static final int SALT = 2;

  private static final int BLOCK = 16;

  /** The label stands left of the 48 bits of the index, which is zero. */
  private static final int LABEL_AT = 7;

  private static final int AUTHENTICATION_KEY_LENGTH = 20;

  private final SrtpKey master;
  private final int labels;

  /**
   * @param labels {@link #RTP} or {@link #RTCP}
   */
  KeyDerivation(SrtpKey master, int labels) {
    this.master = master;
    this.labels = labels;
  }

  byte[] encryptionKey() {
    return derive(ENCRYPTION, master.suite().keyLength());
  }

  byte[] authenticationKey() {
    return derive(AUTHENTICATION, AUTHENTICATION_KEY_LENGTH);
  }

  byte[] salt() {
    return derive(SALT, master.suite().saltLength());
  }

  /**
   * The key stream of AES in counter mode at (label * 2^48 XOR salt) * 2^16. A salt of 96 bits is
   * taken times 2^16 (RFC 7714 section 11).
   */
  private byte[] derive(int label, int length) {
    byte[] counter = new byte[BLOCK];
    System.arraycopy(master.salt(), 0, counter, 0, master.salt().length);
    counter[LABEL_AT] ^= (byte) (labels + label);
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(master.key(), "AES"),
          new IvParameterSpec(counter));
      return cipher.doFinal(new byte[length]);
    } catch (GeneralSecurityException e) {
      throw Transform.unusable(e);
    }
  }
}
