package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The UDP sockets of this process, as Linux lists them. */
final class UdpSockets {
  private UdpSockets() {}

  /** Waits until all are closed that were not open before. */
  static void awaitNoneBut(List<String> before, Duration bound) throws IOException {
    long end = System.nanoTime() + bound.toNanos();
    List<String> left = ofThisProcess();
    left.removeAll(before);
    while (!left.isEmpty() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
      left = ofThisProcess();
      left.removeAll(before);
    }
    assertThat(left).isEmpty();
  }

  /** Their inodes. */
  static List<String> ofThisProcess() throws IOException {
    List<String> inodes = new ArrayList<>();
    for (String file : List.of("/proc/net/udp", "/proc/net/udp6")) {
      Files.readAllLines(Path.of(file)).stream()
          .skip(1)
          .map(line -> line.strip().split("\\s+", -1)[9])
          .forEach(inodes::add);
    }
    List<String> ours = new ArrayList<>();
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        String target = target(file);
        if (target.startsWith("socket:[")
            && inodes.contains(target.substring(8, target.length() - 1))) {
          ours.add(target);
        }
      }
    }
    return ours;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
