package dev.photofinish.camera;

/** The destination of the packets of one track. */
interface RtpSink {

  /** Whether the receiver keeps up; media that comes while it does not is not sent. */
  boolean ready();

  void rtp(byte[] packet);

  void rtcp(byte[] packet);

  /** Sends what was written; called once for many packets. */
  void flush();

  /** Whether the client has sent RTCP to ports of this sink since the last call. */
  default boolean heard() {
    return false;
  }

  void close();

  /** The value of {@code Transport} in the response to SETUP, without {@code ssrc}. */
  String transport();

  /** Whether the packets go over the RTSP connection and end with it. */
  boolean interleaved();
}
