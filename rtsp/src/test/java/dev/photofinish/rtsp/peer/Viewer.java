package dev.photofinish.rtsp.peer;

import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a stream tells, with a clock of its own: what the statistics say is held against it.
 */
final class Viewer implements CameraListener {

  /**
   * A time without a packet, in {@link System#nanoTime}.
   *
   * @param still nanoseconds of it for which the machine stood still
   */
  record Gap(long from, long to, long still) {
    Duration length() {
      return Duration.ofNanos(to - from);
    }

    Duration stoodStill() {
      return Duration.ofNanos(still);
    }
  }

  private final long start = System.nanoTime();
  private final @Nullable Standstill machine;
  private final List<RaceReport> races = new ArrayList<>();
  private final StringBuilder story = new StringBuilder();
  private @Nullable Gap outage;
  private long first;
  private long last;
  private long stillUntilLast;
  private boolean dropped;
  private int drops;

  Viewer() {
    this(null);
  }

  /**
   * Creates a viewer that leaves the machine's standstill out of its outages.
   *
   * @param machine is asked at each packet
   */
  Viewer(@Nullable Standstill machine) {
    this.machine = machine;
  }

  @Override
  public synchronized void packet(CameraStream stream, RtpPacket packet) {
    long now = System.nanoTime();
    long still = machine == null ? 0 : machine.total();
    if (last == 0) {
      first = now;
    }
    if (dropped) {
      outage = new Gap(last, now, still - stillUntilLast);
      dropped = false;
    }
    last = now;
    stillUntilLast = still;
    notifyAll();
  }

  @Override
  public synchronized void state(
      CameraStream stream, CameraState from, CameraState to, String reason) {
    tell(from + " to " + to + ": " + reason);
    if (from == CameraState.PLAYING) {
      dropped = true;
      drops++;
    }
    notifyAll();
  }

  @Override
  public synchronized void race(CameraStream stream, RaceReport report) {
    tell(report.strategy() + " " + report.result() + ": " + report.attempts());
    races.add(report);
  }

  @Override
  public synchronized void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
    tell("retry " + attempt + " in " + delay.toMillis() + " ms, " + strategy + ": " + reason);
  }

  private void tell(String what) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    story.append(millis).append(" ms ").append(what).append('\n');
  }

  /** Waits until packets have come for that long since the first one. */
  synchronized void watch(Duration time) throws InterruptedException {
    await(
        "media for " + time,
        time.plusSeconds(30),
        () -> first > 0 && last - first > time.toNanos());
  }

  /** Waits until the stream left {@code PLAYING} for the {@code count}-th time. */
  synchronized void awaitDrop(int count) throws InterruptedException {
    await("drop " + count, Duration.ofSeconds(30), () -> drops >= count);
  }

  /** Waits for the first packet after a drop. */
  synchronized void awaitReturn() throws InterruptedException {
    await("media again", Duration.ofSeconds(30), () -> !dropped);
  }

  private void await(String what, Duration bound, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no " + what + " within " + bound + ":\n" + story);
      }
      wait(left);
    }
  }

  /** From the last packet before the latest drop to the first one after. */
  synchronized Gap outage() {
    if (outage == null) {
      throw new AssertionError("no media dropped and came back:\n" + story);
    }
    return outage;
  }

  /** From the start of this viewer to the first packet. */
  synchronized Duration untilFirstPacket() {
    return Duration.ofNanos(first - start);
  }

  synchronized List<RaceReport> races() {
    return List.copyOf(races);
  }

  /** What happened, one line each. */
  @Override
  public synchronized String toString() {
    return story.toString();
  }
}
