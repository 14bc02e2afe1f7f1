package dev.photofinish.camera;

/** The two ways in which a camera ends a connection. */
public enum HangUp {
  /** An orderly close. */
  FIN,
  /** A reset ({@code SO_LINGER} 0). */
  RST
}
