package dev.photofinish.simulation.year;

import dev.photofinish.simulation.year.Stretch.Limit;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The camera and its network at one time of a life: who has the camera, and what gets through. */
final class Scene {
  static final long NEVER = Long.MAX_VALUE;

  /** OPTIONS, DESCRIBE twice, SETUP and PLAY. */
  static final int EXCHANGES = 5;

  private static final long FIRST_RESEND = 200_000_000;

  /** The holder of the one place of a limited camera. */
  enum Holder {
    NOBODY,
    US,
    /** A session of ours whose end the camera has not noticed. */
    GHOST,
    OTHER
  }

  private final Life.Reader life;
  private final Random random;
  private final Queue queue = new Queue();
  private Holder holder = Holder.NOBODY;
  private int heldBy;
  private long until;
  private long freeSince;
  private @Nullable Visit visiting;
  private @Nullable Visit satisfied;
  private long unseen;
  private long otherMissedAt = Long.MIN_VALUE / 2;

  Scene(Life life, Random random) {
    this.life = new Life.Reader(life);
    this.random = random;
  }

  Stretch stretch(long at) {
    return life.stretch(at);
  }

  @Nullable Fault fault(long at) {
    return life.fault(at);
  }

  /** What ends a connection that is open from {@code from} on, no later than {@code to}. */
  @Nullable Fault strikes(long from, long to) {
    Fault fault = life.fault(from);
    return fault != null && fault.at() <= to ? fault : null;
  }

  boolean lost(long at) {
    return random.nextDouble() < stretch(at).loss();
  }

  /** How long a request and its answer take, resent as TCP does. */
  long exchange(long at) {
    double answer = stretch(at).answer() * (0.7 + 0.6 * random.nextDouble());
    long time = stretch(at).roundTrip() + (long) answer;
    for (long resend = FIRST_RESEND; lost(at); resend *= 2) {
      time += resend;
    }
    return time;
  }

  Holder holder(long at) {
    if ((holder == Holder.GHOST || holder == Holder.OTHER) && until <= at) {
      if (holder == Holder.OTHER) {
        satisfied = visiting;
      }
      freeSince = until;
      holder = Holder.NOBODY;
    }
    return holder;
  }

  int heldBy() {
    return heldBy;
  }

  void take(int attempt, long at) {
    if (holder(at) == Holder.OTHER) {
      unseen = Math.min(unseen, until - at);
      otherMissedAt = at;
    }
    holder = Holder.US;
    heldBy = attempt;
  }

  /** The camera's system accepts a connection; its server may have to finish others first. */
  void queue(int attempt, long at) {
    queue.join(attempt, at);
  }

  /** When the server turns to the next that waits. */
  long service(long now) {
    if (queue.isEmpty() || holder(now) == Holder.US) {
      return NEVER;
    }
    return queue.nextAt(holder == Holder.NOBODY ? freeSince : until);
  }

  /** The attempt that the server turns to, 0 if it is one that was left. */
  int serve(long at) {
    return queue.next(at, stretch(at).answer());
  }

  /** The server starts again. */
  void restart() {
    queue.clear();
  }

  void leave(int attempt, long at) {
    queue.leave(attempt);
    if (holder == Holder.US && heldBy == attempt) {
      freeSince = at;
      holder = Holder.NOBODY;
    }
  }

  /** The camera does not learn of our end before its own timeout. */
  void leaveUnnoticed(long until) {
    holder = Holder.GHOST;
    this.until = until;
  }

  /** When the other client dials next. */
  long arrival(long now) {
    if (holder(now) == Holder.OTHER) {
      return NEVER;
    }
    for (Visit visit = life.visit(now); visit != null; visit = life.visit(visit.to())) {
      long at = Math.max(visit.from(), otherMissedAt + visit.pause());
      if (at < visit.to() && !visit.equals(satisfied)) {
        return at;
      }
    }
    return NEVER;
  }

  /** The other client dials; true if it takes the place. */
  boolean otherDials(long at) {
    Fault fault = life.fault(at);
    boolean away = fault != null && fault.at() <= at;
    Visit visit = life.visit(at);
    boolean free =
        stretch(at).limit() == Limit.DROPS_OLDER
            || (holder(at) == Holder.NOBODY && queue.isEmpty());
    if (away || visit == null || !free) {
      otherMissedAt = at;
      return false;
    }
    holder = Holder.OTHER;
    if (!visit.equals(visiting)) {
      visiting = visit;
      unseen = visit.wants();
    }
    until = at + EXCHANGES * stretch(at).answer() + unseen;
    return true;
  }
}
