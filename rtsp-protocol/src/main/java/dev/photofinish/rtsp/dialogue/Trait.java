package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Method;
import java.util.Arrays;
import java.util.Optional;

/**
 * A habit of a camera that one connection showed and later ones follow. It changes how much time a
 * session takes to begin, never what is played; but for {@link #NO_REPLAY}, which is only told.
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
  OPTIONS_FIRST("wants OPTIONS before DESCRIBE"),

  /** Answers with a CSeq of its own, in the order of the requests ({@link Quirk#WRONG_CSEQ}). */
  MISNUMBERS("answers with another CSeq than the request's"),

  /**
   * Refuses ONVIF's replay extension, and plays without it. Required again on the next connection,
   * since it may be another stream of the device that is a recording.
   */
  NO_REPLAY("has no onvif-replay: plays without the time of each packet"),

  /** Took GET_PARAMETER as a keep-alive. */
  ALIVE_BY_GET_PARAMETER("keeps sessions alive by GET_PARAMETER"),

  /** Took OPTIONS as a keep-alive. */
  ALIVE_BY_OPTIONS("keeps sessions alive by OPTIONS"),

  /** Took SET_PARAMETER as a keep-alive, and neither of the others. */
  ALIVE_BY_SET_PARAMETER("keeps sessions alive by SET_PARAMETER");

  private final String meaning;

  Trait(String meaning) {
    this.meaning = meaning;
  }

  /** That of a keep-alive by {@code method}; empty for a method that is none. */
  static Optional<Trait> aliveBy(Method method) {
    return Arrays.stream(values())
        .filter(trait -> trait.keepAlive().filter(method::equals).isPresent())
        .findFirst();
  }

  Optional<Method> keepAlive() {
    return switch (this) {
      case ALIVE_BY_GET_PARAMETER -> Optional.of(Method.GET_PARAMETER);
      case ALIVE_BY_OPTIONS -> Optional.of(Method.OPTIONS);
      case ALIVE_BY_SET_PARAMETER -> Optional.of(Method.SET_PARAMETER);
      case PIPELINES, NO_PIPELINING, OPTIONS_FIRST, MISNUMBERS, NO_REPLAY -> Optional.empty();
    };
  }

  /** Human-readable: what the camera does. */
  public String meaning() {
    return meaning;
  }

  /** Whether it costs the user something that was asked for. */
  public boolean isLoss() {
    return this == NO_REPLAY;
  }

  /** Whether it is worth a line in the log: few cameras have it. */
  public boolean isUnusual() {
    return switch (this) {
      case NO_PIPELINING, OPTIONS_FIRST, MISNUMBERS, ALIVE_BY_SET_PARAMETER, NO_REPLAY -> true;
      default -> false;
    };
  }

  /** Whether a device that shows this does not have {@code other}. */
  public boolean contradicts(Trait other) {
    return this != other
        && ((isAboutPipelining() && other.isAboutPipelining())
            || (keepAlive().isPresent() && other.keepAlive().isPresent()));
  }

  private boolean isAboutPipelining() {
    return this == PIPELINES || this == NO_PIPELINING;
  }
}
