package dev.photofinish.rtp.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in Galois/counter mode (RFC 7714): header and SRTCP index are associated data. */
final class GcmTransform extends Transform {
  private static final int TAG = 16;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final byte[] iv;

  GcmTransform(byte[] key, byte[] salt) {
    this.key = new SecretKeySpec(key, "AES");
    this.salt = salt;
    this.iv = new byte[salt.length];
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  @Override
  int tagLength() {
    return TAG;
  }

  @Override
  boolean tagIsLast() {
    return false;
  }

  @Override
  boolean openRtp(byte[] packet, int body, int end, int tag, int ssrc, long index) {
    start(Cipher.DECRYPT_MODE, ssrc, index);
    cipher.updateAAD(packet, 0, body);
    return finish(packet, body, end + TAG);
  }

  @Override
  boolean openRtcp(byte[] packet, int end, int word, int tag, int ssrc) {
    start(Cipher.DECRYPT_MODE, ssrc, rtcpIndex(packet, word));
    int body = isEncrypted(packet, word) ? RTCP_HEADER : end;
    cipher.updateAAD(packet, 0, body);
    cipher.updateAAD(packet, word, 4);
    return finish(packet, body, end + TAG);
  }

  @Override
  void sealRtp(byte[] packet, int body, int end, int tag, int ssrc, long index) {
    start(Cipher.ENCRYPT_MODE, ssrc, index);
    cipher.updateAAD(packet, 0, body);
    finish(packet, body, end);
  }

  @Override
  void sealRtcp(byte[] packet, int end, int word, int tag, int ssrc) {
    start(Cipher.ENCRYPT_MODE, ssrc, rtcpIndex(packet, word));
    cipher.updateAAD(packet, 0, RTCP_HEADER);
    cipher.updateAAD(packet, word, 4);
    finish(packet, RTCP_HEADER, end);
  }

  /** RFC 7714 sections 8.1 and 9.1: (SSRC * 2^48 + index) XOR the salt. */
  private void start(int mode, int ssrc, long index) {
    System.arraycopy(salt, 0, iv, 0, salt.length);
    xor(iv, 2, ssrc, 4);
    xor(iv, 6, index, 6);
    try {
      cipher.init(mode, key, new GCMParameterSpec(8 * TAG, iv));
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private boolean finish(byte[] packet, int from, int to) {
    try {
      cipher.doFinal(packet, from, to - from, packet, from);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }
}
