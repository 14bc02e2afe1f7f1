package dev.photofinish.camera;

/**
 * An interleaved frame of a client, RFC 2326 section 10.12: RTP or RTCP, or what it takes for it.
 */
final class ClientFrame {

  private static final int SENDER_REPORT = 200;
  private static final int LAST_RTCP_TYPE = 207;

  private final int channel;
  private final byte[] content;

  /**
   * @param content belongs to the frame from now on
   */
  ClientFrame(int channel, byte[] content) {
    this.channel = channel;
    this.content = content;
  }

  int channel() {
    return channel;
  }

  byte[] content() {
    return content;
  }

  /** RFC 5761 section 4: by the second byte. */
  static boolean rtcp(byte[] packet) {
    int type = packet.length < 2 ? 0 : packet[1] & 0xff;
    return type >= SENDER_REPORT && type <= LAST_RTCP_TYPE;
  }
}
