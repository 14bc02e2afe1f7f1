package dev.photofinish.connect.observe;

import dev.photofinish.connect.route.Target;
import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Races and attempts as events of Java Flight Recorder. While no recording wants them, nothing is
 * kept and nothing allocated; a race is recorded if a recording was running when it began.
 */
final class FlightLog implements RaceListener {
  /** Asked whether a recording wants such events; made once there is a recorder. */
  private static final class Wanted {
    static final FlightRace RACE = new FlightRace();
    static final FlightAttempt ATTEMPT = new FlightAttempt();
  }

  private record Flight(FlightRace race, List<FlightAttempt> attempts) {
    FlightAttempt attempt(int number) {
      return attempts.get(number - 1);
    }
  }

  private final Map<Long, Flight> flights = new ConcurrentHashMap<>();

  @Override
  public void started(long race, Target target, RaceOptions options) {
    if (isWanted()) {
      FlightRace event = new FlightRace();
      event.race = race;
      event.target = target.toString();
      event.strategy = Option.word(options.connectionRacing());
      event.begin();
      flights.put(race, new Flight(event, new ArrayList<>()));
    }
  }

  /** Without a recorder, the first class of an event alone takes the time of a hundred races. */
  private static boolean isWanted() {
    return FlightRecorder.isInitialized()
        && (Wanted.RACE.isEnabled() || Wanted.ATTEMPT.isEnabled());
  }

  private @Nullable Flight flight(long race) {
    return flights.isEmpty() ? null : flights.get(race);
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    Flight flight = flight(race);
    if (flight != null) {
      FlightAttempt event = new FlightAttempt();
      event.race = race;
      event.attempt = attempt;
      event.candidate = candidate.toString();
      event.startedAt = System.nanoTime();
      event.begin();
      flight.attempts().add(event);
    }
  }

  @Override
  public void attemptReached(long race, int attempt, Stage stage) {
    Flight flight = flight(race);
    if (flight != null) {
      FlightAttempt event = flight.attempt(attempt);
      if (event.connectTime == FlightAttempt.NOT_CONNECTED) {
        event.connectTime = System.nanoTime() - event.startedAt;
      }
    }
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    Flight flight = flight(race);
    if (flight != null) {
      FlightAttempt event = flight.attempt(attempt);
      event.outcome = Option.word(outcome);
      event.cause = cause == null ? null : Option.word(cause);
      event.commit();
    }
  }

  @Override
  public void decided(long race, RaceReport report) {
    Flight flight = flights.isEmpty() ? null : flights.remove(race);
    if (flight != null) {
      FlightRace event = flight.race();
      event.result = report.result() == null ? null : Option.word(report.result());
      event.attempts = report.attempts().size();
      RaceReport.Attempt winner = report.winner();
      if (winner != null) {
        event.winner = winner.number();
        event.address = winner.candidate().toString();
      }
      event.commit();
    }
  }
}
