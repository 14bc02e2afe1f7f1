package dev.photofinish.rtsp.tunnel;

/** The events that a tunnel fires through the pipeline of its connection. */
public enum TunnelEvent {
  /** The tunnel is whole: what is written from now on reaches the camera. */
  OPEN
}
