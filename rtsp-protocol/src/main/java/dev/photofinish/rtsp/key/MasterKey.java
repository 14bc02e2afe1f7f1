package dev.photofinish.rtsp.key;

import java.security.MessageDigest;
import java.util.Arrays;

/** A master key of SRTP and its salt (RFC 3711 section 3.2.1). Immutable; shown without either. */
public final class MasterKey {
  private final CryptoSuite suite;
  private final byte[] joined;
  private final byte[] mki;

  /**
   * @param joined the key with the salt behind it, as long as the suite has them
   * @param mki the identifier that packets carry; empty for none
   */
  MasterKey(CryptoSuite suite, byte[] joined, byte[] mki) {
    if (joined.length != suite.joinedLength()) {
      throw new IllegalArgumentException(
          "joined: " + joined.length + " bytes; expected " + suite.joinedLength());
    }
    this.suite = suite;
    this.joined = joined.clone();
    this.mki = mki.clone();
  }

  public CryptoSuite suite() {
    return suite;
  }

  /** A copy of the key. */
  public byte[] key() {
    return Arrays.copyOf(joined, suite.keyLength());
  }

  /** A copy of the salt. */
  public byte[] salt() {
    return Arrays.copyOfRange(joined, suite.keyLength(), joined.length);
  }

  /** The identifier that each packet under this key carries; empty for none. */
  public byte[] mki() {
    return mki.clone();
  }

  byte[] joined() {
    return joined.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MasterKey key
        && suite == key.suite
        && MessageDigest.isEqual(joined, key.joined)
        && Arrays.equals(mki, key.mki);
  }

  @Override
  public int hashCode() {
    return suite.hashCode();
  }

  @Override
  public String toString() {
    return suite + " key";
  }
}
