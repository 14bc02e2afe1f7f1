package dev.photofinish.rtsp.stream;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Notices early and cheaply that a camera fell silent, and finds out which silence it is.
 *
 * <ul>
 *   <li>No RTP for {@code stall-suspect}, or 20 times the usual gap if that is longer: the camera
 *       is asked ({@link Finding#SUSPECT}).
 *   <li>Neither media nor an answer within {@value #ANSWER_SECONDS} s: the connection is dead.
 *   <li>It answers: it is stalled, and is asked again at growing intervals; after {@code
 *       stall-timeout} without media it is given up ({@link Finding#STALLED_OUT}). Zero allows a
 *       camera that sends nothing at night.
 * </ul>
 *
 * <p>Driven by three verbs: tell what came ({@link #media}, {@link #answer}), come back at the
 * {@link #deadline} and {@link #check}. Times are nanoseconds of the caller's clock.
 */
public final class SilenceWatch {
  /** How long a probe's answer may take. */
  static final int ANSWER_SECONDS = 1;

  private static final long ANSWER = Duration.ofSeconds(ANSWER_SECONDS).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();
  private static final int USUAL_GAPS = 20;

  /** The finding of a check. */
  public enum Finding {
    NOTHING,
    /** Send a request that any camera answers. */
    SUSPECT,
    /** Neither media nor an answer: replace the connection. */
    DEAD,
    /** It answers, but has sent no media for too long: replace the connection. */
    STALLED_OUT
  }

  private enum State {
    /** Not watching: nothing is read, or nothing was asked to play. */
    OFF,
    WATCHING,
    ASKED,
    /** Answered without media. */
    STALLED,
    OVER
  }

  private final long stallSuspect;
  private final long stallTimeout;
  private final UsualGap usual = new UsualGap();

  private State state = State.OFF;
  private long lastMedia;
  private long askAt;
  private long pause;
  private long askedAt;

  /**
   * @param stallSuspect how long silence is no concern
   * @param stallTimeout zero for ever
   */
  public SilenceWatch(Duration stallSuspect, Duration stallTimeout) {
    this.stallSuspect = stallSuspect.toNanos();
    this.stallTimeout = stallTimeout.toNanos();
  }

  /** Media is expected from now on: PLAY was answered, or reading goes on after a pause. */
  public void start(long now) {
    lastMedia = now;
    watch();
  }

  /** Nothing can be said about silence while nothing is read. */
  public void stop() {
    state = State.OFF;
  }

  /** An RTP packet with this timestamp came. */
  public void media(long timestamp, long now) {
    usual.packet(timestamp, now);
    lastMedia = now;
    if (state != State.OFF && state != State.OVER) {
      watch();
    }
  }

  private void watch() {
    state = State.WATCHING;
    pause = suspectAfter();
    askAt = lastMedia + pause;
  }

  private long suspectAfter() {
    return Math.max(stallSuspect, USUAL_GAPS * usual.median());
  }

  /** Anything else came from the camera: a response, a request, RTCP. */
  public void answer(long now) {
    if (state == State.ASKED) {
      state = State.STALLED;
      pause = Math.min(2 * pause, Math.max(LONGEST_PAUSE, stallSuspect));
      askAt = now + pause;
    }
  }

  /** Whether the camera answers but sends no media. */
  public boolean isStalled() {
    return state == State.STALLED;
  }

  /** For how long there has been no media, in nanoseconds. */
  public long silence(long now) {
    return now - lastMedia;
  }

  /** When to {@link #check} again. */
  public OptionalLong deadline() {
    return switch (state) {
      case OFF, OVER -> OptionalLong.empty();
      case WATCHING -> OptionalLong.of(askAt);
      case ASKED -> OptionalLong.of(askedAt + ANSWER);
      case STALLED -> OptionalLong.of(earlier(askAt));
    };
  }

  private long earlier(long time) {
    return stallTimeout > 0 && lastMedia + stallTimeout - time < 0
        ? lastMedia + stallTimeout
        : time;
  }

  /** What silence there is at {@code now}. */
  public Finding check(long now) {
    if (state == State.OFF || state == State.OVER) {
      return Finding.NOTHING;
    }
    if (state == State.ASKED && now - askedAt >= ANSWER) {
      state = State.OVER;
      return Finding.DEAD;
    }
    if (state == State.STALLED && stallTimeout > 0 && now - lastMedia >= stallTimeout) {
      state = State.OVER;
      return Finding.STALLED_OUT;
    }
    if (state != State.ASKED && now - askAt >= 0) {
      state = State.ASKED;
      askedAt = now;
      return Finding.SUSPECT;
    }
    return Finding.NOTHING;
  }
}
