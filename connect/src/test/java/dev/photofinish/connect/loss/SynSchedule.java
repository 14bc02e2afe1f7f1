package dev.photofinish.connect.loss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The times at which the SYNs of a race leave if none is answered. If each is lost with probability
 * q, the race is decided before the (j+1)-th with probability 1 - q^j: the shape that a measurement
 * must have.
 *
 * @param times in milliseconds from the start of the race, ascending
 * @param end of the race in milliseconds, later than every SYN
 */
record SynSchedule(List<Long> times, long end) {
  /** Two SYNs closer than this are not told apart by when a race is decided. */
  private static final long RESOLUTION = 50;

  private static final int CLASSIC_REPETITIONS = 6;

  /** An attempt's SYNs leave from its start until it is retired. */
  record Attempt(long start, long retired) {}

  /** Some SYNs have left, and the next leaves at {@code until}. */
  record Window(int syns, long until) {
    double decidedBy(double lost) {
      return 1 - Math.pow(lost, syns);
    }
  }

  static SynSchedule of(long end, int linearTimeouts, Attempt... attempts) {
    List<Long> times =
        Arrays.stream(attempts)
            .flatMapToLong(
                attempt ->
                    LongStream.concat(LongStream.of(0), repetitions(linearTimeouts))
                        .map(after -> attempt.start + after)
                        .filter(time -> time < Math.min(attempt.retired, end)))
            .sorted()
            .boxed()
            .toList();
    return new SynSchedule(times, end);
  }

  /** One dial that the kernel alone repeats. */
  static SynSchedule ofOneDial(long end, int linearTimeouts) {
    return of(end, linearTimeouts, new Attempt(0, end));
  }

  /**
   * One address, {@code first-wins} with three places and the delay {@code d}, by the contract's
   * rules 2 and 4: the house is full after three starts; the next three starts each retire an
   * attempt that is 3d old, and each of those is retired at 6d by the next three, which have 12d.
   * Ends before the tenth start.
   */
  static SynSchedule ofFirstWins(long d, long end, int linearTimeouts) {
    if (end > 21 * d) {
      throw new IllegalArgumentException("end: " + end + "; expected at most " + 21 * d);
    }
    return of(
        end,
        linearTimeouts,
        new Attempt(0, 3 * d),
        new Attempt(d, 4 * d),
        new Attempt(2 * d, 5 * d),
        new Attempt(3 * d, 9 * d),
        new Attempt(4 * d, 10 * d),
        new Attempt(5 * d, 11 * d),
        new Attempt(9 * d, end),
        new Attempt(10 * d, end),
        new Attempt(11 * d, end));
  }

  /**
   * One address whose short path is known, {@code first-wins} with three places and the delay
   * {@code d}: patience stays at 3d, so an attempt starts every d and is retired by the third after
   * it. At most 1 s for 3d, or the kernel would repeat a SYN.
   */
  static SynSchedule ofFirstWinsWithHistory(long d, long end, int linearTimeouts) {
    Attempt[] attempts = new Attempt[(int) ((end + d - 1) / d)];
    for (int i = 0; i < attempts.length; i++) {
      attempts[i] = new Attempt(i * d, (i + 3) * d);
    }
    return of(end, linearTimeouts, attempts);
  }

  /** 1, 2, 3, 4, 5, 7, 11 s with 4 linear timeouts; 1, 3, 7 s with none. */
  private static LongStream repetitions(int linearTimeouts) {
    LongStream.Builder times = LongStream.builder();
    long after = 0;
    for (int i = 0; i < linearTimeouts; i++) {
      after += 1000;
      times.add(after);
    }
    for (int i = 0; i < CLASSIC_REPETITIONS; i++) {
      after += 1000L << i;
      times.add(after);
    }
    return times.build();
  }

  /** This kernel's {@code net.ipv4.tcp_syn_linear_timeouts}; 0 for kernels that know none. */
  static int linearTimeoutsOfThisKernel() throws IOException {
    Path setting = Path.of("/proc/sys/net/ipv4/tcp_syn_linear_timeouts");
    return Files.exists(setting) ? Integer.parseInt(Files.readString(setting).strip()) : 0;
  }

  /** After each SYN, or group of them, until the next; the last until the end of the race. */
  List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    for (int syns = 1; syns <= times.size(); syns++) {
      long until = syns < times.size() ? times.get(syns) : end;
      if (until - times.get(syns - 1) >= RESOLUTION) {
        windows.add(new Window(syns, until));
      }
    }
    return windows;
  }
}
