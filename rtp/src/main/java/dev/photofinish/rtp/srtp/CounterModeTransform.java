package dev.photofinish.rtp.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode (RFC 3711 section 4.1.1) with HMAC-SHA1 (section 4.2.1). */
final class CounterModeTransform extends Transform {
  private static final int BLOCK = 16;
  private static final int SHA1 = 20;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final Mac mac;
  private final int tagLength;
  private final byte[] counter = new byte[BLOCK];
  private final byte[] expected = new byte[SHA1];
  private final byte[] received;

  CounterModeTransform(byte[] key, byte[] salt, byte[] authenticationKey, int tagLength) {
    this.key = new SecretKeySpec(key, "AES");
    this.salt = salt;
    this.tagLength = tagLength;
    this.received = new byte[tagLength];
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authenticationKey, "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  @Override
  int tagLength() {
    return tagLength;
  }

  @Override
  boolean tagIsLast() {
    return true;
  }

  @Override
  boolean openRtp(byte[] packet, int body, int end, int tag, int ssrc, long index) {
    System.arraycopy(packet, tag, received, 0, tagLength);
    authenticateRtp(packet, end, index);
    if (!matches()) {
      return false;
    }
    crypt(packet, body, end, ssrc, index);
    return true;
  }

  /** RFC 3711 section 4.2: the tag is that of the packet with the rollover counter behind it. */
  private void authenticateRtp(byte[] packet, int end, long index) {
    writeInt(packet, end, (int) (index >> 16));
    authenticate(packet, end + 4);
  }

  @Override
  boolean openRtcp(byte[] packet, int end, int word, int tag, int ssrc) {
    System.arraycopy(packet, tag, received, 0, tagLength);
    authenticate(packet, word + 4);
    if (!matches()) {
      return false;
    }
    if (isEncrypted(packet, word)) {
      crypt(packet, RTCP_HEADER, end, ssrc, rtcpIndex(packet, word));
    }
    return true;
  }

  @Override
  void sealRtp(byte[] packet, int body, int end, int tag, int ssrc, long index) {
    crypt(packet, body, end, ssrc, index);
    authenticateRtp(packet, end, index);
    System.arraycopy(expected, 0, packet, tag, tagLength);
  }

  @Override
  void sealRtcp(byte[] packet, int end, int word, int tag, int ssrc) {
    crypt(packet, RTCP_HEADER, end, ssrc, rtcpIndex(packet, word));
    authenticate(packet, word + 4);
    System.arraycopy(expected, 0, packet, tag, tagLength);
  }

  private void authenticate(byte[] packet, int length) {
    try {
      mac.update(packet, 0, length);
      mac.doFinal(expected, 0);
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  /** In the same time wherever the tags differ. */
  private boolean matches() {
    int difference = 0;
    for (int i = 0; i < tagLength; i++) {
      difference |= expected[i] ^ received[i];
    }
    return difference == 0;
  }

  /** RFC 3711 section 4.1.1: IV = (k_s * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16). */
  private void crypt(byte[] packet, int from, int to, int ssrc, long index) {
    System.arraycopy(salt, 0, counter, 0, salt.length);
    writeInt(counter, salt.length - 2, 0);
    counter[BLOCK - 4] = salt[BLOCK - 4];
    counter[BLOCK - 3] = salt[BLOCK - 3];
    xor(counter, 4, ssrc, 4);
    xor(counter, 8, index, 6);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      cipher.update(packet, from, to - from, packet, from);
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }
}
