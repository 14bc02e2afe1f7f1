package dev.photofinish.benchmarks.relay;

/**
 * So many readers of a stream of so many Mbit/s.
 *
 * @param udp whether they take it as datagrams, or else on their connections
 */
record Load(int readers, double mbits, boolean udp) {
  /** {@code 100x4} is 100 readers of 4 Mbit/s. */
  static Load parse(String text, boolean udp) {
    String[] parts = text.split("x", 2);
    return new Load(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), udp);
  }

  @Override
  public String toString() {
    return "%d x %s Mbit/s, %s".formatted(readers, mbits, udp ? "UDP" : "TCP");
  }
}
