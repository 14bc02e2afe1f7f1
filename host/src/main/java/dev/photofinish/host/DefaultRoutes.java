package dev.photofinish.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The default routes as Linux lists them, so that another gateway is noticed from behind which the
 * host has the same addresses. Elsewhere, and where it may not be read, nothing.
 */
final class DefaultRoutes {
  /** The default routes come first; a table may have a million more. */
  private static final int MOST_LINES = 256;

  private DefaultRoutes() {}

  static String ofThisHost() {
    return of(Path.of("/proc/net/route"), DefaultRoutes::ipv4)
        + of(Path.of("/proc/net/ipv6_route"), DefaultRoutes::ipv6);
  }

  /** {@code " via GATEWAY on INTERFACE"} for each, in hexadecimal digits as the system has them. */
  static String of(Path table, Function<String[], Optional<String>> route) {
    try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
      List<String> all =
          lines
              .lines()
              .limit(MOST_LINES)
              .map(line -> line.strip().split("\\s+"))
              .flatMap(fields -> route.apply(fields).stream())
              .sorted()
              .toList();
      return all.stream().map(" "::concat).collect(Collectors.joining());
    } catch (IOException | RuntimeException e) {
      return ""; // no such table here
    }
  }

  /** Interface, destination, gateway, flags, two counters, metric, mask, ... */
  static Optional<String> ipv4(String[] fields) {
    boolean all = fields.length > 7 && isZero(fields[1]) && isZero(fields[7]);
    return all
        ? Optional.of("via " + fields[2] + " on " + fields[0] + " metric " + fields[6])
        : Optional.empty();
  }

  /** Destination, its length, source, its length, gateway, metric, ..., interface. */
  static Optional<String> ipv6(String[] fields) {
    boolean all = fields.length > 9 && isZero(fields[0]) && isZero(fields[1]);
    return all && !fields[9].equals("lo") // the kernel's own entry for what has no route
        ? Optional.of("via " + fields[4] + " on " + fields[9] + " metric " + fields[5])
        : Optional.empty();
  }

  private static boolean isZero(String digits) {
    return digits.matches("0+");
  }
}
