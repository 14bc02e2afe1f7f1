package dev.photofinish.camera;

/** The request at which a camera finds that it has no slot for one more session. */
public enum LimitAt {
  DESCRIBE,
  SETUP,
  PLAY
}
