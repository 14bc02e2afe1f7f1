package dev.photofinish.host;

import dev.photofinish.race.PathStats;
import dev.photofinish.race.RaceHistory;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.history.History;
import org.jspecify.annotations.Nullable;

/**
 * The history as one race sees it, and adds to it, on the local network where it began. With {@code
 * history=off} nothing.
 */
public final class HistorySession implements RaceHistory {
  private static final HistorySession NOTHING = new HistorySession(null, "", true, 0);

  private final @Nullable SharedHistory history;
  private final String network;
  private final boolean looksAfresh;
  private final long startedAt;

  private HistorySession(
      @Nullable SharedHistory history, String network, boolean looksAfresh, long startedAt) {
    this.history = history;
    this.network = network;
    this.looksAfresh = looksAfresh;
    this.startedAt = startedAt;
  }

  /**
   * How the race with the given number learns.
   *
   * @param number among the races that take turns in {@linkplain History#FRESH_LOOK looking
   *     afresh}, from 1
   * @param now when it begins, by the clock of {@code history}
   */
  public static HistorySession of(
      RaceOptions options, SharedHistory history, long number, long now) {
    return options.history()
        ? new HistorySession(history, history.network(now), number % History.FRESH_LOOK == 0, now)
        : NOTHING;
  }

  @Override
  public @Nullable PathStats of(Candidate candidate) {
    return history == null || looksAfresh ? null : history.of(network, candidate, startedAt);
  }

  /** Leaves to later races what became of this one, decided at {@code now}. */
  public void learn(RaceReport report, long now) {
    if (history != null) {
      history.learn(network, report, now);
    }
  }
}
