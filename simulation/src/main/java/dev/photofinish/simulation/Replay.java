package dev.photofinish.simulation;

import static dev.photofinish.race.Timing.NEVER;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** A driver of {@link Race} on a virtual clock and a described network. */
public final class Replay implements RaceCommand.Driver {

  private record Happening(long at, RaceEvent event) {}

  /** What happens in one instant happens in the order in which the race takes it. */
  private static final Comparator<Happening> ORDER =
      Comparator.comparingLong(Happening::at).thenComparing(Happening::event, RaceEvent.ORDER);

  private final Scenario scenario;
  private final Race race;
  private final PriorityQueue<Happening> happenings = new PriorityQueue<>(ORDER);
  private final Map<Candidate, Integer> dialled = new HashMap<>();
  private final List<Integer> onDevice = new ArrayList<>();
  private long now;

  private Replay(Scenario scenario) {
    this.scenario = scenario;
    race =
        new Race(
            scenario.name(),
            scenario.endpoints(),
            scenario.options(),
            Comparator.comparing(Candidate::family),
            candidate -> scenario.history().get(candidate.remote().getAddress()),
            0);
    for (RaceReport.Answer answer : scenario.answers()) {
      at(
          answer.at(),
          new RaceEvent.Resolved(answer.endpoint(), answer.family(), answer.candidates()));
    }
    at(scenario.cancelAt(), new RaceEvent.Cancelled());
  }

  /** Runs the race to its end; the same scenario gives the same report always. */
  public static RaceReport run(Scenario scenario) {
    return new Replay(scenario).run();
  }

  private RaceReport run() {
    while (!race.isDecided()) {
      handleAllOf(now);
      RaceCommand command = race.poll(now);
      if (command != null) {
        command.run(this);
      } else {
        now = Math.min(race.deadline().orElse(NEVER), nextHappening());
      }
    }
    return race.report();
  }

  private void handleAllOf(long instant) {
    while (nextHappening() <= instant) {
      Happening happening = happenings.remove();
      if (scenario.device() != null
          && happening.event() instanceof RaceEvent.Reached reached
          && reached.stage() == Stage.CONNECTED) {
        acceptOnDevice(scenario.device(), reached.attempt());
      }
      race.handle(instant, happening.event());
    }
  }

  private long nextHappening() {
    Happening next = happenings.peek();
    return next == null ? NEVER : next.at();
  }

  private void at(long time, RaceEvent event) {
    if (time != NEVER) {
      happenings.add(new Happening(time, event));
    }
  }

  @Override
  public void dial(int attempt, Candidate candidate) {
    if (scenario.device() != null) {
      at(now + scenario.device().connect(), new RaceEvent.Reached(attempt, Stage.CONNECTED));
      return;
    }
    int before = dialled.merge(candidate, 1, Integer::sum) - 1;
    var encounters =
        scenario
            .network()
            .getOrDefault(candidate.remote().getAddress(), List.of(Scenario.Encounter.SILENCE));
    var met = encounters.get(Math.min(before, encounters.size() - 1));
    at(after(met.connect()), new RaceEvent.Reached(attempt, Stage.CONNECTED));
    at(after(met.ready()), new RaceEvent.Reached(attempt, Stage.READY));
    at(after(met.fail()), new RaceEvent.Ended(attempt, met.cause()));
    at(after(met.closed()), new RaceEvent.Ended(attempt, Cause.CLOSED));
  }

  private long after(long delay) {
    return delay == NEVER ? NEVER : now + delay;
  }

  private void acceptOnDevice(Scenario.Device device, int attempt) {
    onDevice.removeIf(this::isOver); // one that we close is gone at that instant
    onDevice.add(attempt);
    boolean over = onDevice.size() > device.limit();
    if (over && device.policy() == Scenario.Policy.REJECT_NEW) {
      onDevice.remove((Integer) attempt);
      at(now, new RaceEvent.Ended(attempt, Cause.RESET));
      return;
    }
    if (over && device.policy() == Scenario.Policy.DROP_OLDEST) {
      int oldest = onDevice.remove(0);
      forget(oldest);
      at(now, new RaceEvent.Ended(oldest, Cause.CLOSED));
    }
    if (!over || device.policy() == Scenario.Policy.DROP_OLDEST) {
      at(now + device.answer(), new RaceEvent.Reached(attempt, Stage.READY));
    }
  }

  private boolean isOver(int attempt) {
    return race.report().attempts().get(attempt - 1).outcome() != null;
  }

  @Override
  public void close(int attempt, Outcome outcome) {
    onDevice.remove((Integer) attempt);
    forget(attempt);
  }

  private void forget(int attempt) {
    happenings.removeIf(happening -> happening.event().attempt() == attempt);
  }

  @Override
  public void decide(Result result, int winner) {
    happenings.clear();
  }
}
