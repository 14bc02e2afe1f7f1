package dev.photofinish.camera;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The freezes of {@link Knob#FREEZE_EVERY}: half to one and a half times its value apart. */
final class Freezes {

  private final CameraContext context;
  private final RandomGenerator random;
  private final Duration every;
  private final Duration time;

  private Freezes(CameraContext context) {
    this.context = context;
    this.random = context.random();
    this.every = context.options().get(Knob.FREEZE_EVERY);
    this.time = context.options().get(Knob.FREEZE_FOR);
  }

  /** Begins them, if there are to be any. */
  static void schedule(CameraContext context) {
    if (!context.options().get(Knob.FREEZE_EVERY).isZero()) {
      new Freezes(context).next();
    }
  }

  private void next() {
    long wait = Math.round(every.toNanos() * (0.5 + random.nextDouble()));
    var unused = context.loop().schedule(this::freeze, wait, TimeUnit.NANOSECONDS);
  }

  private void freeze() {
    context.freeze(time, "froze");
    next();
  }
}
