package dev.photofinish.simulation.year;

import java.util.List;

/**
 * The life of a camera and its network, whatever the client does. Times are nanoseconds from its
 * beginning.
 *
 * @param stretches in order, the first from 0
 * @param faults in order; none begins before the one before it is over
 * @param visits in order, not overlapping
 */
record Life(List<Stretch> stretches, List<Fault> faults, List<Visit> visits, long end) {

  /** Reads a life forward; times asked about may go back only a little. */
  static final class Reader {
    private final Life life;
    private int stretch;
    private int fault;
    private int visit;

    Reader(Life life) {
      this.life = life;
    }

    Stretch stretch(long at) {
      while (stretch + 1 < life.stretches.size() && life.stretches.get(stretch + 1).from() <= at) {
        stretch++;
      }
      return life.stretches.get(stretch);
    }

    /** The fault that is on at {@code at}, or the next one; null after the last. */
    @org.jspecify.annotations.Nullable
    Fault fault(long at) {
      while (fault > 0 && life.faults.get(fault - 1).over() > at) {
        fault--;
      }
      while (fault < life.faults.size() && life.faults.get(fault).over() <= at) {
        fault++;
      }
      return fault < life.faults.size() ? life.faults.get(fault) : null;
    }

    /** The visit that is on at {@code at}, or the next one; null after the last. */
    @org.jspecify.annotations.Nullable
    Visit visit(long at) {
      while (visit < life.visits.size() && life.visits.get(visit).to() <= at) {
        visit++;
      }
      return visit < life.visits.size() ? life.visits.get(visit) : null;
    }
  }
}
