package dev.photofinish.rtsp.stream;

import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.dialogue.EndReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A life of a stream in which anything that may happen does, drawn from a seed. */
final class RandomLife {
  private static final int STEPS = 60;
  private static final EndReason.Kind[] KINDS = EndReason.Kind.values();

  private final Random random;
  private final StreamScript script;
  private final List<String> open = new ArrayList<>();
  private int names;

  RandomLife(long seed) {
    random = new Random(seed);
    Strategy[] strategies = {
      Strategy.NONE, Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID
    };
    script = new StreamScript(StreamScript.LINEAR, strategies[random.nextInt(4)]);
  }

  void live() {
    script.open();
    for (int step = 0; step < STEPS && !script.isOver(); step++) {
      limits();
      step();
    }
    script.close();
    while (!open.isEmpty()) {
      script.end(open.remove(0), EndReason.Kind.LEFT);
    }
    script.assertOver();
  }

  private void limits() {
    script.limits.room = random.nextInt(4) > 0;
    script.limits.dropsOldest = random.nextBoolean();
    script.limits.admission =
        switch (random.nextInt(8)) {
          case 0 -> Admission.later(50_000_000, random.nextBoolean(), "later");
          case 1 -> Admission.refused("refused");
          default -> Admission.FREE;
        };
  }

  private void step() {
    switch (random.nextInt(9)) {
      case 0, 1 -> race();
      case 2 -> script.pass(random.nextInt(20_000));
      case 3 -> script.attemptEnds(end());
      default -> connection();
    }
  }

  private void race() {
    if (!script.isRacing()) {
      script.pass(random.nextInt(1000));
    } else if (random.nextInt(3) > 0) {
      String name = "c" + names++;
      open.add(name);
      script.win(name);
    } else if (random.nextBoolean()) {
      script.loseRace();
    } else {
      script.breakRace(random.nextBoolean() ? "Too many open files" : "broken");
    }
  }

  private void connection() {
    if (open.isEmpty()) {
      return;
    }
    String name = open.get(random.nextInt(open.size()));
    switch (random.nextInt(9)) {
      case 6 -> script.pause(name);
      case 7 -> script.resume(name);
      case 8 -> script.resume();
      case 0, 1 -> script.mediaFor(name, random.nextInt(12_000));
      case 2 -> script.stall(name);
      case 3 ->
          script.silent(name, random.nextBoolean() ? EndReason.Kind.DEAD : EndReason.Kind.STALLED);
      case 4 -> script.goodbye(name);
      default -> {
        open.remove(name);
        script.end(name, end());
      }
    }
  }

  private EndReason end() {
    return switch (random.nextInt(4)) {
      case 0 -> StreamScript.redirect("rtsp://other/b");
      case 1 -> StreamScript.full(Duration.ofSeconds(random.nextInt(60)));
      default -> kind();
    };
  }

  /** The kinds that end a stream for good are rare: else every life is short. */
  private EndReason kind() {
    EndReason.Kind kind = KINDS[random.nextInt(KINDS.length)];
    boolean rare =
        kind == EndReason.Kind.UNAUTHORIZED
            || kind == EndReason.Kind.LOGIN_NEEDED
            || kind == EndReason.Kind.LOGIN_UNKNOWN
            || kind == EndReason.Kind.PLAYED_TO_THE_END;
    return new EndReason(rare && random.nextInt(5) > 0 ? EndReason.Kind.CLOSED : kind, "drawn");
  }
}
