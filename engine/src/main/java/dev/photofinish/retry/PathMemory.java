package dev.photofinish.retry;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * The signs of the path in the last twenty won races: whether SYNs are lost on it. On a path that
 * loses one in ten, one of twenty races shows it with a chance of 88 %.
 */
final class PathMemory {
  private static final int REMEMBERED = 20;

  /** RFC 6298 section 2.1: a SYN that was not answered is sent again after a second. */
  private static final long RESEND = Duration.ofSeconds(1).toNanos();

  private enum Sign {
    CLEAN,
    /** The first SYN was not answered. */
    LOSS,
    /** The device closed one of our attempts: it does not want several. */
    LIMIT
  }

  private final Deque<Sign> last = new ArrayDeque<>(REMEMBERED);

  void add(RaceReport won) {
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(sign(won));
  }

  /** Whether a second SYN pays, and does no harm. */
  boolean isLossy() {
    return last.contains(Sign.LOSS) && !last.contains(Sign.LIMIT);
  }

  /** Such as {@code 2 of the last 20 races needed more than their first SYN}. */
  @Override
  public String toString() {
    return "%d of the last %d races needed more than their first SYN"
            .formatted(Collections.frequency(last, Sign.LOSS), last.size())
        + (last.contains(Sign.LIMIT) ? ", and the device closed attempts" : "");
  }

  private static Sign sign(RaceReport won) {
    if (won.attempts().stream().anyMatch(PathMemory::isRejected)) {
      return Sign.LIMIT;
    }
    return isAnswered(won.attempts().get(0)) ? Sign.CLEAN : Sign.LOSS;
  }

  private static boolean isRejected(RaceReport.Attempt attempt) {
    return attempt.outcome() == Outcome.EVICTED || attempt.cause() == Cause.RESET;
  }

  /** Whether what was sent first was answered: with a connection in time, or with an error. */
  private static boolean isAnswered(RaceReport.Attempt first) {
    return first.connected() < 0
        ? first.cause() != null && first.cause() != Cause.TIMEOUT
        : first.connected() - first.start() < RESEND;
  }
}
