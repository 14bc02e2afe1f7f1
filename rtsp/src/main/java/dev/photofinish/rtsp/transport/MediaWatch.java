package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.stream.SilenceWatch;
import java.util.OptionalLong;

/** The {@link SilenceWatch} of one connection, and what is to be said of what it finds. */
final class MediaWatch {
  private final SilenceWatch silence;
  private boolean saidStalled;

  MediaWatch(SilenceWatch silence) {
    this.silence = silence;
  }

  /** Media is expected from now on. */
  void start(long now) {
    saidStalled = false;
    silence.start(now);
  }

  void stop() {
    silence.stop();
  }

  void media(long timestamp, long now) {
    saidStalled = false;
    silence.media(timestamp, now);
  }

  void answer(long now) {
    silence.answer(now);
  }

  /** Whether the camera answers without sending media, which is to be said once. */
  boolean takeStalled() {
    boolean news = silence.isStalled() && !saidStalled;
    saidStalled |= news;
    return news;
  }

  OptionalLong deadline() {
    return silence.deadline();
  }

  SilenceWatch.Finding check(long now) {
    return silence.check(now);
  }

  /**
   * @param writable whether the camera reads what we write
   */
  EndReason dead(long now, boolean writable) {
    String why = writable ? "nor an answer within 1 s" : "nor does the camera read what we send it";
    return new EndReason(EndReason.Kind.DEAD, "neither media for " + millis(now) + " " + why);
  }

  EndReason stalledOut(long now) {
    return new EndReason(EndReason.Kind.STALLED, "answers, but no media for " + millis(now));
  }

  private String millis(long now) {
    return silence.silence(now) / 1_000_000 + " ms";
  }
}
