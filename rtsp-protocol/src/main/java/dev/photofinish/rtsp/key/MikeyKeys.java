package dev.photofinish.rtsp.key;

import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that a MIKEY message gives a media (RFC 3830).
 *
 * @param keys never empty
 * @param rollovers the rollover counters of its sources, by their SSRC
 * @param timestamp of the message, NTP time; 0 if it has none
 */
record MikeyKeys(List<MasterKey> keys, Map<Integer, Long> rollovers, long timestamp) {

  /**
   * Reads a message in base 64.
   *
   * @throws RtspFormatException if it is none, or has no key that can be used; keys are not shown
   */
  static MikeyKeys of(String base64) throws RtspFormatException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw wrong("what is no base 64", "base 64");
    }
    MikeyMessage message = MikeyMessage.parse(bytes);
    CryptoSuite suite = policy(message).suite();
    List<MasterKey> keys = new ArrayList<>();
    for (MikeyMessage.KeyData data : message.keys()) {
      keys.add(new MasterKey(suite, joined(message, data, suite), data.spi().bytes()));
    }
    if (keys.isEmpty()) {
      throw wrong("no key", "a TEK or a TGK");
    }
    Map<Integer, Long> rollovers = new HashMap<>();
    message.sessions().forEach(session -> rollovers.put(session.ssrc(), session.rollover()));
    return new MikeyKeys(keys, rollovers, message.timestamp());
  }

  /** The first session's; all of one media have the same. */
  private static MikeyPolicy policy(MikeyMessage message) {
    int number = message.sessions().isEmpty() ? 0 : message.sessions().get(0).policy();
    return message.policies().getOrDefault(number, MikeyPolicy.DEFAULT);
  }

  /** A TEK has its salt beside it (RFC 3830 section 6.13), or, as GStreamer's, behind it. */
  private static byte[] joined(MikeyMessage message, MikeyMessage.KeyData data, CryptoSuite suite)
      throws RtspFormatException {
    byte[] key = data.key().bytes();
    byte[] salt = data.salt().bytes();
    if (data.type() == MikeyMessage.KeyData.Type.TGK) {
      MikeyPrf prf = new MikeyPrf(data.key().bytes(), message);
      key = prf.key(suite.keyLength());
      salt = salt.length == 0 ? prf.salt(suite.saltLength()) : salt;
    }
    int length = key.length + salt.length;
    if (length != suite.joinedLength()) {
      throw wrong("key and salt of " + length + " bytes", suite.joinedLength() + " for " + suite);
    }
    byte[] joined = new byte[length];
    System.arraycopy(key, 0, joined, 0, key.length);
    System.arraycopy(salt, 0, joined, key.length, salt.length);
    return joined;
  }

  private static RtspFormatException wrong(String seen, String expected) {
    return new RtspFormatException("MIKEY message", seen, expected);
  }
}
