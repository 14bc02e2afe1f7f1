package dev.photofinish.rtsp.message;

/** The request that keeps a session alive ({@code keep-alive}). */
public enum KeepAliveMethod {
  /**
   * The first that the camera takes, which is remembered: GET_PARAMETER where it advertises it,
   * then OPTIONS, then SET_PARAMETER.
   */
  AUTO,
  OPTIONS,
  GET_PARAMETER
}
