package dev.photofinish.camera.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback for servers of other programs, which have to be told one before they take
 * it. A port that the system chooses may be given to somebody else in between; these are of those
 * that it gives to nobody by itself.
 */
public final class ServerPort {
  private static final Path SYSTEMS_OWN = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LEAST = 10_000;
  private static final int USUAL_FIRST = 32_768;
  private static final int MOST_TRIES = 100;

  private ServerPort() {}

  /**
   * A port that nobody listens at now.
   *
   * @throws IOException if none is found
   */
  public static int choose() throws IOException {
    int end = Math.max(LEAST + 1, firstOfTheSystem());
    for (int i = 0; i < MOST_TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, end);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + LEAST + " to " + (end - 1));
  }

  /** The first of the ports that the system gives. */
  static int firstOfTheSystem() {
    try {
      // By a reader with a buffer: such a file is empty behind what the first read brings.
      return Integer.parseInt(Files.readAllLines(SYSTEMS_OWN).get(0).split("\\s+", 2)[0]);
    } catch (IOException | NumberFormatException e) {
      return USUAL_FIRST;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
