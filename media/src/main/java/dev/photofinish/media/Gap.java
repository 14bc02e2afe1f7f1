package dev.photofinish.media;

import java.time.Duration;
import java.time.Instant;

/** A time that is missing in a recording. */
public record Gap(Instant begin, Duration length, Cause cause) {
  /** The reason of a gap. */
  public enum Cause {
    /** The camera sent nothing: the stream was connected again, or is another place. */
    CAMERA,
    /** The disk was too slow, and frames were dropped. */
    SLOW_DISK,
    /** The disk took nothing. */
    FAILED_DISK
  }
}
