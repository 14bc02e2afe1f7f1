package dev.photofinish.onvif.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The times at which a multicast message is sent (SOAP-over-UDP, appendix I, with the numbers of
 * WS-Discovery): at once, then after a random time between {@code UDP_MIN_DELAY} and {@code
 * UDP_MAX_DELAY}, and so on with that time doubled up to {@code UDP_UPPER_DELAY}, until it was
 * repeated {@code MULTICAST_UDP_REPEAT} times.
 */
public final class ProbeRepetition {
  static final int MULTICAST_UDP_REPEAT = 4;
  static final int UDP_MIN_DELAY = 50;
  static final int UDP_MAX_DELAY = 250;
  static final int UDP_UPPER_DELAY = 500;

  private ProbeRepetition() {}

  /** Nanoseconds from the first transmission, in ascending order; the first is 0. */
  public static List<Long> times(RandomGenerator random) {
    List<Long> times = new ArrayList<>();
    long at = 0;
    long delay = random.nextLong(UDP_MIN_DELAY, UDP_MAX_DELAY + 1);
    times.add(at);
    for (int repetition = 0; repetition < MULTICAST_UDP_REPEAT; repetition++) {
      at += TimeUnit.MILLISECONDS.toNanos(delay);
      times.add(at);
      delay = Math.min(2 * delay, UDP_UPPER_DELAY);
    }
    return times;
  }
}
