package dev.photofinish.rtsp.tunnel;

/** The protocols that RTSP is tunnelled through. */
public enum TunnelKind {
  /** Apple's: requests in base64 on a POST connection, all else on a GET connection. */
  HTTP,
  /** ONVIF's: binary frames of one WebSocket, subprotocol {@code rtsp.onvif.org}. */
  WEBSOCKET
}
