package dev.photofinish.benchmarks.relay;

/**
 * The packets that readers have got. One thread counts, any may read.
 *
 * @param bytes of RTP packets, their headers included
 * @param lost packets whose number was left out, or came later
 */
record Totals(long bytes, long packets, long lost) {
  Totals minus(Totals earlier) {
    return new Totals(bytes - earlier.bytes, packets - earlier.packets, lost - earlier.lost);
  }

  double gibibytes() {
    return bytes / (double) (1 << 30);
  }
}
