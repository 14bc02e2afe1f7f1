package dev.photofinish.rtsp.dialogue;

/**
 * A habit of a camera that one connection showed and later ones follow. It changes how much time a
 * session takes to begin, never what is played.
 */
public enum Trait {
  /** Answered SETUP and PLAY that were sent before it had answered the requests before them. */
  PIPELINES("takes SETUP and PLAY in one write"),

  /**
   * Refused, did not answer, or hung up at requests that were sent ahead, and took them one by one.
   * No camera is known by name.
   */
  NO_PIPELINING("does not take SETUP and PLAY in one write: asked one by one from now on"),

  /** Answers DESCRIBE only behind an OPTIONS. No camera is known by name. */
  OPTIONS_FIRST("wants OPTIONS before DESCRIBE");

  private final String meaning;

  Trait(String meaning) {
    this.meaning = meaning;
  }

  /** Human-readable: what the camera does. */
  public String meaning() {
    return meaning;
  }

  /** Whether a device that shows this does not have {@code other}. */
  public boolean contradicts(Trait other) {
    return (this == PIPELINES && other == NO_PIPELINING)
        || (this == NO_PIPELINING && other == PIPELINES);
  }
}
