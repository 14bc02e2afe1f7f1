package dev.photofinish.race.history;

import dev.photofinish.race.Cause;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@link History} for one candidate, as a value that can be kept elsewhere. Times are
 * nanoseconds; what happened is given by how long ago it was, {@link #NEVER} if it never did.
 *
 * @param remote the address and port that were dialled
 * @param local the address dialled from, null for the system's choice
 * @param times the last connect times, oldest first, at most 20; empty if none is known
 * @param smoothed smoothed connect time, 0 if none is known
 * @param deviation its mean deviation
 * @param timedAgo the last connect time that counted
 * @param goodAgo the last good use
 * @param failure why the last failure was one, null if there was none
 * @param failedAgo the last failure
 */
public record HistoryEntry(
    InetSocketAddress remote,
    @Nullable InetAddress local,
    List<Long> times,
    long smoothed,
    long deviation,
    long timedAgo,
    long goodAgo,
    @Nullable Cause failure,
    long failedAgo) {
  public static final long NEVER = -1;

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException for what no race can have left
   */
  public HistoryEntry {
    times = List.copyOf(times);
    check("times", times.size(), 0, ConnectTimes.KEPT);
    times.forEach(time -> check("time", time, 0, ConnectTimes.RETRANSMISSION - 1));
    check("smoothed", smoothed, 0, ConnectTimes.RETRANSMISSION - 1);
    check("deviation", deviation, 0, ConnectTimes.RETRANSMISSION - 1);
    check("timedAgo", timedAgo, times.isEmpty() ? NEVER : 0, ago(!times.isEmpty()));
    check("goodAgo", goodAgo, NEVER, Long.MAX_VALUE);
    check("failedAgo", failedAgo, failure == null ? NEVER : 0, ago(failure != null));
  }

  private static long ago(boolean happened) {
    return happened ? Long.MAX_VALUE : NEVER;
  }

  private static void check(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + ": " + value + " is not valid; expected " + min + " to " + max);
    }
  }
}
