package dev.photofinish.clientlimit;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Eviction;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The evidence in a race's report of how many clients one of its endpoints takes. */
public final class RaceEvidence {
  /** Silence means something after this, and after three times what an answer took. */
  private static final long SILENCE = Duration.ofMillis(750).toNanos();

  /** Silence means something after this where the race itself was answered by nobody. */
  private static final long SILENCE_OF_ALL = Duration.ofSeconds(2).toNanos();

  private final RaceReport report;
  private final int endpoint;
  private final int open;
  private final int served;

  private RaceEvidence(RaceReport report, int endpoint, int open, int served) {
    this.report = report;
    this.endpoint = endpoint;
    this.open = open;
    this.served = served;
  }

  /**
   * The facts, in the order in which they happened.
   *
   * @param endpoint which of the target's endpoints, from 0
   * @param open connections to it that were open all the while and are not the race's own
   * @param served how many of these brought answers or media
   */
  public static List<LimitEvidence> of(RaceReport report, int endpoint, int open, int served) {
    return new RaceEvidence(report, endpoint, open, served).facts();
  }

  private List<LimitEvidence> facts() {
    List<RaceReport.Attempt> inOrder = new ArrayList<>(report.attempts());
    inOrder.sort(Comparator.comparingLong(RaceReport.Attempt::end));
    List<LimitEvidence> facts = new ArrayList<>();
    for (RaceReport.Attempt attempt : inOrder) {
      LimitEvidence fact = isHere(attempt) ? fact(attempt) : null;
      if (fact != null) {
        facts.add(fact);
      }
    }
    return facts;
  }

  private boolean isHere(RaceReport.Attempt attempt) {
    return attempt.candidate().endpoint() == endpoint;
  }

  private @Nullable LimitEvidence fact(RaceReport.Attempt attempt) {
    if (attempt.outcome() == Outcome.EVICTED && madeRoomForNewer(attempt)) {
      return new LimitEvidence.Evicted(othersOpenAt(attempt) + 1);
    }
    boolean answered = attempt.stage().compareTo(Stage.RESPONDED) >= 0;
    if (answered) {
      return null;
    }
    // Also of an attempt that was never seen connected: a RST to a SYN is a refusal, so this one
    // came after the device had accepted, only faster than we could look.
    if (attempt.cause() == Cause.RESET) {
      return new LimitEvidence.ResetAfterAccept(othersOpenAt(attempt));
    }
    int together = served + servedInRace(attempt);
    return together > 0 && wasSilent(attempt) ? new LimitEvidence.NeverAnswered(together) : null;
  }

  private boolean madeRoomForNewer(RaceReport.Attempt evicted) {
    for (RaceReport.Attempt attempt : report.attempts()) {
      if (isHere(attempt)
          && attempt.number() > evicted.number()
          && attempt.connected() >= 0
          && Eviction.isEvidence(evicted.end(), attempt.connected())) {
        return true;
      }
    }
    return false;
  }

  private int othersOpenAt(RaceReport.Attempt ended) {
    int count = open;
    for (RaceReport.Attempt attempt : report.attempts()) {
      boolean connected = attempt.connected() >= 0 && attempt.connected() <= ended.end();
      boolean other = isHere(attempt) && attempt.number() != ended.number();
      count += other && connected && wasOpenAt(attempt, ended.end()) ? 1 : 0;
    }
    return count;
  }

  private static boolean wasOpenAt(RaceReport.Attempt attempt, long time) {
    return attempt.outcome() == Outcome.WON || attempt.end() > time;
  }

  private int servedInRace(RaceReport.Attempt silent) {
    int count = 0;
    for (RaceReport.Attempt attempt : report.attempts()) {
      count += isHere(attempt) && isServedAtEndOf(silent, attempt) ? 1 : 0;
    }
    return count;
  }

  private static boolean isServedAtEndOf(RaceReport.Attempt silent, RaceReport.Attempt attempt) {
    return attempt.ready() >= 0
        && attempt.ready() <= silent.end()
        && wasOpenAt(attempt, silent.end());
  }

  private boolean wasSilent(RaceReport.Attempt attempt) {
    boolean endedByUs = attempt.cause() == null || attempt.cause() == Cause.TIMEOUT;
    return endedByUs
        && attempt.connected() >= 0
        && attempt.end() - attempt.connected() >= patience(attempt);
  }

  private long patience(RaceReport.Attempt silent) {
    long longest = -1;
    for (RaceReport.Attempt attempt : report.attempts()) {
      if (isHere(attempt) && isServedAtEndOf(silent, attempt)) {
        longest = Math.max(longest, attempt.ready() - attempt.connected());
      }
    }
    return longest < 0 ? SILENCE_OF_ALL : Math.max(SILENCE, 3 * longest);
  }
}
