package dev.photofinish.camera.onvif;

/** The credentials that a simulated ONVIF device asks for. */
public enum OnvifAuth {
  /** None. */
  NONE,
  /** A WS-UsernameToken, whose time must be the device's within 5 s; else a fault NotAuthorized. */
  TOKEN,
  /** HTTP Digest; else 401. */
  DIGEST,
  /** HTTP Digest; else 401. With a token beside it, a fault. */
  DIGEST_ALONE,
  /** HTTP Digest, with a new nonce for each request; else 401. */
  DIGEST_ONCE,
  /** A WS-UsernameToken; else 401 with a challenge of Digest, which is refused. */
  TOKEN_BEHIND_DIGEST,
  /**
   * A WS-UsernameToken; else 401 with a challenge of Digest. 400 to whatever answers that, a token
   * beside it or not.
   */
  TOKEN_ALONE,
  /** The same, with 401 and no challenge in place of 400. */
  TOKEN_ALONE_BY_401,
  /** HTTP Digest; else a fault without credentials, and 401 with a token. */
  DIGEST_BEHIND_TOKEN,
  /** HTTP Basic; else 401. */
  BASIC
}
