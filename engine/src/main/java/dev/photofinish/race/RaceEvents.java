package dev.photofinish.race;

/** The reaction of a race to each kind of event. */
final class RaceEvents implements RaceEvent.Handler {
  private final RaceState race;

  RaceEvents(RaceState race) {
    this.race = race;
  }

  @Override
  public void reached(int number, Stage stage) {
    Attempt attempt = race.attempts.get(number);
    if (attempt.isOver() || !attempt.reached(stage, race.now())) {
      return;
    }
    if (!race.plan().mayMoreConnect()) {
      race.closeUnconnected();
    }
    if (stage == Stage.READY) {
      ready(attempt);
    }
  }

  private void ready(Attempt attempt) {
    race.permit.ready(attempt, race.now());
    if (race.plan().holds()) {
      race.closeOlderThan(attempt);
    } else {
      race.win(attempt);
    }
  }

  @Override
  public void ended(RaceEvent.Ended event) {
    Attempt attempt = race.attempts.get(event.attempt());
    if (attempt.isOver()) {
      return;
    }
    Outcome outcome = event.cause().outcome(attempt.isConnected());
    attempt.cause = event.cause();
    attempt.detail = event.detail();
    attempt.of.ended(event.cause(), attempt.isConnected());
    race.attempts.end(attempt, outcome, race.now());
    race.permit.ended(attempt, goesOnAfter(attempt), race.now());
    if (outcome == Outcome.EVICTED
        && race.looksForEvidence()
        && race.attempts.madeRoomForNewer(attempt, race.now())) {
      race.recogniseLimitedDevice();
    }
  }

  /** Nothing else is in progress, the attempt did not end in silence, and more may be dialled. */
  private boolean goesOnAfter(Attempt attempt) {
    return race.attempts.openCount() == 0
        && attempt.cause != Cause.TIMEOUT
        && race.candidates.mayHaveFresh();
  }

  @Override
  public void resolved(RaceEvent.Resolved event) {
    race.candidates.answer(event, race.now());
  }

  @Override
  public void cancelled() {
    race.cancel();
  }
}
