package dev.photofinish.race;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempts of a race in start order, and the questions that the rules ask about them. */
final class Attempts {
  private final List<Attempt> all = new ArrayList<>(4);
  private final List<Attempt> open = new ArrayList<>(4);
  private final Deque<Attempt> sent = new ArrayDeque<>(4);
  private int lapBegin;
  private long throttledUntil;

  Attempt start(CandidateList.Slot slot, long now) {
    Attempt attempt = new Attempt(all.size() + 1, slot, now);
    all.add(attempt);
    open.add(attempt);
    sent.push(attempt);
    throttledUntil = 0;
    return attempt;
  }

  /** The limiter throttles the next attempt; it is asked again at {@code time}. */
  void throttle(long time) {
    throttledUntil = time;
  }

  /** When the limiter is to be asked for the next attempt, 0 if it did not refuse it. */
  long throttledUntil() {
    return throttledUntil;
  }

  void end(Attempt attempt, Outcome outcome, long now) {
    attempt.end(outcome, now);
    open.remove(attempt);
  }

  Attempt get(int number) {
    if (number < 1 || number > all.size()) {
      throw new IllegalArgumentException(
          "attempt: " + number + " is not valid; expected 1 to " + all.size());
    }
    return all.get(number - 1);
  }

  List<Attempt> all() {
    return all;
  }

  /** The newest; there must be one. */
  Attempt last() {
    return all.get(all.size() - 1);
  }

  List<RaceReport.Attempt> reports() {
    RaceReport.Attempt[] reports = new RaceReport.Attempt[all.size()];
    for (int i = 0; i < reports.length; i++) {
      reports[i] = all.get(i).report();
    }
    return List.of(reports);
  }

  /** In progress or held; a copy, so that a rule may end what it walks over. */
  List<Attempt> open() {
    return List.copyOf(open);
  }

  int openCount() {
    return open.size();
  }

  /** Of those in progress or held. */
  int connectedCount() {
    int count = 0;
    for (Attempt attempt : open) {
      count += attempt.isConnected() ? 1 : 0;
    }
    return count;
  }

  /** What started since the present lap began. */
  List<Attempt> lap() {
    return all.subList(lapBegin, all.size());
  }

  void beginLap() {
    lapBegin = all.size();
  }

  @Nullable Attempt held() {
    for (Attempt attempt : open) {
      if (attempt.isHeld()) {
        return attempt;
      }
    }
    return null;
  }

  /**
   * Rule 1: the start of the newest attempt that counts: one that failed before anything was sent
   * does not.
   */
  long lastSent() {
    while (!sent.isEmpty() && sent.peek().cause == Cause.LOCAL) {
      sent.pop();
    }
    return sent.isEmpty() ? -1 : sent.peek().start;
  }

  /** The last start or progress among what is in progress, -1 if nothing is. */
  long lastProgress() {
    long last = -1;
    for (Attempt attempt : open) {
      last = Math.max(last, attempt.progress);
    }
    return last;
  }
}
