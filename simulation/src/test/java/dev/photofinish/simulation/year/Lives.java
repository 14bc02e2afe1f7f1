package dev.photofinish.simulation.year;

import dev.photofinish.simulation.year.Stretch.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;

/** Draws lives: every parameter of the model that is not the client's. */
final class Lives {
  private static final long MS = Duration.ofMillis(1).toNanos();
  private static final long SECOND = 1000 * MS;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;
  private static final long YEAR = 365 * DAY;

  private static final List<Kind> PLAIN = List.of(Kind.STABLE, Kind.LOSSY, Kind.LIMITED);
  private static final List<Long> CHANGES = List.of(HOUR, DAY, WEEK);
  private static final List<Limit> LIMITS =
      List.of(Limit.DROPS_OLDER, Limit.REJECTS_NEW, Limit.QUEUES);

  private final Random random;
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Visit> visits = new ArrayList<>();

  private Lives(long seed) {
    random = new Random(seed);
  }

  /** A year. */
  static Life of(Kind kind, long seed) {
    Lives lives = new Lives(31 * seed + kind.name().hashCode());
    int n = 0;
    for (long at = 0; at < YEAR; n++) {
      long next = Math.min(YEAR, at + lives.length(kind));
      lives.stretch(lives.plain(kind, n), at, next);
      at = next;
    }
    return new Life(lives.stretches, lives.faults, lives.visits, YEAR);
  }

  private long length(Kind kind) {
    return switch (kind) {
      case STABLE, LIMITED, MIXED -> WEEK;
      case LOSSY -> DAY;
      case CHANGING -> oneOf(CHANGES);
    };
  }

  /** What the n-th stretch of a life is like. */
  private Kind plain(Kind kind, int n) {
    return switch (kind) {
      case STABLE, LOSSY, LIMITED -> kind;
      case MIXED -> PLAIN.get(n % PLAIN.size());
      case CHANGING -> oneOf(PLAIN);
    };
  }

  private void stretch(Kind kind, long from, long to) {
    Stretch stretch =
        switch (kind) {
          case LOSSY -> new Stretch(from, lossy(), 20 * MS, 60 * MS, Limit.NONE, 0);
          case LIMITED -> limited(from);
          default -> new Stretch(from, 0.001, 2 * MS, 40 * MS, Limit.NONE, 0);
        };
    stretches.add(stretch);
    List<Fault> drawn = new ArrayList<>(usual(from, to));
    if (kind == Kind.LOSSY) {
      drawn.addAll(ofRadio(stretch.loss(), from, to));
    } else if (kind == Kind.LIMITED) {
      drawn.addAll(blips(6 * HOUR, 2, 10, from, to));
      visit(from, to);
    }
    drawn.sort(Comparator.comparingLong(Fault::at));
    drawn.forEach(this::addUnlessOneIsOn);
  }

  private double lossy() {
    return 0.1 + 0.3 * random.nextDouble();
  }

  private Stretch limited(long from) {
    long answer = between(50 * MS, 500 * MS);
    return new Stretch(
        from, 0.002, 5 * MS, answer, oneOf(LIMITS), between(10 * SECOND, 60 * SECOND));
  }

  private void addUnlessOneIsOn(Fault fault) {
    if (faults.isEmpty() || faults.get(faults.size() - 1).over() < fault.at()) {
      faults.add(fault);
    }
  }

  /** What every camera meets: planned reboots, failing power, a server that restarts, blips. */
  private List<Fault> usual(long from, long to) {
    List<Fault> all = new ArrayList<>();
    all.addAll(every(WEEK, from, to, at -> new Fault(at, true, seconds(30, 60), seconds(2, 8))));
    all.addAll(
        every(
            30 * DAY,
            from,
            to,
            at -> new Fault(at, false, logBetween(MINUTE, 30 * MINUTE), seconds(2, 8))));
    all.addAll(
        every(3 * DAY, from, to, at -> new Fault(at, true, 0, between(500 * MS, 4 * SECOND))));
    all.addAll(blips(5 * DAY, 2, 15, from, to));
    return all;
  }

  /** Streams die, seen or not; the link is gone for seconds. */
  private List<Fault> ofRadio(double loss, long from, long to) {
    long mean = (long) (HOUR * 0.25 / loss);
    List<Fault> all =
        new ArrayList<>(every(mean, from, to, at -> new Fault(at, random.nextBoolean(), 0, 0)));
    all.addAll(blips(4 * HOUR, 1, 20, from, to));
    return all;
  }

  private List<Fault> blips(long mean, long least, long most, long from, long to) {
    return every(mean, from, to, at -> new Fault(at, false, seconds(least, most), 0));
  }

  private void visit(long from, long to) {
    long end = from;
    for (long at = from + pause(DAY); at + 30 * MINUTE < to; at = end + pause(DAY)) {
      end = at + 30 * MINUTE;
      visits.add(new Visit(at, end, seconds(10, 60), seconds(3, 10)));
    }
  }

  private List<Fault> every(long mean, long from, long to, LongFunction<Fault> fault) {
    List<Fault> all = new ArrayList<>();
    for (long at = from + pause(mean); at < to; at += pause(mean)) {
      all.add(fault.apply(at));
    }
    return all;
  }

  /** Exponentially distributed. */
  private long pause(long mean) {
    return (long) (-Math.log(1 - random.nextDouble()) * mean);
  }

  private long seconds(long least, long most) {
    return between(least * SECOND, most * SECOND);
  }

  private long between(long least, long most) {
    return least + (long) ((most - least) * random.nextDouble());
  }

  private long logBetween(long least, long most) {
    return (long) (least * Math.pow((double) most / least, random.nextDouble()));
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
