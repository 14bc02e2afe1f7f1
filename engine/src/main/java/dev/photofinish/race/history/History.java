package dev.photofinish.race.history;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.PathStats;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory of earlier races: how long connecting to a candidate took, when it last was good, when
 * and why it last failed. The order of RFC 8305 section 4, the patience of rule 4 and {@code
 * racing-delay-ms=auto} use it.
 *
 * <p>Holds for one local network: with {@link #moveTo another} all is forgotten, and coming back is
 * a fresh start. Lasts 10 minutes without news, and holds at most {@code capacity} candidates; the
 * one that was longest not used goes first. Times are nanoseconds of one ticker, compared by
 * subtraction. Safe for use by several threads.
 */
public final class History {
  /** What an application keeps unless it says otherwise. */
  public static final int DEFAULT_CAPACITY = 10_000;

  /** Clients that learn converge: every tenth race does what it would have done without. */
  public static final int FRESH_LOOK = 10;

  private final int capacity;
  private final Map<Candidate.Dial, CandidateHistory> known = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable String present;

  /** Remembers at most {@code capacity} candidates, 1 or more. */
  public History(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity: " + capacity + " is not valid; expected 1 or more");
    }
    this.capacity = capacity;
  }

  /**
   * Takes note of where this host is now. On another network than before, all is forgotten.
   *
   * @return the network before, null if it is the same one or the first
   */
  public synchronized @Nullable String moveTo(String network) {
    String before = present;
    if (network.equals(before)) {
      return null;
    }
    present = network;
    known.clear();
    return before;
  }

  /**
   * Learns what became of the attempts of {@code report}, unless the host has left the network
   * where the race began.
   */
  public synchronized void learn(String network, RaceReport report, long now) {
    if (network.equals(present)) {
      long startedAt = now - report.decidedAt();
      for (RaceReport.Attempt attempt : report.attempts()) {
        learn(attempt, startedAt);
      }
    }
  }

  /** What we ended ourselves before it was connected says nothing, unless it was long silent. */
  private void learn(RaceReport.Attempt attempt, long startedAt) {
    boolean connected = attempt.connected() >= 0;
    if (connected) {
      long took = attempt.connected() - attempt.start();
      of(attempt.candidate())
          .connected(took, startedAt + attempt.connected(), startedAt + goodUntil(attempt));
    }
    Cause failure = attempt.cause();
    if (!connected && (failure == Cause.TIMEOUT || wasSilent(attempt.outcome()))) {
      // As old as the SYN that was not answered: another that was sent after it may have been.
      of(attempt.candidate()).failed(Cause.TIMEOUT, startedAt + attempt.start());
    } else if (failure != null && failure != Cause.LOCAL) {
      of(attempt.candidate()).failed(failure, startedAt + attempt.end());
    }
  }

  private static boolean wasSilent(@Nullable Outcome outcome) {
    return outcome == Outcome.RETIRED || outcome == Outcome.TIMED_OUT;
  }

  private static long goodUntil(RaceReport.Attempt attempt) {
    return attempt.outcome() == Outcome.WON
        ? attempt.end()
        : Math.max(attempt.connected(), attempt.ready());
  }

  private CandidateHistory of(Candidate candidate) {
    CandidateHistory knowledge = known.get(candidate.dial());
    if (knowledge == null) {
      knowledge = new CandidateHistory();
      put(candidate.dial(), knowledge);
    }
    return knowledge;
  }

  private void put(Candidate.Dial dial, CandidateHistory knowledge) {
    known.put(dial, knowledge);
    if (known.size() > capacity) {
      known.remove(known.keySet().iterator().next());
    }
  }

  /** What is known of {@code candidate} on {@code network}, null if nothing is. */
  public synchronized @Nullable PathStats of(String network, Candidate candidate, long now) {
    CandidateHistory knowledge = network.equals(present) ? known.get(candidate.dial()) : null;
    if (knowledge == null) {
      return null;
    }
    PathStats experience = knowledge.at(now);
    if (experience == null) {
      known.remove(candidate.dial());
    }
    return experience;
  }

  /**
   * All that is known at {@code now} on {@code network}, what was longest not used first; tunnels
   * of proxies are left out.
   */
  public synchronized List<HistoryEntry> snapshot(String network, long now) {
    if (!network.equals(present)) {
      return List.of();
    }
    List<HistoryEntry> all = new ArrayList<>(known.size());
    known.forEach(
        (dial, knowledge) -> {
          if (knowledge.at(now) != null && !dial.isTunnelled()) {
            all.add(knowledge.remembered(dial.remote(), dial.local(), now));
          }
        });
    return all;
  }

  /** Takes what a snapshot held, where it is newer than what is known. */
  public synchronized void restore(String network, List<HistoryEntry> snapshot, long now) {
    if (!network.equals(present)) {
      return;
    }
    for (HistoryEntry remembered : snapshot) {
      Candidate.Dial dial = Candidate.Dial.from(remembered.remote(), remembered.local());
      CandidateHistory taken = CandidateHistory.of(remembered, now);
      CandidateHistory before = known.get(dial);
      if (taken.at(now) != null && (before == null || taken.age(now) < before.age(now))) {
        put(dial, taken);
      }
    }
  }
}
