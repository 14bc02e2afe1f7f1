package dev.photofinish.race;

import dev.photofinish.race.address.Family;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that the future of a race depends on, and nothing else: two races in the same situation
 * behave alike from then on, whatever led them there. {@link EveryOrderTest} verifies that on every
 * order of three attempts.
 *
 * <p>What is over leaves no trace but in what the rules ask about it. A time that only matters
 * until it has come is {@code now} once it has. Attempts have no numbers, only their order, and not
 * even that where no rule asks for it; candidates that will not be dialled again are left out.
 *
 * @param plan the strategy's present class
 * @param now time from the start of the race, as all others
 * @param end the race's timeout
 * @param started attempts so far, where the walk ends at a number of them
 * @param startedInLap attempts of the present lap: last-wins and the gaps count them
 * @param startedBefore what the plan does not count
 * @param floor rule 1: when the next may start
 * @param schedule last-wins: the first start, while more may follow
 * @param opens when the candidates may be dialled
 * @param answers how many families are answered: the whole list is sorted again with each
 * @param worthwhile hybrid: an attempt ended in a way that may go otherwise in a second race
 */
record Situation(
    Class<?> plan,
    long now,
    long end,
    int started,
    int startedInLap,
    int startedBefore,
    long floor,
    long schedule,
    long opens,
    List<Family> answers,
    boolean worthwhile,
    List<Runner> runners,
    List<Place> places) {

  private static final long FLOOR = RaceOptions.FLOOR.toNanos();

  /**
   * An attempt that rules may still ask about.
   *
   * @param open false once it is over
   * @param youngUntil rule 2
   * @param patientUntil rule 4, last-wins' wait, or where the share of the time began
   * @param evidenceUntil hybrid: until when an older one's eviction is evidence
   * @param place the index of its candidate among the situation's, -1 if it is not among them
   */
  record Runner(
      boolean open,
      boolean connected,
      boolean held,
      long youngUntil,
      long patientUntil,
      long evidenceUntil,
      int place) {}

  /** A candidate that may be dialled: rule 5. */
  record Place(int attempts, long redialAt, boolean ended, boolean endedOrClosed) {}

  static Situation of(Race race, RaceOptions options, long now) {
    return new Reader(race, options, now).read();
  }

  /** Reads the facts of one race. */
  private static final class Reader {
    private final RaceOptions options;
    private final Timing timing;
    private final long now;
    private final Attempts attempts;
    private final Plan plan;
    private final long end;
    private final List<CandidateState> places = new ArrayList<>();

    Reader(Race race, RaceOptions options, long now) {
      this.options = options;
      this.timing = new Timing(options);
      this.now = now;
      RaceState state = (RaceState) field(race, "state");
      attempts = state.attempts;
      plan = state.plan();
      end = (long) field(state, "end");
      for (CandidateState candidate : (CandidateState[]) field(plan.candidates, "states")) {
        if (mayMatter(candidate)) {
          places.add(candidate);
        }
      }
    }

    Situation read() {
      List<Attempt> lap = attempts.lap();
      return new Situation(
          plan.getClass(),
          now,
          end,
          attempts.all().size(),
          lap.size(),
          plan instanceof LimitedPlan ? (int) field(plan, "attemptsBefore") : 0,
          attempts.all().isEmpty() ? 0 : fromNow(attempts.last().start + FLOOR),
          plan instanceof LastWinsPlan
                  && !lap.isEmpty()
                  && lap.size() < options.maxParallelConnections()
              ? lap.get(0).start
              : 0,
          fromNow(((long[]) field(plan.candidates, "opensAt"))[0]),
          plan.candidates.answers().stream().map(RaceReport.Answer::family).sorted().toList(),
          worthwhile(),
          runners(lap),
          places.stream().map(this::place).toList());
    }

    private boolean worthwhile() {
      return attempts.all().stream()
          .anyMatch(a -> a.isOver() && (a.cause == null || a.cause != Cause.REFUSED));
    }

    private List<Runner> runners(List<Attempt> lap) {
      List<Runner> runners = new ArrayList<>();
      for (Attempt attempt : lap) {
        Runner runner = runner(attempt);
        if (runner.open || runner.evidenceUntil > now) {
          runners.add(runner);
        }
      }
      if (options.connectionRacing() == Strategy.FIRST_WINS && !options.redial()) {
        runners.sort( // who is connected is never retired, so nobody asks who came first
            Comparator.comparing(Runner::connected)
                .thenComparingLong(r -> r.connected ? 0 : r.patientUntil)
                .thenComparingLong(Runner::youngUntil));
      }
      return runners;
    }

    private Runner runner(Attempt attempt) {
      boolean open = !attempt.isOver();
      boolean looksForEvidence =
          options.connectionRacing() == Strategy.HYBRID && plan instanceof FirstWinsPlan;
      return new Runner(
          open,
          attempt.isConnected(),
          attempt.isHeld(),
          open && plan instanceof FirstWinsPlan ? fromNow(attempt.progress + d()) : 0,
          open ? patientUntil(attempt) : 0,
          looksForEvidence && attempt.isConnected()
              ? fromNow(attempt.connected + Eviction.WINDOW.toNanos() + 1)
              : 0,
          places.indexOf(attempt.of));
    }

    private long patientUntil(Attempt attempt) {
      if (plan instanceof NonePlan) {
        return attempt.start;
      }
      if (plan instanceof LastWinsPlan) {
        return fromNow(attempt.start + timing.window(attempt.of.delay));
      }
      return plan instanceof FirstWinsPlan && !attempt.isConnected()
          ? fromNow(
              attempt.start + timing.patience(attempt.of.delay, attempt.of.stats, attempt.ordinal))
          : 0;
    }

    /** Without redial a place is used up by its attempt; but late answers are sorted around it. */
    private boolean mayMatter(CandidateState candidate) {
      boolean redials = options.redial() && options.connectionRacing() != Strategy.NONE;
      return !plan.candidates.isResolved() || redials || candidate.isFresh();
    }

    private Place place(CandidateState candidate) {
      int dialled = candidate.attempts();
      return new Place(
          dialled,
          dialled == 0 ? 0 : fromNow((long) field(candidate, "lastStart") + d()),
          (boolean) field(candidate, "ended"),
          (boolean) field(candidate, "endedOrClosed"));
    }

    private long d() {
      return options.racingDelay().toNanos();
    }

    private long fromNow(long time) {
      return Math.max(now, time);
    }
  }

  private static Object field(Object of, String name) {
    try {
      Class<?> type = of.getClass();
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      Object value = field.get(of);
      if (value == null) {
        throw new IllegalStateException(name + " is null");
      }
      return value;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the race keeps its facts elsewhere now", e);
    }
  }
}
