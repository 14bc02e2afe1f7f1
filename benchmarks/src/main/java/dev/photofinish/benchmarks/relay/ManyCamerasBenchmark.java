package dev.photofinish.benchmarks.relay;

import dev.photofinish.benchmarks.process.CpuAccount;
import dev.photofinish.benchmarks.stream.PacedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Many cameras behind one relay, half of them on demand, with chaos: each second one of the
 * connections to cameras is cut, and a reader of a camera on demand comes while another one leaves.
 * The other half has a reader each, all the time. A line each minute: processors, live heap and
 * resident memory of the relay, what readers got and lost, and readers that were closed.
 *
 * <p>{@code ManyCamerasBenchmark CAMERAS MBITS SECONDS NAME=URL=COMMAND...}; {@code CONFIG} in the
 * command is a file with the cameras, named {@code c0} and so on, {@code URL} is that of {@code
 * c0}.
 */
public final class ManyCamerasBenchmark {
  private static final int VISITORS = 20;
  private static final int MINUTE = 60;
  private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final PacedServer camera;
  private final Peer peer;
  private final int cameras;
  private final Random random = new Random(1);
  private final List<Readers> steady = new ArrayList<>();
  private final Queue<Readers> visitors = new ArrayDeque<>();
  private long visitorsLost;
  private long visitorsClosed;
  private long visitorsRefused;

  private ManyCamerasBenchmark(PacedServer camera, Peer peer, int cameras) {
    this.camera = camera;
    this.peer = peer;
    this.cameras = cameras;
  }

  public static void main(String[] arguments) throws Exception {
    int cameras = Integer.parseInt(arguments[0]);
    Path config = Files.createTempFile("cameras", ".toml");
    try (PacedServer camera =
        new PacedServer(new StampedVideo(Double.parseDouble(arguments[1])), cameras)) {
      Files.writeString(config, config(camera, cameras), StandardCharsets.UTF_8);
      Peer peer = Peer.start(arguments[3].replace("CONFIG", config.toString()), camera.url());
      try (peer) {
        new ManyCamerasBenchmark(camera, peer, cameras).run(Integer.parseInt(arguments[2]));
      }
    } finally {
      Files.delete(config);
    }
  }

  private static String config(PacedServer camera, int cameras) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cameras; i++) {
      text.append("[c%d]%nurl = \"%s\"%n".formatted(i, camera.url(i)));
      text.append(i % 2 == 0 ? "" : "on-demand = true%ngrace = \"2s\"%n".formatted());
    }
    return text.toString();
  }

  private String url(int number) {
    return peer.url().replaceAll("c0$", "c" + number);
  }

  private Readers reader(int number) throws IOException {
    return Readers.start(url(number), number, 1, false);
  }

  /** Comes again where the relay, which has just begun, is not there yet for its camera. */
  private Readers steadyReader(int number) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START_NANOS;
    while (true) {
      try {
        return reader(number);
      } catch (Handshake.RefusedException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private void run(int seconds) throws Exception {
    try {
      for (int i = 0; i < cameras; i += 2) {
        steady.add(steadyReader(i));
      }
      System.out.println(
          "| minute | connections to cameras | processors | live heap MiB | resident MiB | Mbit/s to"
              + " readers | lost | closed | visitors lost | closed | refused |\n"
              + "|---|---|---|---|---|---|---|---|---|---|---|");
      CpuAccount cpu = peer.cpu();
      Totals before = totals();
      for (int second = 1; second <= seconds; second++) {
        long began = System.nanoTime();
        chaos();
        TimeUnit.NANOSECONDS.sleep(began + TimeUnit.SECONDS.toNanos(1) - System.nanoTime());
        if (second % MINUTE == 0) {
          say(second / MINUTE, peer.cpu().secondsSince(cpu), totals().minus(before));
          cpu = peer.cpu();
          before = totals();
        }
      }
    } finally {
      steady.forEach(Readers::close);
      visitors.forEach(Readers::close);
    }
  }

  private void chaos() throws IOException {
    camera.hangUp(random);
    if (visitors.size() == VISITORS) {
      try (Readers leaving = visitors.remove()) {
        visitorsLost += leaving.totals().lost();
        visitorsClosed += leaving.ended();
      }
    }
    try {
      visitors.add(reader(1 + 2 * random.nextInt(cameras / 2)));
    } catch (Handshake.RefusedException e) {
      visitorsRefused++;
    }
  }

  private Totals totals() {
    return steady.stream()
        .map(Readers::totals)
        .reduce(
            new Totals(0, 0, 0),
            (a, b) ->
                new Totals(a.bytes() + b.bytes(), a.packets() + b.packets(), a.lost() + b.lost()));
  }

  private void say(int minute, double cpu, Totals got) throws IOException {
    System.out.printf(
        "| %d | %d | %.2f | %.0f | %.0f | %.0f | %d | %d | %d | %d | %d |%n",
        minute,
        camera.clients(),
        cpu / MINUTE,
        peer.liveHeapMebibytes(),
        peer.residentMebibytes(),
        got.bytes() * 8e-6 / MINUTE,
        totals().lost(),
        steady.stream().mapToInt(Readers::ended).sum(),
        visitorsLost,
        visitorsClosed,
        visitorsRefused);
  }
}
