package dev.photofinish.camera;

/** How a connection ends that the camera ends. */
public enum HangUp {
  /** An orderly close. */
  FIN,
  /** A reset ({@code SO_LINGER} 0). */
  RST
}
