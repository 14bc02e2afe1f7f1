package dev.photofinish.rtsp.message;

/** The request that keeps a session alive ({@code keep-alive}). */
public enum KeepAliveMethod {
  /** GET_PARAMETER where the camera advertises it and does not refuse it, else OPTIONS. */
  AUTO,
  OPTIONS,
  GET_PARAMETER
}
