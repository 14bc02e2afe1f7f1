package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.race.RaceReport;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes down what a stream tells, and waits for it with a bound. */
final class Recorder implements CameraListener {
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final List<String> states = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final List<RaceReport> races = new ArrayList<>();
  private final List<String> retries = new ArrayList<>();
  private final List<String> retryReasons = new ArrayList<>();
  private final List<String> devices = new ArrayList<>();
  private final List<MediaStream> streams = new ArrayList<>();
  private final List<LeftOutMedia> leftOut = new ArrayList<>();
  private int packets;
  private int reports;

  /** {@code PLAYING}, {@code RECONNECTING}, ... in order. */
  synchronized List<String> states() {
    return List.copyOf(states);
  }

  synchronized List<String> reasons() {
    return List.copyOf(reasons);
  }

  synchronized List<RaceReport> races() {
    return List.copyOf(races);
  }

  /** {@code 1 250 exponential-jitter}: number, milliseconds, strategy. */
  synchronized List<String> retries() {
    return List.copyOf(retries);
  }

  synchronized List<String> retryReasons() {
    return List.copyOf(retryReasons);
  }

  /** What was told of devices: {@code takes one client and ...}, or {@code null}. */
  synchronized List<String> devices() {
    return List.copyOf(devices);
  }

  synchronized List<LeftOutMedia> leftOut() {
    return List.copyOf(leftOut);
  }

  synchronized List<MediaStream> streams() {
    return List.copyOf(streams);
  }

  synchronized int packets() {
    return packets;
  }

  /** RTCP packets. */
  synchronized int reports() {
    return reports;
  }

  synchronized long count(CameraState state) {
    return states.stream().filter(state.name()::equals).count();
  }

  /** Waits until {@code condition} holds; it is looked at after every event. */
  synchronized Recorder await(String what, Predicate<Recorder> condition)
      throws InterruptedException {
    long end = System.nanoTime() + BOUND_NANOS;
    while (!condition.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "waited in vain for "
                + what
                + "; states "
                + states
                + ", because "
                + reasons
                + ", retries "
                + last(retries)
                + " for "
                + last(retryReasons)
                + ", devices "
                + devices
                + ", packets "
                + packets);
      }
      wait(left);
    }
    return this;
  }

  private static List<String> last(List<String> all) {
    return all.subList(Math.max(0, all.size() - 5), all.size());
  }

  Recorder awaitState(CameraState state, int times) throws InterruptedException {
    return await(times + " x " + state, r -> r.count(state) >= times);
  }

  Recorder awaitPackets(int atLeast) throws InterruptedException {
    return await(atLeast + " packets", r -> r.packets() >= atLeast);
  }

  @Override
  public synchronized void state(
      CameraStream stream, CameraState from, CameraState to, String reason) {
    states.add(to.name());
    reasons.add(reason);
    notifyAll();
  }

  @Override
  public synchronized void race(CameraStream stream, RaceReport report) {
    races.add(report);
    notifyAll();
  }

  @Override
  public synchronized void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
    retryReasons.add(reason);
    retries.add(attempt + " " + delay.toMillis() + " " + strategy);
    notifyAll();
  }

  @Override
  public synchronized void device(
      CameraStream stream, String endpoint, @Nullable ClientLimit profile) {
    devices.add(String.valueOf(profile));
    notifyAll();
  }

  @Override
  public synchronized void described(
      CameraStream stream, List<MediaStream> described, List<LeftOutMedia> without) {
    streams.clear();
    streams.addAll(described);
    leftOut.clear();
    leftOut.addAll(without);
    notifyAll();
  }

  @Override
  public synchronized void packet(CameraStream stream, RtpPacket packet) {
    packets++;
    notifyAll();
  }

  @Override
  public synchronized void rtcp(CameraStream stream, MediaStream media, ByteBuf packet) {
    reports++;
    notifyAll();
  }
}
