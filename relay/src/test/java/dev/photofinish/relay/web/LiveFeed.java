package dev.photofinish.relay.web;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Pictures and sound at their own pace, as a camera sends them, with pauses. */
final class LiveFeed implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1000 / TestFrames.RATE;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final FakeSource source;
  private final boolean withSound;
  private final TestFrames frames = new TestFrames();
  private long ticks;
  private volatile boolean paused;
  private volatile boolean resumed;

  LiveFeed(FakeSource source, boolean withSound) {
    this.source = source;
    this.withSound = withSound;
    var unused = clock.scheduleAtFixedRate(this::tick, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    long nanos = ticks * PERIOD_MILLIS * 1_000_000;
    boolean key = ticks % TestFrames.RATE == 0 || resumed;
    ticks++;
    if (paused) {
      return;
    }
    resumed = false;
    source.send(frames.picture(key, nanos));
    if (withSound) {
      source.send(frames.sound(nanos));
      source.send(frames.sound(nanos + 20_000_000));
    }
  }

  void pause() {
    paused = true;
  }

  /** The first picture after a pause is a key frame, as of a camera that comes back. */
  void resume() {
    resumed = true;
    paused = false;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
