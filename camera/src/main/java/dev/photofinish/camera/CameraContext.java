package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The parts of a camera that its sessions and tracks share; all of it on one event loop. */
final class CameraContext {

  private final CameraOptions options;
  private final EventLoop loop;
  private final Tally tally;
  private final SplittableRandom random;
  private boolean mute;
  private boolean mediaPaused;
  private long frozenUntil;

  CameraContext(CameraOptions options, EventLoop loop, Tally tally) {
    this.options = options;
    this.loop = loop;
    this.tally = tally;
    this.random = new SplittableRandom(options.get(Knob.SEED));
    this.mute = options.get(Knob.MUTE);
    this.mediaPaused = options.get(Knob.NO_MEDIA);
    this.frozenUntil = now();
  }

  CameraOptions options() {
    return options;
  }

  EventLoop loop() {
    return loop;
  }

  /** The time on the event loop's clock, in nanoseconds. */
  long now() {
    return loop.ticker().nanoTime();
  }

  Tally tally() {
    return tally;
  }

  /** A generator of its own for each caller, all from the one seed. */
  RandomGenerator random() {
    return random.split();
  }

  /** The next number of the seed. */
  long nextLong() {
    return random.nextLong();
  }

  /** An id that no open session has but by accident. */
  String nextId() {
    return String.format("%08X", random.nextInt());
  }

  /** Whether nothing is answered and nothing sent. */
  boolean mute() {
    return mute || now() - frozenUntil < 0;
  }

  void mute(boolean on) {
    mute = on;
  }

  /** Nothing is answered or sent for {@code time}; requests that come meanwhile are lost. */
  void freeze(Duration time, String reason) {
    frozenUntil = now() + time.toNanos();
    tally.record(Kind.FROZEN, 0, reason + ", for " + time.toMillis() + " ms");
  }

  /** A freeze ends with a reboot. */
  void thaw() {
    frozenUntil = now();
  }

  void pauseMedia(boolean on) {
    mediaPaused = on;
  }

  boolean sendsMedia() {
    return !mute() && !mediaPaused;
  }
}
