package dev.photofinish.camera;

/** The destination of the packets of one track. */
interface RtpSink {

  /** Whether the receiver keeps up; media that comes while it does not is not sent. */
  boolean ready();

  void rtp(byte[] packet);

  void rtcp(byte[] packet);

  /** Sends what was written; called once for many packets. */
  void flush();

  void close();

  /** The value of {@code Transport} in the response to SETUP, without {@code ssrc}. */
  String transport();

  /** Whether the packets go over the RTSP connection and end with it. */
  boolean interleaved();
}
