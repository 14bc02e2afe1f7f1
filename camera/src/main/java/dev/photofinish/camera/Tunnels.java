package dev.photofinish.camera;

/** The tunnels that a camera serves beside plain RTSP, on the same port. */
public enum Tunnels {
  BOTH,
  /** RTSP over HTTP: a GET and a POST connection with one {@code x-sessioncookie}. */
  HTTP,
  /** RTSP over WebSocket, subprotocol {@code rtsp.onvif.org} (ONVIF Streaming Specification). */
  WEBSOCKET,
  NONE
}
