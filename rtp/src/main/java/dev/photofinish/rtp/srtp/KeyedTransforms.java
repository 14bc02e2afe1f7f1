package dev.photofinish.rtp.srtp;

import java.util.Arrays;

/** The transforms of one master key, and the identifier that its packets carry. */
final class KeyedTransforms {
  private final byte[] mki;
  private final Transform rtp;
  private final Transform rtcp;

  KeyedTransforms(SrtpKey master) {
    this.mki = master.mki();
    this.rtp = transform(master, KeyDerivation.RTP);
    this.rtcp = transform(master, KeyDerivation.RTCP);
  }

  private static Transform transform(SrtpKey master, int labels) {
    KeyDerivation derivation = new KeyDerivation(master, labels);
    SrtpSuite suite = master.suite();
    if (suite.isAead()) {
      return new GcmTransform(derivation.encryptionKey(), derivation.salt());
    }
    int tag = labels == KeyDerivation.RTP ? suite.rtpTagLength() : suite.rtcpTagLength();
    return new CounterModeTransform(
        derivation.encryptionKey(), derivation.salt(), derivation.authenticationKey(), tag);
  }

  Transform rtp() {
    return rtp;
  }

  Transform rtcp() {
    return rtcp;
  }

  byte[] mki() {
    return mki;
  }

  boolean hasIdentifierOf(KeyedTransforms other) {
    return Arrays.equals(mki, other.mki);
  }

  /** Whether a packet of {@code length} bytes carries the identifier where {@code of} puts it. */
  boolean isNamed(byte[] packet, int length, Transform of) {
    int end = length - (of.tagIsLast() ? of.tagLength() : 0);
    return mki.length == 0
        || (end >= mki.length && Arrays.equals(packet, end - mki.length, end, mki, 0, mki.length));
  }
}
