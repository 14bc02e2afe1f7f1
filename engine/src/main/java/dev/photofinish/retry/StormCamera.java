package dev.photofinish.retry;

import dev.photofinish.race.Budget;
import dev.photofinish.race.Candidate;
import dev.photofinish.race.Family;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.Past;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One camera of a {@link Storm}: its stream, which races and retries until it is back. */
final class StormCamera implements RaceCommand.Driver, Budget.Racer {
  private static final long MS = Duration.ofMillis(1).toNanos();

  /** When Linux sends a SYN again, seconds after the first. */
  private static final int[] SYNS = {0, 1, 2, 3, 4, 5, 7, 11};

  private final Storm storm;
  private final Candidate address;
  private final RetrySchedule retries;
  private final long roundTrip;
  private final long answer;
  private final Set<Integer> inProgress = new HashSet<>();
  private @Nullable Race race;
  private long armedFor = -1;

  StormCamera(Storm storm, int number) {
    this.storm = storm;
    address = new Candidate(new InetSocketAddress(address(number), 554));
    retries = new RetrySchedule(RetryOptions.defaults(), storm.random);
    roundTrip = storm.random.nextLong(MS, 20 * MS);
    answer = storm.random.nextLong(5 * MS, 50 * MS);
  }

  private static InetAddress address(int number) {
    byte[] bytes = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }

  /** A stable stream drops. */
  void dropped() {
    retries.mediaCame(storm.now() - Duration.ofMinutes(1).toNanos());
    retry(retries.streamDropped(storm.now(), storm.now()));
  }

  private void retry(RetryDecision decision) {
    if (decision instanceof RetryDecision.Retry retry) {
      storm.at(storm.now() + retry.delayNanos(), this::enter);
    }
  }

  private void enter() {
    inProgress.clear();
    race =
        new Race(
            host(),
            1,
            storm.setup.race(),
            Comparator.comparing(Candidate::family),
            Past.UNKNOWN,
            storm.budget,
            storm.now());
    if (storm.budget.enter(this, storm.now())) {
      begin();
    } else {
      storm.waits();
      race.handle(storm.now(), new RaceEvent.Queued());
    }
  }

  @Override
  public String host() {
    return address.toString();
  }

  @Override
  public boolean admitted() {
    storm.at(
        storm.now(),
        () -> {
          race().handle(storm.now(), new RaceEvent.Admitted());
          begin();
        });
    return true;
  }

  private void begin() {
    race().handle(storm.now(), new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    race().handle(storm.now(), new RaceEvent.Resolved(0, Family.IPV4, List.of(address)));
    drain();
  }

  private Race race() {
    return Objects.requireNonNull(race);
  }

  private void drain() {
    Race current = race();
    for (var next = current.poll(storm.now()); next != null; next = current.poll(storm.now())) {
      next.run(this);
    }
    long deadline = current.deadline().orElse(-1);
    if (deadline >= 0 && deadline != armedFor) {
      armedFor = deadline;
      storm.at(deadline, () -> wake(current, deadline));
    }
  }

  private void wake(Race of, long deadline) {
    if (of == race && deadline == armedFor) {
      armedFor = -1;
      drain();
    }
  }

  @Override
  public void dial(int attempt, Candidate candidate) {
    inProgress.add(attempt);
    storm.dialled();
    for (int seconds : SYNS) {
      long sent = storm.now() + Duration.ofSeconds(seconds).toNanos();
      if (!storm.isDark(sent)) {
        Race dialling = race();
        storm.at(sent + roundTrip, () -> reached(dialling, attempt, Stage.CONNECTED));
        storm.at(sent + roundTrip + answer, () -> reached(dialling, attempt, Stage.READY));
        return;
      }
    }
  }

  private void reached(Race of, int attempt, Stage stage) {
    if (of != race || !inProgress.contains(attempt)) {
      return;
    }
    if (stage == Stage.CONNECTED) {
      storm.connected();
    } else {
      ended(attempt);
    }
    of.handle(storm.now(), new RaceEvent.Reached(attempt, stage));
    drain();
  }

  private void ended(int attempt) {
    if (inProgress.remove(attempt)) {
      storm.dialEnded();
    }
  }

  @Override
  public void close(int attempt, Outcome outcome) {
    ended(attempt);
  }

  @Override
  public void decide(Result result, int winner) {
    if (result == Result.WON) {
      retries.mediaCame(storm.now());
      storm.isBack();
    } else {
      retry(retries.tryFailed(storm.now(), TryFailure.OTHER));
    }
  }
}
