package dev.photofinish.camera;

import java.util.function.Consumer;

/** The destination of the packets of one track. */
interface RtpSink {

  /** Whether the receiver keeps up; media that comes while it does not is not sent. */
  boolean ready();

  void rtp(byte[] packet);

  void rtcp(byte[] packet);

  /** Sends what was written; called once for many packets. */
  void flush();

  /** Hands over the RTCP that the client has sent to ports of this sink since the last call. */
  default void heard(Consumer<byte[]> reports) {}

  void close();

  /** The value of {@code Transport} in the response to SETUP, without {@code ssrc}. */
  String transport();

  /** Whether the packets go over the RTSP connection and end with it. */
  boolean interleaved();
}
