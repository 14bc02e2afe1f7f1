package dev.photofinish.camera.onvif;

/** The media services that a simulated ONVIF device has. */
public enum OnvifMedia {
  /** The first media service alone, as devices of Profile S. */
  VER10,
  /** The second media service alone. */
  VER20,
  /** Both, as devices of Profile T. */
  BOTH
}
