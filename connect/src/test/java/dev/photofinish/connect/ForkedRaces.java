package dev.photofinish.connect;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** Races in a virtual machine that lacks something; prints one line a race. */
final class ForkedRaces {
  private static final RaceOptions OPTIONS =
      RaceOptions.builder().connectionRacing(Strategy.NONE).build();

  private static final int MOST_TRIES = 10;

  private ForkedRaces() {}

  /**
   * Races before, while and after there are no descriptors left.
   *
   * @param arguments the transport, the target, and "descriptors" to use them up
   */
  public static void main(String... arguments) throws Exception {
    Target target = Target.parse(arguments[1]);
    try (Loops loops = Io.valueOf(arguments[0]).open();
        Connector connector =
            Connector.builder()
                .eventLoopGroup(loops.group())
                .limiter(SharedDialLimiter.unlimited())
                .build()) {
      SocketChannel.open().close(); // the virtual machine then has its own socket for closing
      long own = sockets();
      System.out.println(race(connector, target));
      if (arguments.length > 2) {
        System.out.println(race(connector, target)); // loads what a race with a history needs
        System.out.println(race(connector, Target.parse("127.0.0.1:1"))); // and a lost one
        Eventually.holds("every socket of the races is closed", () -> sockets() <= own);
        Deque<Closeable> all = new ArrayDeque<>();
        System.out.println(raceWithoutDescriptors(connector, target, all));
        while (!all.isEmpty()) {
          all.pop().close();
        }
        System.out.println(race(connector, target));
      }
    }
  }

  /** What the virtual machine itself gives back meanwhile is used up too. */
  private static String raceWithoutDescriptors(
      Connector connector, Target target, Deque<Closeable> all) throws InterruptedException {
    String line = "";
    for (int tries = 0; tries < MOST_TRIES && !line.contains("FAILED"); tries++) {
      useUp(all);
      line = race(connector, target);
    }
    return line;
  }

  private static void useUp(Deque<Closeable> all) {
    try {
      while (true) {
        all.push(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // none is left
    }
  }

  /** A closed channel's descriptor comes free a moment later, with NIO at the next select. */
  private static long sockets() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(ForkedRaces::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  private static String race(Connector connector, Target target) throws InterruptedException {
    RaceReport report;
    try (Connection won = connector.connectBlocking(target, OPTIONS)) {
      report = won.report();
      won.channel().close().sync();
    } catch (RaceException e) {
      report = e.report();
      System.out.println("message: " + e.getMessage());
    }
    StringBuilder line = new StringBuilder("race: " + report.result());
    report.attempts().forEach(a -> line.append(' ').append(a.cause()));
    return line.toString();
  }
}
