package dev.photofinish.simulation;

import dev.photofinish.race.Race;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contract a second time: a whole scenario, its network included, played by the plainest
 * reading of each sentence. It shares no code with {@link Race} and is as slow as it is obvious:
 * before every step it derives everything from the list of attempts. {@link DifferentialTest} holds
 * the two against each other.
 *
 * <p>Reads the scenario file's own maps. Times are nanoseconds from the start of the race.
 */
final class NaiveRace {
  private static final long MS = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long FLOOR = 10 * MS;

  /** One attempt and what its network will do to it. */
  static final class Try {
    final int number;
    final String address;
    final long start;
    final int phase;
    long connectAt = NEVER;
    long readyAt = NEVER;
    long failAt = NEVER;
    String failCause = "";
    long connected = -1;
    long ready = -1;
    long progress;
    long end = -1;
    String outcome = "";
    String cause = "";

    Try(int number, String address, long start, int phase) {
      this.number = number;
      this.address = address;
      this.start = start;
      this.progress = start;
      this.phase = phase;
    }

    boolean inProgress() {
      return end < 0 && ready < 0;
    }

    boolean held() {
      return end < 0 && ready >= 0;
    }

    boolean open() {
      return end < 0;
    }
  }

  private final String strategy;
  private final int most;
  private final boolean auto;
  private final long fixedDelay;
  private final double multiplier;
  private final long timeout;
  private final long resolutionDelay;
  private final boolean redial;
  private final boolean renewal;
  private final int familyCount;
  private final Map<String, ?> scenario;
  private final @Nullable Device device;
  private final Map<String, ?> history;

  private final List<Try> tries = new ArrayList<>();
  private final List<Map<String, ?>> answered = new ArrayList<>();
  private final List<Map<String, ?>> outstanding = new ArrayList<>();
  private final long cancelAt;
  private long now;
  private long next;
  private int phase = 1;
  private long phaseStart;
  private boolean lastWins;
  private boolean evidence;
  private int startsBeforeEvidence;

  private String result = "";
  private @Nullable Try winner;
  private long decidedAt = -1;

  /** A connection-limited device of the scenario file. */
  private record Device(int limit, String policy, long connect, long answer) {}

  NaiveRace(Map<String, ?> scenario) {
    this.scenario = scenario;
    Map<String, ?> options = map(scenario.get("options"));
    strategy = text(options, "connection-racing", "none");
    most = (int) number(options, "max-parallel-connections", 3);
    auto = "auto".equals(options.get("racing-delay-ms"));
    fixedDelay = number(options, "racing-delay-ms", 250) * MS;
    multiplier = number(options, "racing-delay-multiplier", 1);
    timeout = number(options, "racing-timeout-ms", 5000) * MS;
    resolutionDelay = number(options, "resolution-delay-ms", 50) * MS;
    redial = !Boolean.FALSE.equals(options.get("redial"));
    renewal = !Boolean.FALSE.equals(options.get("renewal"));
    familyCount = (int) number(options, "preferred-address-family-count", 1);
    history =
        Boolean.FALSE.equals(options.get("history")) ? Map.of() : map(scenario.get("history"));
    cancelAt = scenario.containsKey("cancel-at") ? number(scenario, "cancel-at", 0) * MS : NEVER;
    lastWins = strategy.equals("last-wins");
    if (scenario.containsKey("resolution")) {
      list(scenario.get("resolution")).forEach(answer -> outstanding.add(map(answer)));
    }
    device = scenario.containsKey("device") ? device(map(scenario.get("device"))) : null;
  }

  private static Device device(Map<String, ?> map) {
    return new Device(
        (int) number(map, "limit", 1),
        text(map, "policy", ""),
        number(map, "connect", 0) * MS,
        number(map, "answer", 0) * MS);
  }

  Played play() {
    while (decidedAt < 0) {
      if (!nextEvent() && decidedAt < 0 && !nextOfTheClock() && decidedAt < 0) {
        now = nextMoment();
      }
    }
    return new Played(
        result,
        winner == null ? 0 : winner.number,
        decidedAt,
        tries.stream().map(this::line).toList());
  }

  // Rule 8: progress and readiness, failures and evictions, answers, the cancel.

  private boolean nextEvent() {
    for (Try t : tries) {
      if (t.inProgress() && t.connected < 0 && t.connectAt <= now && t.connectAt <= t.readyAt) {
        connect(t);
        return true;
      }
      if (t.inProgress() && t.readyAt <= now) {
        ready(t);
        return true;
      }
    }
    for (Try t : tries) {
      if (t.open() && t.failAt <= now) {
        fail(t, t.failCause);
        return true;
      }
      if (t.inProgress() && mayTakeUntil(t) <= now && mayTakeUntil(t) < timeout) {
        fail(t, "timeout");
        return true;
      }
    }
    for (Map<String, ?> answer : outstanding) {
      if (number(answer, "at", 0) * MS <= now) {
        outstanding.remove(answer);
        answered.add(answer);
        failWhenNothingIsLeft();
        return true;
      }
    }
    if (failWhenNothingIsLeft()) {
      return true;
    }
    if (cancelAt <= now) {
      decide("cancelled", null, "cancelled");
      return true;
    }
    return false;
  }

  private void connect(Try t) {
    t.connected = now;
    t.progress = now;
    if (device != null) {
      List<Try> there =
          tries.stream()
              .filter(o -> o.open() && o.connected >= 0 && o.failAt > now && o.number != t.number)
              .toList();
      if (there.size() < device.limit) {
        t.readyAt = now + device.answer;
      } else if (device.policy.equals("drop-oldest")) {
        Try oldest = there.stream().min(Comparator.comparingLong(o -> o.connected)).get();
        oldest.failAt = now;
        oldest.failCause = "closed";
        t.readyAt = now + device.answer;
      } else if (device.policy.equals("reject-new")) {
        t.failAt = now;
        t.failCause = "reset";
      }
    }
  }

  private void ready(Try t) {
    t.connected = t.connected < 0 ? now : t.connected;
    t.ready = now;
    if (!lastWins) {
      decide("won", t, "cancelled");
      return;
    }
    for (Try older : tries) {
      if (older.number < t.number && older.open()) {
        end(older, older.held() ? "replaced" : "cancelled", "");
      }
    }
  }

  private void fail(Try t, String cause) {
    boolean evicted = t.connected >= 0 && (cause.equals("closed") || cause.equals("reset"));
    end(t, evicted ? "evicted" : "failed", cause);
    if (strategy.equals("hybrid") && phase == 1 && !evidence && evicted) {
      lookForEvidence(t);
    }
    failWhenNothingIsLeft();
  }

  private void lookForEvidence(Try j) {
    for (Try k : tries) {
      if (k.number > j.number && k.connected >= 0 && now - k.connected <= 100 * MS) {
        evidence = true;
      }
    }
    if (evidence) {
      startsBeforeEvidence = tries.size();
      int newest = tries.stream().filter(Try::inProgress).mapToInt(o -> o.number).max().orElse(0);
      for (Try older : tries) {
        if (older.inProgress() && older.number < newest) {
          end(older, "cancelled", "");
        }
      }
    }
  }

  // Rule 8: the decision for a held attempt, the race's timeout, starts.

  private boolean nextOfTheClock() {
    boolean outOfTime = now >= phaseStart + timeout;
    for (Try k : tries) {
      if (k.held() && (outOfTime || heldWins(k))) {
        decide("won", k, "cancelled");
        return true;
      }
    }
    if (outOfTime) {
      endOfRace("timed-out");
      return true;
    }
    return start();
  }

  private boolean heldWins(Try k) {
    boolean newerAreOld =
        tries.stream()
            .filter(o -> o.number > k.number && o.inProgress())
            .allMatch(o -> now - o.start >= Math.max(3, most) * d(o.address));
    return newerAreOld && !moreMayStart();
  }

  /** Whether an attempt may start now or later, going by the candidates known now. */
  private boolean moreMayStart() {
    if (lastWins && startsOfPhase() >= most) {
      return false;
    }
    if (evidence && tries.size() - startsBeforeEvidence >= most) {
      return false;
    }
    return order().stream().anyMatch(this::mayEverBeDialled);
  }

  private boolean mayEverBeDialled(String address) {
    List<Try> of = triesOf(address);
    boolean again = redial && !strategy.equals("none");
    return of.isEmpty() || (again && of.stream().noneMatch(this::endedDefinitively));
  }

  private boolean endedDefinitively(Try t) {
    return switch (t.cause) {
      case "", "timeout" -> false;
      case "closed" -> !(t.connected >= 0 && (lastWins || evidence));
      default -> true;
    };
  }

  private boolean failWhenNothingIsLeft() {
    if (tries.stream().anyMatch(Try::open) || moreMayStart() || !outstanding.isEmpty()) {
      return false;
    }
    endOfRace("failed");
    return true;
  }

  private void endOfRace(String how) {
    for (Try t : tries) {
      if (t.open()) {
        end(t, "timed-out", "");
      }
    }
    boolean pointless =
        tries.stream()
            .allMatch(t -> List.of("refused", "unreachable", "local", "tls").contains(t.cause));
    if (strategy.equals("hybrid") && phase == 1 && !evidence && !pointless) {
      phase = 2;
      phaseStart = now;
      lastWins = true;
      failWhenNothingIsLeft();
    } else {
      decide(how, null, "timed-out");
    }
  }

  private boolean start() {
    if (!mayDialYet() || !floorAllows() || !moreMayStart()) {
      return false;
    }
    String next = next();
    if (next == null || !strategyAllows()) {
      return false;
    }
    if (tries.stream().filter(Try::open).count() >= most && !retireOne()) {
      return false;
    }
    dial(next);
    return true;
  }

  private boolean floorAllows() {
    return tries.stream().allMatch(t -> t.cause.equals("local") || now - t.start >= FLOOR);
  }

  private boolean strategyAllows() {
    boolean busy = tries.stream().anyMatch(Try::inProgress);
    boolean holding = tries.stream().anyMatch(Try::held);
    if (strategy.equals("none") || evidence) {
      return !busy;
    }
    if (lastWins) {
      return (!busy && !holding) || now >= plannedStart();
    }
    long gap = tries.isEmpty() ? 0 : gap(tries.size(), tries.get(tries.size() - 1));
    return tries.stream().noneMatch(t -> t.inProgress() && now - t.progress < gap);
  }

  /** Attempt k starts at (k-1)·d, from the first start of its race. */
  private long plannedStart() {
    List<Try> here = tries.stream().filter(t -> t.phase == phase).toList();
    long planned = here.get(0).start;
    for (int n = 1; n <= here.size(); n++) {
      planned += gap(n, here.get(n - 1));
    }
    return planned;
  }

  /** The n-th gap, which follows the n-th attempt. */
  private long gap(int n, Try nth) {
    return (long) Math.min(d(nth.address) * Math.pow(multiplier, n - 1), 2000.0 * MS);
  }

  /**
   * With auto and history for the candidate, clamp(max(2·smoothed, 95th percentile), 100, 2000).
   */
  private long d(String address) {
    if (!auto || !history.containsKey(address)) {
      return fixedDelay;
    }
    Map<String, ?> known = map(history.get(address));
    long smoothed = number(known, "smoothed", 0);
    long wanted = Math.max(2 * smoothed, number(known, "percentile95", smoothed));
    return Math.min(Math.max(wanted, 100), 2000) * MS;
  }

  private boolean retireOne() {
    for (Try t : tries) {
      if (renewal && !lastWins && !evidence && t.inProgress() && t.connected < 0 && isPatient(t)) {
        end(t, "retired", "");
        return true;
      }
    }
    return false;
  }

  /** With history for the candidate max(3·d, most·d, 4·(smoothed + 4·deviation)), else doubled. */
  private boolean isPatient(Try t) {
    long least = Math.max(3, most) * d(t.address);
    if (history.containsKey(t.address)) {
      return now - t.start >= Math.max(least, needed(t.address));
    }
    long before = triesOf(t.address).stream().filter(o -> o.number < t.number).count();
    return now - t.start >= least * (1L << Math.min(before / most, 30));
  }

  private long needed(String address) {
    Map<String, ?> known = map(history.get(address));
    return 4 * (number(known, "smoothed", 0) + 4 * number(known, "deviation", 0)) * MS;
  }

  private void dial(String address) {
    int earlier = (int) tries.stream().filter(t -> t.address.equals(address)).count();
    Try t = new Try(tries.size() + 1, address, now, phase);
    tries.add(t);
    if (device != null) {
      t.connectAt = now + device.connect;
      return;
    }
    List<?> entries = list(map(scenario.get("network")).get(address));
    Map<String, ?> entry = map(entries.get(Math.min(earlier, entries.size() - 1)));
    t.connectAt = at(entry, "connect");
    t.readyAt = at(entry, "ready");
    t.failAt = Math.min(at(entry, "fail"), at(entry, "closed"));
    t.failCause = entry.containsKey("closed") ? "closed" : text(entry, "cause", "");
  }

  /** Going by the candidates known now: an answer that comes later leaves less for this one. */
  private long mayTakeUntil(Try t) {
    if (!strategy.equals("none")) {
      return NEVER;
    }
    long left = 1 + order().stream().filter(this::mayEverBeDialled).count();
    return t.start + Math.max(2000 * MS, (timeout - t.start) / left);
  }

  private long at(Map<String, ?> entry, String key) {
    return entry.containsKey(key) ? now + number(entry, key, 0) * MS : NEVER;
  }

  // Rule 5 and resolution.

  private @Nullable String next() {
    return order().stream()
        .filter(this::mayEverBeDialled)
        .filter(a -> triesOf(a).stream().allMatch(t -> now - t.start >= d(a)))
        .min(Comparator.comparingInt(a -> triesOf(a).size()))
        .orElse(null);
  }

  private List<Try> triesOf(String address) {
    return tries.stream().filter(t -> t.phase == phase && t.address.equals(address)).toList();
  }

  private int startsOfPhase() {
    return (int) tries.stream().filter(t -> t.phase == phase).count();
  }

  private boolean mayDialYet() {
    if (scenario.containsKey("candidates")) {
      return true;
    }
    return answered.stream()
        .anyMatch(a -> isIpv6(a) || now - number(a, "at", 0) * MS >= resolutionDelay);
  }

  private static boolean isIpv6(Map<String, ?> answer) {
    return "ipv6".equals(answer.get("family"));
  }

  private List<String> order() {
    if (scenario.containsKey("candidates")) {
      return strings(scenario.get("candidates"));
    }
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (Map<String, ?> answer : answered) {
      (isIpv6(answer) ? first : second).addAll(strings(answer.get("addresses")));
    }
    List<String> order = new ArrayList<>();
    for (int i = 1; i < familyCount && !first.isEmpty(); i++) {
      order.add(first.remove(0));
    }
    while (!first.isEmpty() || !second.isEmpty()) {
      if (!first.isEmpty()) {
        order.add(first.remove(0));
      }
      if (!second.isEmpty()) {
        order.add(second.remove(0));
      }
    }
    return order;
  }

  // The end.

  private void end(Try t, String outcome, String cause) {
    t.end = now;
    t.outcome = outcome;
    t.cause = cause;
  }

  private void decide(String how, @Nullable Try won, String others) {
    result = how;
    winner = won;
    decidedAt = now;
    for (Try t : tries) {
      if (t.open()) {
        end(t, t == won ? "won" : others, "");
      }
    }
  }

  /** The next moment at which anything might change; most of them are far too early. */
  private long nextMoment() {
    next = NEVER;
    consider(phaseStart + timeout);
    consider(cancelAt);
    outstanding.forEach(a -> consider(number(a, "at", 0) * MS));
    answered.forEach(a -> consider(number(a, "at", 0) * MS + resolutionDelay));
    for (Try t : tries) {
      consider(t.connectAt);
      consider(t.readyAt);
      consider(t.failAt);
      consider(mayTakeUntil(t));
      consider(t.start + FLOOR);
      consider(t.start + d(t.address));
      consider(t.progress + gap(startsOfPhase(), tries.get(tries.size() - 1)));
      consider(t.start + needed(t.address));
      for (int doublings = 0; doublings <= Math.min(tries.size() / most, 30); doublings++) {
        consider(t.start + Math.max(3, most) * d(t.address) * (1L << doublings));
      }
    }
    if (lastWins && startsOfPhase() > 0) {
      consider(plannedStart());
    }
    return next;
  }

  private void consider(long moment) {
    if (moment > now && moment < next) {
      next = moment;
    }
  }

  /** The outcome, to be compared with the report of {@link Race}. */
  record Played(String result, int winner, long decidedAt, List<Line> attempts) {}

  /** One attempt of it; times in milliseconds, -1 for what did not happen. */
  record Line(
      int number,
      String address,
      double start,
      double connected,
      double ready,
      double end,
      String outcome,
      String cause) {}

  private Line line(Try t) {
    return new Line(
        t.number,
        t.address,
        millis(t.start),
        millis(t.connected),
        millis(t.ready),
        millis(t.end),
        t.outcome,
        t.cause);
  }

  static double millis(long nanos) {
    return nanos < 0 ? -1 : nanos / (double) MS;
  }

  private static long number(Map<String, ?> map, String key, long otherwise) {
    return map.get(key) instanceof Number number ? number.longValue() : otherwise;
  }

  private static String text(Map<String, ?> map, String key, String otherwise) {
    return map.get(key) instanceof String text ? text : otherwise;
  }

  private static List<String> strings(@Nullable Object list) {
    return list(list).stream().map(String::valueOf).toList();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked") // a scenario is JSON: its maps have strings for keys
  private static Map<String, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
  }
}
