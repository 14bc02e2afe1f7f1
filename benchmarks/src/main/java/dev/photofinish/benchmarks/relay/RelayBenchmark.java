package dev.photofinish.benchmarks.relay;

import dev.photofinish.benchmarks.process.CpuAccount;
import dev.photofinish.benchmarks.stream.PacedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Relays of one stream, in turn under the same loads: processor time for what their readers get,
 * latency from the camera to the readers, resident memory, losses. All run all the time, so that
 * each has been warm for as long as the others; one at a time has readers. Camera and readers are
 * this process, and count for none of them.
 *
 * <p>{@code RelayBenchmark [--loads 1x8,10x8,100x4,1000x0.5] [--transports tcp,udp] [--rounds 3]
 * [--warm-up 30] [--settle 3] [--seconds 10] NAME=URL=COMMAND...}; a load is the number of readers
 * and the Mbit/s of the stream, {@code CAMERA} in a command is the camera's URL. Each peer serves
 * {@value #WARM_UP_LOAD} for the time of warm-up before the loads of a transport.
 */
public final class RelayBenchmark {
  private static final String WARM_UP_LOAD = "20x40";

  private final StampedVideo video = new StampedVideo(1);
  private final Map<String, String> options;
  private final List<Peer> peers = new ArrayList<>();

  private RelayBenchmark(Map<String, String> options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> commands = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--")) {
        options.put(arguments[i].substring(2), arguments[++i]);
      } else {
        commands.add(arguments[i]);
      }
    }
    new RelayBenchmark(options).run(commands);
  }

  private void run(List<String> commands) throws Exception {
    try (PacedServer camera = new PacedServer(video)) {
      try {
        for (String command : commands) {
          peers.add(Peer.start(command, camera.url()));
        }
        measure(camera);
      } finally {
        for (Peer peer : peers) {
          peer.close();
        }
      }
    }
  }

  private void measure(PacedServer camera) throws Exception {
    for (String transport : option("transports", "tcp,udp").split(",", -1)) {
      boolean udp = transport.equals("udp");
      for (Peer peer : peers) {
        serve(peer, Load.parse(WARM_UP_LOAD, udp), camera, number("warm-up", 30), 0);
      }
      for (String text : option("loads", "1x8,10x8,100x4,1000x0.5").split(",", -1)) {
        Load load = Load.parse(text, udp);
        Map<Peer, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = 0; round < number("rounds", 3); round++) {
          for (Peer peer : peers) {
            List<Cost> all = costs.computeIfAbsent(peer, first -> new ArrayList<>());
            serve(peer, load, camera, number("settle", 3), number("seconds", 10))
                .ifPresent(all::add);
          }
        }
        System.out.println("\n| " + load + " | " + Cost.TITLES + " |\n|---|---|---|---|---|---|");
        costs.forEach((peer, all) -> System.out.println(line(peer, all)));
      }
    }
  }

  private static String line(Peer peer, List<Cost> all) {
    return "| " + peer.name() + " | " + Cost.row(all) + " |";
  }

  private String option(String name, String other) {
    return options.getOrDefault(name, other);
  }

  private int number(String name, int other) {
    return Integer.parseInt(option(name, String.valueOf(other)));
  }

  /** What it costs; empty where the peer does not serve this transport, or was not measured. */
  private Optional<Cost> serve(
      Peer peer, Load load, PacedServer camera, int settleSeconds, int seconds)
      throws IOException, InterruptedException {
    video.rate(load.mbits());
    try (Readers readers = Readers.start(peer.url(), load.readers(), load.udp());
        Readers direct = Readers.start(camera.url(), 1, false)) {
      TimeUnit.SECONDS.sleep(settleSeconds);
      Optional<Cost> cost =
          seconds == 0 ? Optional.empty() : Optional.of(measure(peer, readers, direct, seconds));
      if (readers.ended() > 0) {
        System.out.println(peer.name() + " closed " + readers.ended() + " readers");
      }
      return cost;
    } catch (Handshake.RefusedException e) {
      System.out.println(peer.name() + ", " + load + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Cost measure(Peer peer, Readers readers, Readers direct, int seconds)
      throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    Latencies without = new Latencies();
    readers.measure(latencies);
    direct.measure(without);
    Totals before = readers.totals();
    CpuAccount cpu = peer.cpu();
    TimeUnit.SECONDS.sleep(seconds);
    double worked = peer.cpu().secondsSince(cpu);
    Totals got = readers.totals().minus(before);
    return new Cost(
        worked / got.gibibytes(),
        latencies.millis(0.5),
        latencies.millis(0.99),
        without.millis(0.5),
        without.millis(0.99),
        peer.residentMebibytes(),
        got.lost(),
        got.packets());
  }
}
