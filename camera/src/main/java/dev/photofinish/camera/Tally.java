package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens at one camera. Written on the event loop, read and waited for on any thread.
 */
final class Tally {

  private static final Logger log = LoggerFactory.getLogger(CameraEvent.class);

  /** A client that makes methods up does not make the report grow. */
  private static final int MAX_METHODS = 100;

  private final Ticker clock;
  private final long start;
  private final List<SimulatedCameraListener> listeners;
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final Map<String, Integer> requests = new TreeMap<>();
  private final Deque<CameraEvent> events = new ArrayDeque<>();
  private int peak;
  private long rtpPackets;
  private long framesSkipped;
  private long backchannelPackets;
  private final ReceivedPackets audio = new ReceivedPackets();
  private final ReceivedPackets audioReports = new ReceivedPackets();

  Tally(Ticker clock, List<SimulatedCameraListener> listeners) {
    this.clock = clock;
    this.start = clock.nanoTime();
    this.listeners = List.copyOf(listeners);
  }

  void record(Kind kind, int connection, String detail) {
    Duration at = Duration.ofNanos(clock.nanoTime() - start);
    CameraEvent event = new CameraEvent(at, kind, connection, detail);
    count(event);
    log.debug("{}", event);
    listeners.forEach(listener -> report(listener, event));
  }

  private synchronized void count(CameraEvent event) {
    counts.merge(event.kind(), 1, Integer::sum);
    peak = Math.max(peak, open(Kind.CONNECTED, Kind.CLOSED));
    if (events.size() == CameraReport.MAX_EVENTS) {
      events.removeFirst();
    }
    events.addLast(event);
    notifyAll();
  }

  private static void report(SimulatedCameraListener listener, CameraEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException e) {
      log.warn("a camera's listener failed on {}", event, e);
    }
  }

  void request(int connection, String method, String uri) {
    synchronized (this) {
      boolean known = requests.containsKey(method) || requests.size() < MAX_METHODS;
      requests.merge(known ? method : "other", 1, Integer::sum);
    }
    record(Kind.REQUEST, connection, method + " " + uri);
  }

  synchronized void rtpSent(int packets) {
    rtpPackets += packets;
    notifyAll();
  }

  synchronized void frameSkipped() {
    framesSkipped++;
    notifyAll();
  }

  /** An RTP packet came over the back channel. */
  synchronized void heard(byte[] packet) {
    backchannelPackets++;
    audio.add(packet);
    notifyAll();
  }

  /** An RTCP packet came over the back channel. */
  synchronized void heardReport(byte[] packet) {
    audioReports.add(packet);
    notifyAll();
  }

  synchronized List<byte[]> audio() {
    return audio.copies();
  }

  synchronized List<byte[]> audioReports() {
    return audioReports.copies();
  }

  synchronized CameraReport report() {
    return new CameraReport(
        open(Kind.CONNECTED, Kind.CLOSED),
        peak,
        count(Kind.CONNECTED),
        count(Kind.LIMITED),
        count(Kind.REFUSED),
        requests,
        open(Kind.SESSION_OPENED, Kind.SESSION_ENDED),
        count(Kind.SESSION_OPENED),
        count(Kind.SESSION_LEFT_BEHIND),
        count(Kind.SESSION_EXPIRED),
        count(Kind.WRONG_CREDENTIALS),
        count(Kind.LOCKED),
        count(Kind.BANNED),
        rtpPackets,
        framesSkipped,
        backchannelPackets,
        List.copyOf(events));
  }

  /** The first report that satisfies {@code condition}. */
  synchronized CameraReport await(Predicate<CameraReport> condition, Duration bound)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + bound.toNanos();
    CameraReport report = report();
    while (!condition.test(report)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException("not within " + bound.toMillis() + " ms: " + report);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
      report = report();
    }
    return report;
  }

  private int open(Kind opened, Kind closed) {
    return count(opened) - count(closed);
  }

  private int count(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }
}
