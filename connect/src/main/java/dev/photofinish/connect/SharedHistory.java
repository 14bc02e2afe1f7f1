package dev.photofinish.connect;

import dev.photofinish.race.Candidate;
import dev.photofinish.race.Experience;
import dev.photofinish.race.History;
import dev.photofinish.race.RaceReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What races learn of addresses, for one connector or several ({@link Connector.Builder#history}).
 * Holds for the local network where this host is: when that changes, all is forgotten, which is one
 * line in the log. Safe for use by several threads.
 */
public final class SharedHistory {
  private static final Logger LOG = LoggerFactory.getLogger(SharedHistory.class);

  private final History history = new History(History.DEFAULT_CAPACITY);
  private final LocalNetwork localNetwork;

  /** One that ends with the process. */
  public SharedHistory() {
    this(new LocalNetwork());
  }

  SharedHistory(LocalNetwork localNetwork) {
    this.localNetwork = localNetwork;
  }

  /** Where this host is now; what was learnt elsewhere is gone. */
  synchronized String network(long now) {
    String present = localNetwork.at(now);
    String before = history.moveTo(present);
    if (before != null) {
      LOG.info(
          "the local network changed, what was learnt of addresses is forgotten: {}; before: {}",
          present,
          before);
    }
    return present;
  }

  @Nullable Experience of(String network, Candidate candidate, long now) {
    return history.of(network, candidate, now);
  }

  void learn(String network, RaceReport report, long now) {
    history.learn(network, report, now);
  }
}
