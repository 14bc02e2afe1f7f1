package dev.photofinish.benchmarks.receiving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The kernel's counters of datagrams, of the whole machine.
 *
 * @param received delivered to sockets
 * @param dropped at sockets that were full
 */
record UdpCounters(long received, long dropped) {
  /** Those of {@code /proc/net/snmp}. */
  static UdpCounters now() throws IOException {
    List<List<String>> udp =
        Files.readAllLines(Path.of("/proc/net/snmp")).stream()
            .filter(line -> line.startsWith("Udp:"))
            .map(line -> Arrays.asList(line.split(" ", -1)))
            .toList();
    return new UdpCounters(counter(udp, "InDatagrams"), counter(udp, "RcvbufErrors"));
  }

  /** A line of names, a line of values. */
  private static long counter(List<List<String>> udp, String name) {
    return Long.parseLong(udp.get(1).get(udp.get(0).indexOf(name)));
  }

  /** The part of the datagrams since then that was dropped. */
  double lostSince(UdpCounters before) {
    double lost = dropped - before.dropped;
    return lost / Math.max(1, lost + received - before.received);
  }
}
