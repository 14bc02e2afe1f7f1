package dev.photofinish.simulation.year;

/**
 * A fault that takes the picture away. Times are nanoseconds.
 *
 * @param at from the beginning of the life
 * @param seen whether the connection is closed or reset, so that the client knows at once; else the
 *     client has to notice the silence
 * @param silent how long nothing is answered
 * @param refused how long dials are refused after that: the host is up, its server is not
 */
record Fault(long at, boolean seen, long silent, long refused) {
  long answersAt() {
    return at + silent;
  }

  long over() {
    return at + silent + refused;
  }
}
