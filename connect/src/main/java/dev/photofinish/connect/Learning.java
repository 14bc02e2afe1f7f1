package dev.photofinish.connect;

import dev.photofinish.race.History;
import dev.photofinish.race.Past;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;

/**
 * What one race knows of earlier ones and leaves to later ones: with {@code racing-delay-ms=auto},
 * connect times on the local network where it began. Else nothing.
 */
interface Learning {
  /** Who knows nothing and learns nothing. */
  Learning NOTHING = new Nothing();

  /** Clients that learn converge: every tenth race does what it would have done without. */
  int FRESH_LOOK = 10;

  Past past();

  void learn(RaceReport report, long now);

  /**
   * How the race with the given number learns.
   *
   * @param number of the connector's races, from 1
   */
  static Learning of(RaceOptions options, History history, long number, long now) {
    if (!options.racingDelayAuto()) {
      return NOTHING;
    }
    String network = LocalNetwork.present();
    Past past =
        number % FRESH_LOOK == 0
            ? Past.UNKNOWN
            : candidate -> history.of(network, candidate.remote(), now);
    return new FromHistory(history, network, past);
  }

  /** The default: a fixed delay needs no history. */
  record Nothing() implements Learning {
    @Override
    public Past past() {
      return Past.UNKNOWN;
    }

    @Override
    public void learn(RaceReport report, long now) {
      // as the name says
    }
  }

  /** Reads and writes {@code history}. */
  record FromHistory(History history, String network, Past past) implements Learning {
    @Override
    public void learn(RaceReport report, long now) {
      history.learn(network, report, now);
    }
  }
}
