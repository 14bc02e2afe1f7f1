package dev.photofinish.camera;

/** The transports that SETUP accepts; others get 461 Unsupported Transport. */
public enum Transports {
  /** TCP, UDP, and multicast where the camera has a group. */
  BOTH,
  /** RTP/AVP/TCP, interleaved in the RTSP connection (RFC 2326 section 10.12). */
  TCP,
  /** RTP/AVP unicast over UDP. */
  UDP,
  /** RTP/AVP to a group, for the camera that has one. */
  MULTICAST
}
