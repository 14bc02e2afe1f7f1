package dev.photofinish.simulation;

import dev.photofinish.race.Cause;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.Permit;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.RaceHistory;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.Timing;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.TryFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One camera of a {@link StormWorld}: its stream, which races and retries until it is back. */
final class StormCamera implements RaceCommand.Driver, DialLimiter.Waiter {
  private static final long MS = Duration.ofMillis(1).toNanos();

  private final StormWorld storm;
  private final int number;
  private final Settings settings;
  private final DialLimiter limiter;
  private final List<Candidate> ipv6;
  private final Candidate ipv4;
  private final RetrySchedule retries;
  private final long roundTrip;
  private final long answer;
  private final Set<Integer> inProgress = new HashSet<>();
  private @Nullable Race race;
  private long armedFor = Timing.NOT_YET;

  /**
   * The settings of the streams.
   *
   * @param refusedIpv6 whether each camera has an IPv6 address too, dialled first, that refuses
   * @param random of round trips and jitter
   */
  record Settings(
      RaceOptions race, RetryOptions retry, boolean refusedIpv6, RandomGenerator random) {}

  StormCamera(StormWorld storm, int number, Settings settings, DialLimiter limiter) {
    this.storm = storm;
    this.number = number;
    this.settings = settings;
    this.limiter = limiter;
    RandomGenerator random = settings.random();
    byte[] host = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    ipv4 = candidate(host);
    byte[] wide = Arrays.copyOf(new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8}, 16);
    System.arraycopy(host, 0, wide, 12, 4);
    ipv6 = settings.refusedIpv6() ? List.of(candidate(wide)) : List.of();
    retries = new RetrySchedule(settings.retry(), settings.race().connectionRacing(), random);
    roundTrip = random.nextLong(MS, 20 * MS);
    answer = random.nextLong(5 * MS, 50 * MS);
  }

  private static Candidate candidate(byte[] address) {
    try {
      return new Candidate(new InetSocketAddress(InetAddress.getByAddress(address), 554));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // 4 or 16 bytes are an address
    }
  }

  int number() {
    return number;
  }

  /** A stream that is new to its process begins. */
  void begins() {
    enter();
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
    Permit permit = limiter.acquire(this, storm.now());
    if (permit == null) {
      storm.waits();
    } else {
      begin(permit);
    }
  }

  private Strategy racing() {
    Strategy asked = settings.race().connectionRacing();
    return asked == Strategy.AUTO ? retries.racing() : asked;
  }

  @Override
  public String host() {
    return ipv4.toString();
  }

  @Override
  public boolean granted(Permit permit) {
    storm.at(storm.now(), () -> begin(permit));
    return true;
  }

  private void begin(Permit permit) {
    inProgress.clear();
    race =
        new Race(
            host(),
            1,
            settings.race().toBuilder().connectionRacing(racing()).build(),
            Comparator.comparing(Candidate::family),
            RaceHistory.UNKNOWN,
            permit,
            storm.now());
    race.handle(
        storm.now(),
        List.of(
            new RaceEvent.Resolved(0, Family.IPV6, ipv6),
            new RaceEvent.Resolved(0, Family.IPV4, List.of(ipv4))));
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
    long deadline = current.deadline().orElse(Timing.NOT_YET);
    if (deadline >= 0 && deadline != armedFor) {
      armedFor = deadline;
      storm.at(deadline, () -> wake(current, deadline));
    }
  }

  private void wake(Race of, long deadline) {
    if (of == race && deadline == armedFor) {
      armedFor = Timing.NOT_YET;
      drain();
    }
  }

  @Override
  public void dial(int attempt, Candidate candidate) {
    inProgress.add(attempt);
    storm.dialled(this);
    for (long sent : SynTimetable.LINUX_DEFAULT.syns(storm.now(), Timing.NEVER)) {
      if (!storm.isDark(sent)) {
        Race dialling = race();
        if (candidate.family() == Family.IPV6) {
          storm.at(sent + roundTrip, () -> refused(dialling, attempt));
          return;
        }
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

  private void refused(Race of, int attempt) {
    if (of == race && inProgress.contains(attempt)) {
      ended(attempt);
      of.handle(storm.now(), new RaceEvent.Ended(attempt, Cause.REFUSED));
      drain();
    }
  }

  private void ended(int attempt) {
    if (inProgress.remove(attempt)) {
      storm.dialEnded(this);
    }
  }

  @Override
  public void close(int attempt, Outcome outcome) {
    ended(attempt);
  }

  @Override
  public void decide(Result result, int winner) {
    if (result == Result.WON) {
      retries.raced(race().report());
      retries.mediaCame(storm.now());
      storm.isBack(this);
    } else {
      retry(retries.tryFailed(storm.now(), TryFailure.OTHER));
    }
  }
}
