package dev.photofinish.race;

/** The stage that an attempt must reach to be ready ({@code finish-line}). */
public enum FinishLine {
  /** TCP is established. */
  CONNECT,
  /** The TLS handshake is done. */
  TLS,
  /** The first response to the first request arrived, whatever its status. */
  RESPONSE,
  /** The first RTP packet arrived. */
  MEDIA
}
