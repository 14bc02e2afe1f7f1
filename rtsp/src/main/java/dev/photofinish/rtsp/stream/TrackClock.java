package dev.photofinish.rtsp.stream;

import dev.photofinish.rtp.NtpTime;
import dev.photofinish.rtp.format.FrameTime;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The line from the RTP timestamps of one media to times: {@link ConnectionClock} says by what it
 * is moved. Timestamps are counted from frame to frame, so that they may wrap around (RFC 3550
 * section 5.1) and go back, as those of B-frames do.
 */
final class TrackClock {
  private static final long SECOND = 1_000_000_000L;

  /** Further than this from a frame nothing is believed that is said of it. */
  private static final long PLAUSIBLE = 10 * SECOND;

  /** Beyond this the line steps, or a wall clock was set. */
  private static final long STEP = SECOND / 2;

  /** The line runs faster or slower by one part in so many. */
  private static final int SLEW = 20;

  /** One report counts for one part in so many: cameras do not read two clocks at one instant. */
  private static final int SMOOTHING = 4;

  private static final long NEARLY = SECOND / 1000;

  /** A sender report, or a replay extension. */
  private record Report(long ntp, long rtpTime, boolean recorded) {}

  private final int index;
  private final int clockRate;
  private final FrameClock timeline;
  private final ConnectionClock connection;

  private boolean discontinuity;

  // The count of ticks; the first frame is 0.
  private boolean anchored;
  private long lastTimestamp;
  private long lastArrival;
  private long ticks;
  private long highest;

  /** The time of tick 0, before correction. */
  private long origin;

  // The correction, from one tick on to its target.
  private boolean emitted;
  private long corrected;
  private long correctedFrom;
  private long target;

  // What the camera said: before the first frame, or of a source that is to come.
  private OptionalLong announced = OptionalLong.empty();
  private @Nullable Report pending;

  /** Wall clock less time. */
  private OptionalLong base = OptionalLong.empty();

  private boolean wallClock;
  private boolean recorded;
  private boolean together;

  TrackClock(int index, int clockRate, FrameClock timeline, ConnectionClock connection) {
    this.index = index;
    this.clockRate = clockRate;
    this.timeline = timeline;
    this.connection = connection;
  }

  // ---- Beginnings

  /** Its connection becomes the stream's. */
  void startOver() {
    discontinuity = timeline.isStarted();
  }

  /** What follows does not continue what came before. */
  void restart() {
    discontinuity |= timeline.isStarted();
    anchored = false;
    emitted = false;
    corrected = 0;
    target = 0;
    announced = OptionalLong.empty();
    base = OptionalLong.empty();
    recorded = false;
    together = false;
  }

  // ---- Frames

  FrameTime time(long timestamp, long arrival) {
    if (anchored && hasLeapt(timestamp, arrival)) {
      restart();
    }
    boolean first = !anchored;
    if (first) {
      anchor(timestamp, arrival);
    }
    ticks = position(timestamp);
    lastTimestamp = timestamp;
    lastArrival = arrival;
    if (first && timeline.latest(index).isPresent()) {
      comeAfter(timeline.latest(index).getAsLong());
    }
    highest = emitted ? Math.max(highest, ticks) : ticks;
    emitted = true;
    long time = clockRate == 0 ? timeline.byArrival(arrival) : at(ticks);
    timeline.emitted(index, time, arrival);
    FrameTime result = new FrameTime(time, isSynchronized(), wallClock(), discontinuity);
    discontinuity = false;
    return result;
  }

  /** Live timestamps that leap while time does not are of a clock that was set. */
  private boolean hasLeapt(long timestamp, long arrival) {
    long step = nanos(distance(timestamp));
    return !connection.isOfRecording()
        && Math.abs(step) > PLAUSIBLE
        && Math.abs(step - (arrival - lastArrival)) > PLAUSIBLE;
  }

  private void anchor(long timestamp, long arrival) {
    anchored = true;
    lastTimestamp = timestamp;
    ticks = 0;
    highest = 0;
    correctedFrom = 0;
    origin = timeline.byArrival(arrival);
    Report report = pending;
    pending = null;
    if (report != null && isNear(report.rtpTime)) {
      reported(report.ntp, report.rtpTime, report.recorded);
    }
    announced.ifPresent(this::begins);
  }

  /** Times do not go back from one connection to the next. */
  private void comeAfter(long latest) {
    long behind = latest - at(ticks);
    if (behind >= 0) {
      connection.raise(behind + NEARLY);
    }
  }

  private boolean isSynchronized() {
    return together && Math.abs(target - correction(ticks)) < NEARLY;
  }

  /** By what its reports say, smoothed. */
  private @Nullable Instant wallClock() {
    return wallClock && base.isPresent()
        ? NtpTime.instant(base.getAsLong() + origin + nanos(ticks) + target)
        : null;
  }

  // ---- The line

  private long nanos(long count) {
    return clockRate == 0 ? 0 : count / clockRate * SECOND + count % clockRate * SECOND / clockRate;
  }

  /** From the last frame's timestamp, 32 bits that wrap around (RFC 3550 section 5.1). */
  private int distance(long timestamp) {
    return (int) (timestamp - lastTimestamp);
  }

  private long position(long timestamp) {
    return ticks + distance(timestamp);
  }

  private boolean isNear(long timestamp) {
    return Math.abs(nanos(distance(timestamp))) <= PLAUSIBLE;
  }

  private long at(long position) {
    return origin + nanos(position) + correction(position);
  }

  private long correction(long position) {
    long most = Math.max(0, nanos(position - correctedFrom)) / SLEW;
    return corrected + Math.max(-most, Math.min(most, target - corrected));
  }

  private void correct(long nanos) {
    if (!emitted) {
      origin += nanos;
      return;
    }
    corrected = correction(highest);
    correctedFrom = highest;
    target += nanos;
  }

  /** Moves the line, smoothly or forward. */
  private void move(long nanos) {
    if (!emitted || Math.abs(nanos) <= STEP) {
      correct(nanos);
      return;
    }
    if (nanos < 0) {
      connection.raise(-nanos);
    }
    origin += nanos;
  }

  void raise(long nanos) {
    origin += nanos;
    if (base.isPresent()) {
      base = OptionalLong.of(base.getAsLong() - nanos);
    }
  }

  // ---- What the camera says

  OptionalLong base() {
    return base;
  }

  boolean isTogether() {
    return together;
  }

  void together(long of) {
    together |= base.isPresent() && base.getAsLong() == of;
  }

  void begins(long rtpTime) {
    if (!anchored) {
      announced = OptionalLong.of(rtpTime);
    } else if (isNear(rtpTime) && clockRate != 0) {
      long own = at(position(rtpTime));
      long shared = connection.instant(own);
      if (base.isEmpty()) {
        move(shared - own); // reports say it better
      }
      together = true;
    }
  }

  void reported(long ntp, long rtpTime, boolean ofRecording) {
    if (!anchored || !(ofRecording || isNear(rtpTime))) {
      pending = new Report(ntp, rtpTime, ofRecording);
      return;
    }
    if (clockRate == 0 || (recorded && !ofRecording)) {
      return;
    }
    wallClock = !NtpTime.isUptime(ntp);
    recorded = ofRecording;
    // The base with which nothing moves.
    long own = NtpTime.nanos(ntp) - nanos(position(rtpTime)) - origin - target;
    if (base.isEmpty()) {
      firstReport(own);
    } else if (ofRecording) {
      base = OptionalLong.of(own);
    } else {
      nextReport(own);
    }
  }

  private void firstReport(long own) {
    OptionalLong other = connection.nearestBase(this, own);
    boolean believed =
        other.isPresent()
            && (connection.isOfRecording() || Math.abs(own - other.getAsLong()) <= PLAUSIBLE);
    if (!believed) {
      base = OptionalLong.of(own);
      together |= !connection.isAnotherSynchronized(this);
      return;
    }
    base = other;
    together |= !connection.isAnotherSynchronized(this);
    connection.together(other.getAsLong());
    move(own - other.getAsLong());
  }

  private void nextReport(long own) {
    OptionalLong other = connection.nearestBase(this, own);
    if (Math.abs(own - base.getAsLong()) > STEP) {
      boolean shared = other.isPresent() && Math.abs(own - other.getAsLong()) <= STEP;
      base = shared ? other : OptionalLong.of(own); // the camera's clock was set
    }
    correct((own - base.getAsLong()) / SMOOTHING);
  }
}
