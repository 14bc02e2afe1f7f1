package dev.photofinish.rtsp.client;

/** The ways by which media may come (RFC 2326 section 12.39), and the tunnels through HTTP. */
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
  MULTICAST,
  /**
   * As frames through an HTTP tunnel of two connections (Apple), with everything else that is said;
   * through HTTPS where the address is {@code rtsps}. An address that begins with {@code rtsph://}
   * or {@code rtspsh://} takes it without this option.
   */
  HTTP,
  /**
   * As frames through a WebSocket (ONVIF), with everything else that is said; secure where the
   * address is {@code rtsps}.
   */
  WEBSOCKET
}
