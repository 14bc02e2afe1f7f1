package dev.photofinish.rtp;

import dev.photofinish.rtp.RtcpPacket.ReportBlock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Reception statistics of one media (RFC 3550 appendix A.1, A.3 and A.8): sequence, loss,
 * reordering, jitter. Survives a new source: what an SSRC counted before stays in the totals.
 *
 * <p>Deviation from A.1: a source needs no probation. The connection says whose packets these are,
 * and the first one counts.
 *
 * <p>One thread at a time calls all methods but {@link #packets}, {@link #bytes}, {@link #lost},
 * {@link #reordered} and {@link #jitter}, which any thread may ask at any time. Each is right by
 * itself; asked one after the other they may be a packet apart.
 */
public final class RtpReception {
  private static final int SEQUENCE_CYCLE = 1 << 16;
  private static final int MAX_DROPOUT = 3000;
  private static final int MAX_MISORDER = 100;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MAX_CUMULATIVE_LOST = 0x7fffff;
  private static final int MIN_CUMULATIVE_LOST = -0x800000;

  private static final double TIMESTAMP_CYCLE = 0x1p32;

  private static final VarHandle PACKETS = field("packets", long.class);
  private static final VarHandle BYTES = field("bytes", long.class);
  private static final VarHandle LOST = field("lost", long.class);
  private static final VarHandle REORDERED = field("reordered", long.class);
  private static final VarHandle JITTER = field("jitter", double.class);

  private final int clockRate;

  /** A multiplication takes a tenth of a division's time, at every packet. */
  private final double ticksPerNano;

  // Written by one thread and read by any, without a lock: opaque access is whole and is seen.
  private long packets;
  private long bytes;

  @SuppressWarnings("UnusedVariable") // it is read by its handle
  private long lost;

  private long reordered;
  private double jitter;

  private long lostBefore;

  private boolean started;
  private boolean left;
  private long ssrc;
  private int maxSequence;
  private long cycles;
  private long baseSequence;
  private int badSequence;
  private long received;
  private long expectedPrior;
  private long receivedPrior;
  private boolean timed;
  private long lastTimestamp;
  private long lastArrival;
  private long senderReport;
  private long senderReportAt;

  /**
   * @param clockRate ticks a second; 0 where it is not known, jitter is then 0
   */
  public RtpReception(int clockRate) {
    this.clockRate = clockRate;
    this.ticksPerNano = clockRate / NANOS_PER_SECOND;
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(RtpReception.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A new connection: what was missed between is no loss. */
  public void restart() {
    closeSource();
    started = false;
    left = false;
  }

  /**
   * One packet came.
   *
   * @param sequence 0 to 65535
   * @param timestamp in ticks, 0 to 2^32 - 1
   * @param source the SSRC, 0 to 2^32 - 1
   * @param size in bytes, header included
   * @param now nanoseconds of the caller's clock
   */
  public void packet(int sequence, long timestamp, long source, int size, long now) {
    PACKETS.setOpaque(this, packets + 1);
    BYTES.setOpaque(this, bytes + size);
    left = false;
    if (!started || source != ssrc) {
      closeSource();
      ssrc = source;
      started = true;
      initialise(sequence);
    }
    if (update(sequence)) {
      updateJitter(timestamp, now);
    }
    LOST.setOpaque(this, Math.max(0, lostBefore + sourceLost()));
  }

  private void closeSource() {
    lostBefore += started ? sourceLost() : 0;
    senderReport = 0;
    timed = false;
    JITTER.setOpaque(this, 0.0);
  }

  /** RFC 3550 A.1, init_seq. */
  private void initialise(int sequence) {
    baseSequence = sequence;
    maxSequence = sequence;
    badSequence = -1;
    cycles = 0;
    received = 0;
    receivedPrior = 0;
    expectedPrior = 0;
  }

  /** RFC 3550 A.1, update_seq. */
  private boolean update(int sequence) {
    int delta = (sequence - maxSequence) & 0xffff;
    if (delta > 0 && delta < MAX_DROPOUT) {
      cycles += sequence < maxSequence ? SEQUENCE_CYCLE : 0;
      maxSequence = sequence;
    } else if (delta > SEQUENCE_CYCLE - MAX_MISORDER) {
      REORDERED.setOpaque(this, reordered + 1);
    } else if (delta != 0 && sequence == badSequence) {
      // Two sequential packets after a jump: the sender started again without notice.
      lostBefore += sourceLost();
      initialise(sequence);
    } else if (delta != 0) {
      badSequence = (sequence + 1) & 0xffff;
      return false;
    }
    received++;
    return true;
  }

  /**
   * RFC 3550 A.8. The transit times' difference is that of the arrivals less that of the
   * timestamps, which wrap.
   */
  private void updateJitter(long timestamp, long now) {
    if (clockRate == 0) {
      return;
    }
    if (timed) {
      double elapsed = (now - lastArrival) * ticksPerNano;
      double difference = Math.abs(elapsed - (int) (timestamp - lastTimestamp));
      if (difference > TIMESTAMP_CYCLE / 2) {
        difference = Math.abs(Math.IEEEremainder(difference, TIMESTAMP_CYCLE));
      }
      JITTER.setOpaque(this, jitter + (difference - jitter) / 16);
    }
    lastTimestamp = timestamp;
    lastArrival = now;
    timed = true;
  }

  /**
   * A sender report of this source came (RFC 3550 section 6.4.1).
   *
   * @param ntpMiddle the middle 32 bits of its NTP timestamp
   */
  public void senderReport(long source, long ntpMiddle, long now) {
    if (started && source == ssrc) {
      senderReport = ntpMiddle;
      senderReportAt = now;
    }
  }

  /** {@code source} leaves (RFC 3550 section 6.6); should packets come nevertheless, it has not. */
  public void goodbye(long source) {
    left |= started && source == ssrc;
  }

  /** Whether media came over this connection. */
  public boolean isStarted() {
    return started;
  }

  /** Whether the source of that media said goodbye. */
  public boolean hasLeft() {
    return left;
  }

  /** The block of the next receiver report; null before the first packet. */
  public @Nullable ReportBlock report(long now) {
    if (!started) {
      return null;
    }
    long expected = expected();
    long expectedNew = expected - expectedPrior;
    long lostNew = expectedNew - (received - receivedPrior);
    expectedPrior = expected;
    receivedPrior = received;
    int fraction =
        expectedNew == 0 || lostNew <= 0 ? 0 : (int) Math.min(255, (lostNew << 8) / expectedNew);
    long sinceReport = senderReport == 0 ? 0 : (long) ((now - senderReportAt) / 1e9 * 65536);
    return new ReportBlock(
        ssrc,
        fraction,
        (int) Math.max(MIN_CUMULATIVE_LOST, Math.min(MAX_CUMULATIVE_LOST, sourceLost())),
        cycles + maxSequence,
        (long) jitter,
        senderReport,
        sinceReport);
  }

  private long expected() {
    return cycles + maxSequence - baseSequence + 1;
  }

  private long sourceLost() {
    return expected() - received;
  }

  public long packets() {
    return (long) PACKETS.getOpaque(this);
  }

  public long bytes() {
    return (long) BYTES.getOpaque(this);
  }

  /** RFC 3550 A.3, over all sources; duplicates can hide losses but never make it negative. */
  public long lost() {
    return (long) LOST.getOpaque(this);
  }

  public long reordered() {
    return (long) REORDERED.getOpaque(this);
  }

  /** In nanoseconds. */
  public long jitter() {
    return clockRate == 0
        ? 0
        : (long) ((double) JITTER.getOpaque(this) / clockRate * NANOS_PER_SECOND);
  }
}
