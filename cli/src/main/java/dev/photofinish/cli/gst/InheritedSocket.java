package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.UsageException;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A check of the descriptor that a process inherits, by what Linux says of it. */
final class InheritedSocket {
  private static final int NONBLOCK = 0x800;
  private static final String FLAGS = "flags:";

  private InheritedSocket() {}

  /** Wrong use unless it is a socket that can be read and written without blocking. */
  static int check(int descriptor) {
    if (!Epoll.isAvailable()) {
      throw new UsageException("--socket needs Linux, and its epoll");
    }
    Path self = Path.of("/proc/self");
    try {
      Path what = Files.readSymbolicLink(self.resolve("fd/" + descriptor));
      if (!what.toString().startsWith("socket:")) {
        throw wrong(descriptor, "is no socket");
      }
      if ((flags(Files.readAllLines(self.resolve("fdinfo/" + descriptor))) & NONBLOCK) == 0) {
        throw wrong(descriptor, "blocks");
      }
    } catch (IOException e) {
      throw wrong(descriptor, "is not open");
    }
    return descriptor;
  }

  private static int flags(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(FLAGS))
        .mapToInt(line -> Integer.parseInt(line.substring(FLAGS.length()).strip(), 8))
        .findFirst()
        .orElse(0);
  }

  private static UsageException wrong(int descriptor, String what) {
    return new UsageException(
        "--socket: descriptor "
            + descriptor
            + " "
            + what
            + "; expected a connected Unix socket that does not block");
  }
}
