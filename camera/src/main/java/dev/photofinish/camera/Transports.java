package dev.photofinish.camera;

/** The transports that SETUP accepts; others get 461 Unsupported Transport. */
public enum Transports {
  BOTH,
  /** RTP/AVP/TCP, interleaved in the RTSP connection (RFC 2326 section 10.12). */
  TCP,
  /** RTP/AVP unicast over UDP. */
  UDP
}
