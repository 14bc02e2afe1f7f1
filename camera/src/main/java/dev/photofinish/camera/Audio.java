package dev.photofinish.camera;

/** The audio beside the video: a gentle tone in G.711, 8 kHz, mono. */
public enum Audio {
  NONE,
  PCMU,
  PCMA
}
