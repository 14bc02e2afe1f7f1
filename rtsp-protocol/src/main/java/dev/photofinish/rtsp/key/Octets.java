package dev.photofinish.rtsp.key;

import java.security.MessageDigest;

/** Bytes of a message, equal when they are the same. They may be a key: they are not shown. */
final class Octets {
  static final Octets NONE = new Octets(new byte[0]);

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these bytes. */
  static Octets of(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && MessageDigest.isEqual(bytes, octets.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
