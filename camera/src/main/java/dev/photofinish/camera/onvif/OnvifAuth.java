package dev.photofinish.camera.onvif;

/** The credentials that a simulated ONVIF device asks for. */
public enum OnvifAuth {
  /** None. */
  NONE,
  /** A WS-UsernameToken, whose time must be the device's within 5 s; else a fault NotAuthorized. */
  TOKEN,
  /** HTTP Digest; else 401. */
  DIGEST,
  /** HTTP Basic; else 401. */
  BASIC
}
