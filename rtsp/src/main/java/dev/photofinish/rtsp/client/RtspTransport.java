package dev.photofinish.rtsp.client;

/** The ways by which media may come (RFC 2326 section 12.39). */
public enum RtspTransport {
  /**
   * The one that brought media last; at first {@link #TCP}, which gets through firewalls and NATs,
   * loses nothing and is part of the race, then {@link #UDP} where the camera does not take it.
   * Through TLS or a proxy only TCP, since UDP would go around them.
   */
  AUTO,
  /** As frames on the RTSP connection. */
  TCP,
  /** As datagrams to ports of ours. */
  UDP,
  /**
   * As datagrams to groups that the camera chooses: one stream for all who watch. Asked for only by
   * name, since it needs a network that carries it.
   */
  MULTICAST
}
