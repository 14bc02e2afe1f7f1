package dev.photofinish.camera;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the RTP and the RTCP of one track (RFC 3711, RFC 7714). It shares no code with the
 * client: each is the other's test.
 */
final class SrtpEncryption {

  private static final int RTP_HEADER = 12;
  private static final int RTCP_HEADER = 8;
  private static final int RTCP_TAG = 10;
  private static final int ENCRYPTED = 1 << 31;

  private final SrtpCipher suite;
  private final byte[] master;
  private int ssrc;
  private int highest = -1;
  private int rollover;
  private int reports;

  /**
   * @param master the key with the salt behind it
   */
  SrtpEncryption(SrtpCipher suite, byte[] master) {
    this.suite = suite;
    this.master = master.clone();
  }

  /** The packet, which has no more of a header than 12 bytes. */
  byte[] rtp(byte[] packet) {
    ByteBuffer header = ByteBuffer.wrap(packet);
    int sequence = header.getShort(2) & 0xffff;
    int turn = turn(header.getInt(8), sequence);
    if (suite.isGcm()) {
      byte[] iv =
          iv(
              2,
              ByteBuffer.allocate(12)
                  .putShort((short) 0)
                  .putInt(ssrc)
                  .putInt(turn)
                  .putShort((short) sequence));
      return gcm(0, iv, packet, RTP_HEADER, Arrays.copyOf(packet, RTP_HEADER));
    }
    byte[] encrypted = counterMode(0, ((long) turn << 16) | sequence, packet, RTP_HEADER);
    byte[] tag = hmac(1, encrypted, turn);
    return ByteBuffer.allocate(packet.length + suite.tagLength())
        .put(encrypted)
        .put(tag, 0, suite.tagLength())
        .array();
  }

  /** How often the sequence number had begun again when the packet was made. */
  private int turn(int of, int sequence) {
    if (of != ssrc || highest < 0) {
      ssrc = of;
      rollover = 0;
      highest = sequence;
    }
    int ahead = (short) (sequence - highest);
    if (ahead <= 0) {
      return sequence > highest ? rollover - 1 : rollover;
    }
    rollover += sequence < highest ? 1 : 0;
    highest = sequence;
    return rollover;
  }

  byte[] rtcp(byte[] packet) {
    int from = ByteBuffer.wrap(packet).getInt(4);
    int word = ENCRYPTED | ++reports;
    if (suite.isGcm()) {
      byte[] iv =
          iv(
              5,
              ByteBuffer.allocate(12)
                  .putShort((short) 0)
                  .putInt(from)
                  .putShort((short) 0)
                  .putInt(reports));
      byte[] known =
          ByteBuffer.allocate(RTCP_HEADER + 4).put(packet, 0, RTCP_HEADER).putInt(word).array();
      byte[] sealed = gcm(3, iv, packet, RTCP_HEADER, known);
      return ByteBuffer.allocate(sealed.length + 4).put(sealed).putInt(word).array();
    }
    byte[] encrypted = counterMode(3, reports, packet, RTCP_HEADER);
    return ByteBuffer.allocate(packet.length + 4 + RTCP_TAG)
        .put(encrypted)
        .putInt(word)
        .put(hmac(4, encrypted, word), 0, RTCP_TAG)
        .array();
  }

  // Ciphers

  private byte[] counterMode(int label, long index, byte[] packet, int header) {
    int from = ByteBuffer.wrap(packet).getInt(header - 4);
    ByteBuffer nonce =
        ByteBuffer.allocate(14)
            .putInt(0)
            .putInt(from)
            .putShort((short) (index >> 32))
            .putInt((int) index);
    byte[] counter = Arrays.copyOf(iv(label + 2, nonce), 16);
    byte[] encrypted = packet.clone();
    run(
        () -> {
          Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
          cipher.init(Cipher.ENCRYPT_MODE, key(label), new IvParameterSpec(counter));
          return cipher.doFinal(packet, header, packet.length - header, encrypted, header);
        });
    return encrypted;
  }

  private byte[] gcm(int label, byte[] iv, byte[] packet, int header, byte[] known) {
    byte[] sealed = Arrays.copyOf(packet, packet.length + suite.tagLength());
    run(
        () -> {
          Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
          cipher.init(
              Cipher.ENCRYPT_MODE, key(label), new GCMParameterSpec(8 * suite.tagLength(), iv));
          cipher.updateAAD(known);
          return cipher.doFinal(packet, header, packet.length - header, sealed, header);
        });
    return sealed;
  }

  private byte[] hmac(int label, byte[] encrypted, int word) {
    return run(
        () -> {
          Mac mac = Mac.getInstance("HmacSHA1");
          mac.init(new SecretKeySpec(derived(label, 20), "HmacSHA1"));
          mac.update(encrypted);
          return mac.doFinal(ByteBuffer.allocate(4).putInt(word).array());
        });
  }

  // Session keys, RFC 3711 section 4.3

  private SecretKeySpec key(int label) {
    return new SecretKeySpec(derived(label, suite.keyLength()), "AES");
  }

  /** The session's salt XOR {@code nonce}. */
  private byte[] iv(int label, ByteBuffer nonce) {
    byte[] iv = derived(label, suite.saltLength());
    for (int i = 0; i < iv.length; i++) {
      iv[i] ^= nonce.get(i);
    }
    return iv;
  }

  private byte[] derived(int label, int length) {
    byte[] counter = new byte[16];
    System.arraycopy(master, suite.keyLength(), counter, 0, suite.saltLength());
    counter[7] ^= (byte) label;
    return run(
        () -> {
          Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
          cipher.init(
              Cipher.ENCRYPT_MODE,
              new SecretKeySpec(master, 0, suite.keyLength(), "AES"),
              new IvParameterSpec(counter));
          return cipher.doFinal(new byte[length]);
        });
  }

  private interface Cryptography<T> {
    T run() throws GeneralSecurityException;
  }

  private static <T> T run(Cryptography<T> task) {
    try {
      return task.run();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks a cipher: " + e.getMessage(), e);
    }
  }
}
