package dev.photofinish.rtsp.key;

import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.List;
import java.util.Map;

/**
 * A MIKEY message (RFC 3830) as it is used over RTSP: a pre-shared key message without encryption
 * and without authentication, which it gets from TLS if at all.
 *
 * @param bundle the CSB ID, 32 bits
 * @param sessions the map of SRTP-IDs (section 6.1.1); empty if it has none
 * @param timestamp NTP time, 64 bits; 0 if it has none
 * @param random of the RAND payload; empty if it has none
 * @param policies the security policies of SRTP by their numbers (section 6.10)
 * @param keys of the KEMAC payload
 */
record MikeyMessage(
    int bundle,
    List<Session> sessions,
    long timestamp,
    Octets random,
    Map<Integer, MikeyPolicy> policies,
    List<KeyData> keys) {

  /**
   * One crypto session.
   *
   * @param policy the number of its security policy
   * @param rollover its rollover counter, 0 to 2^32 - 1
   */
  record Session(int policy, int ssrc, long rollover) {}

  /**
   * A key data sub-payload (section 6.13).
   *
   * @param key a TEK, possibly with its salt behind it, or a TGK
   * @param salt empty if it has none of its own
   * @param spi the identifier that packets carry; empty if it has none
   */
  record KeyData(Type type, Octets key, Octets salt, Octets spi) {

    /** The type of a key. */
    enum Type {
      /** A key that traffic keys are derived from. */
      TGK,
      /** A key for traffic. */
      TEK
    }

    @Override
    public String toString() {
      return type.name();
    }
  }

  MikeyMessage {
    sessions = List.copyOf(sessions);
    policies = Map.copyOf(policies);
    keys = List.copyOf(keys);
  }

  /**
   * Reads a message.
   *
   * @throws RtspFormatException if it is none, or is encrypted; keys are not shown
   */
  static MikeyMessage parse(byte[] bytes) throws RtspFormatException {
    return new MikeyReader(bytes).read();
  }

  byte[] toBytes() {
    return MikeyWriter.write(this);
  }

  @Override
  public String toString() {
    return "MIKEY message of " + sessions.size() + " sessions, keys " + keys;
  }
}
