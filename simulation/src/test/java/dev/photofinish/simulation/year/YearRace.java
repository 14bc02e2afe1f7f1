package dev.photofinish.simulation.year;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.simulation.year.Stretch.Limit;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** One race in the scene of a life, on the virtual clock. */
final class YearRace implements RaceCommand.Driver {
  /** When Linux sends a SYN again, from the first. */
  private static final long[] SYNS = {0, 1_000_000_000L, 3_000_000_000L};

  private static final Candidate CAMERA =
      new Candidate(0, new InetSocketAddress("192.0.2.1", 554), null);

  private record Happening(long at, int attempt, RaceEvent event) {}

  private final Scene scene;
  private final Race race;
  private final PriorityQueue<Happening> happenings =
      new PriorityQueue<>(
          Comparator.comparingLong(Happening::at).thenComparingInt(Happening::attempt));

  /** SYNs that are on their way to be accepted: when they are, by attempt. */
  private final Map<Integer, Long> underWay = new HashMap<>();

  private long now;
  private int dials;
  private int ownDrops;
  private int winner;
  private long strayAt = Scene.NEVER;

  YearRace(Scene scene, RaceOptions options, long start) {
    this.scene = scene;
    now = start;
    race = new Race("camera", 1, options, Comparator.comparing(Candidate::family), start);
    race.handle(now, new RaceEvent.Resolved(0, Family.IPV4, List.of(CAMERA)));
    race.handle(now, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
  }

  RaceReport run() {
    drain();
    while (!race.isDecided()) {
      long arrival = Math.max(now, scene.arrival(now));
      long service = Math.max(now, scene.service(now));
      now =
          Math.min(
              Math.min(race.deadline().orElseThrow(), nextHappening()), Math.min(service, arrival));
      if (arrival == now) {
        otherDials();
      }
      for (long at = scene.service(now); at <= now; at = scene.service(now)) {
        serve(at);
      }
      while (nextHappening() <= now) {
        happen(happenings.remove());
      }
      drain();
    }
    return race.report();
  }

  long now() {
    return now;
  }

  int dials() {
    return dials;
  }

  int ownDrops() {
    return ownDrops;
  }

  /** 0 unless won. */
  int winner() {
    return winner;
  }

  /** When the camera accepts a SYN of a loser that could not be called back. */
  long strayAt() {
    return strayAt;
  }

  private void drain() {
    for (RaceCommand c = race.poll(now); c != null; c = race.poll(now)) {
      c.run(this);
    }
  }

  private long nextHappening() {
    Happening next = happenings.peek();
    return next == null ? Scene.NEVER : next.at();
  }

  private void otherDials() {
    boolean ours = scene.holder(now) == Scene.Holder.US;
    int victim = scene.heldBy();
    if (scene.otherDials(now) && ours) {
      end(victim, Cause.CLOSED);
    }
  }

  private void happen(Happening happening) {
    if (happening.event() instanceof RaceEvent.Reached reached
        && reached.stage() == Stage.CONNECTED) {
      race.handle(now, reached);
      accepted(reached.attempt());
    } else if (happening.event() instanceof RaceEvent.Ended ended) {
      end(ended.attempt(), ended.cause());
    } else {
      race.handle(now, happening.event());
    }
  }

  private void serve(long at) {
    int attempt = scene.serve(at);
    if (attempt != 0) {
      scene.take(attempt, now);
      answer(attempt);
    }
  }

  private void accepted(int attempt) {
    underWay.remove(attempt);
    Limit limit = scene.stretch(now).limit();
    if (limit == Limit.QUEUES) {
      scene.queue(attempt, now);
      return;
    }
    if (limit == Limit.REJECTS_NEW && scene.holder(now) != Scene.Holder.NOBODY) {
      end(attempt, Cause.RESET);
      return;
    }
    if (limit == Limit.DROPS_OLDER && scene.holder(now) == Scene.Holder.US) {
      ownDrops++;
      end(scene.heldBy(), Cause.CLOSED);
    }
    if (limit != Limit.NONE) {
      scene.take(attempt, now);
    }
    answer(attempt);
  }

  private void answer(int attempt) {
    long ready = now + scene.exchange(now);
    Fault fault = scene.strikes(now, ready);
    if (fault == null) {
      happenings.add(new Happening(ready, attempt, new RaceEvent.Reached(attempt, Stage.READY)));
    } else if (fault.seen()) {
      happenings.add(
          new Happening(
              Math.max(now, fault.at()), attempt, new RaceEvent.Ended(attempt, Cause.CLOSED)));
    }
  }

  private void end(int attempt, Cause cause) {
    race.handle(now, new RaceEvent.Ended(attempt, cause));
    forget(attempt);
  }

  private void forget(int attempt) {
    scene.leave(attempt, now);
    happenings.removeIf(happening -> happening.attempt() == attempt);
  }

  @Override
  public void dial(int attempt, Candidate candidate) {
    dials++;
    for (long syn : SYNS) {
      long sent = now + syn;
      Fault fault = scene.fault(sent);
      boolean silent = fault != null && fault.at() <= sent && sent < fault.answersAt();
      if (!silent && !scene.lost(sent)) {
        boolean refused = fault != null && fault.at() <= sent;
        arrives(attempt, sent, refused);
        return;
      }
    }
  }

  private void arrives(int attempt, long sent, boolean refused) {
    long at = sent + scene.stretch(sent).roundTrip();
    if (refused) {
      happenings.add(new Happening(at, attempt, new RaceEvent.Ended(attempt, Cause.REFUSED)));
    } else {
      underWay.put(attempt, sent);
      happenings.add(new Happening(at, attempt, new RaceEvent.Reached(attempt, Stage.CONNECTED)));
    }
  }

  @Override
  public void close(int attempt, Outcome outcome) {
    Long sent = underWay.remove(attempt);
    if (sent != null && sent <= now) {
      strayAt = sent + scene.stretch(sent).roundTrip();
    }
    forget(attempt);
  }

  @Override
  public void decide(Result result, int won) {
    winner = won;
  }
}
