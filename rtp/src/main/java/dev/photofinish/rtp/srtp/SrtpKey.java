package dev.photofinish.rtp.srtp;

/**
 * A master key with its salt (RFC 3711 section 3.2.1). It is never shown.
 *
 * <p>Arrays are taken as they are: nobody may change them later.
 */
public final class SrtpKey {
  /** RFC 3711 section 3.1 leaves the length open; RFC 4568 section 6.1 allows up to 128. */
  private static final int LONGEST_MKI = 128;

  private final SrtpSuite suite;
  private final byte[] key;
  private final byte[] salt;
  private final byte[] mki;

  /**
   * A master key.
   *
   * @param key of the suite's length
   * @param salt of the suite's length
   * @param mki the identifier that each packet carries; empty for none
   */
  public SrtpKey(SrtpSuite suite, byte[] key, byte[] salt, byte[] mki) {
    check("key", key.length, suite.keyLength(), suite.keyLength());
    check("salt", salt.length, suite.saltLength(), suite.saltLength());
    check("mki", mki.length, 0, LONGEST_MKI);
    this.suite = suite;
    this.key = key;
    this.salt = salt;
    this.mki = mki;
  }

  private static void check(String name, int length, int least, int most) {
    if (length < least || length > most) {
      String expected = least == most ? "" + least : least + " to " + most;
      throw new IllegalArgumentException(
          name + ": " + length + " bytes are not valid; expected " + expected);
    }
  }

  SrtpSuite suite() {
    return suite;
  }

  byte[] key() {
    return key;
  }

  byte[] salt() {
    return salt;
  }

  byte[] mki() {
    return mki;
  }

  @Override
  public String toString() {
    return suite + " key";
  }
}
