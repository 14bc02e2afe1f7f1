package dev.photofinish.race;

/** The stages of an attempt, in order. Reaching any of them is progress. */
public enum Stage {
  /** Dialled; nothing came back yet. */
  STARTED,
  /** The TCP connection is established. */
  CONNECTED,
  /** The TLS handshake is done. */
  SECURED,
  /** A response arrived, on a finish line that lies beyond the first response. */
  RESPONDED,
  /** The finish line. */
  READY
}
