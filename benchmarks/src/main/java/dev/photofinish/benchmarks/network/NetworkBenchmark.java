package dev.photofinish.benchmarks.network;

import dev.photofinish.camera.lab.Lab;
import dev.photofinish.connect.Connector;
import dev.photofinish.option.Option;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * This project beside its peers in network namespaces, all in one run: hosts with dead addresses,
 * and one address under SYN loss. Needs root, iproute2 and nftables.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.photofinish.benchmarks.network.NetworkBenchmark
 * [exchanges] [races] [folder]</pre>
 *
 * <p>So many exchanges of each client in each case (default 200), so many of our own races against
 * the limit of their SYN times (default 3000), and the folder for results and pictures (default
 * {@code docs}).
 */
public final class NetworkBenchmark {
  private static final int PORT = 9000;
  private static final int MOST_IN_PROGRESS = 10_000;

  private final Lab lab;
  private final int exchanges;
  private final int races;

  private NetworkBenchmark(Lab lab, int exchanges, int races) {
    this.lab = lab;
    this.exchanges = exchanges;
    this.races = races;
  }

  public static void main(String... arguments) throws Exception {
    HostTable.take(Files.createTempFile("photofinish-hosts", null));
    Lab.missing()
        .ifPresent(
            reason -> {
              System.err.println("no network lab on this machine: " + reason);
              System.exit(1);
            });
    int exchanges = argument(arguments, 0, "exchanges", 200);
    int races = argument(arguments, 1, "races", 3000);
    Path folder = Path.of(arguments.length > 2 ? arguments[2] : "docs");
    try (Lab lab = Lab.open()) {
      lab.server()
          .startJava(Duration.ofMinutes(9), Responder.class, String.valueOf(PORT))
          .awaitLine(Responder.READY, Duration.ofSeconds(30));
      new NetworkBenchmark(lab, exchanges, races).run().write(folder);
    }
  }

  private static int argument(String[] arguments, int index, String name, int otherwise) {
    return index < arguments.length
        ? Option.checkRange(
            name,
            Option.parseInt(name, arguments[index], "a whole number from 1 to 1000000"),
            1,
            1_000_000,
            "a whole number from 1 to 1000000")
        : otherwise;
  }

  private Results run() throws Exception {
    compare(
        NetworkConditions.losing(0),
        20); // every client has loaded its classes before anything is measured
    Map<String, Map<ClientKind, Sample>> hosts = new LinkedHashMap<>();
    for (NetworkConditions conditions : NetworkConditions.HOSTS) {
      hosts.put(conditions.name(), compare(conditions, exchanges));
    }
    Map<Integer, Map<ClientKind, Sample>> losses = new LinkedHashMap<>();
    for (int percent : NetworkConditions.LOSSES) {
      losses.put(percent, compare(NetworkConditions.losing(percent), exchanges));
    }
    Host silent = new Host("silent", List.of(lab.blackHole4()), PORT);
    return new Results(
        exchanges, hosts, losses, limits(), InProgress.measure(silent, MOST_IN_PROGRESS));
  }

  private Map<ClientKind, Sample> compare(NetworkConditions conditions, int count)
      throws Exception {
    Map<ClientKind, Client> clients = ClientKind.all(conditions.prepare(lab, PORT));
    try {
      Map<ClientKind, Sample> samples = new Comparison(clients).run(count);
      System.out.println(conditions.name());
      samples.forEach((kind, sample) -> System.out.println("  " + kind.title() + ": " + sample));
      return samples;
    } finally {
      for (Client client : clients.values()) {
        client.close();
      }
    }
  }

  private List<Limit.Measured> limits() throws IOException {
    List<Limit.Measured> measured = new ArrayList<>();
    try (Connector connector = Connector.builder().limiter(SharedDialLimiter.unlimited()).build()) {
      for (Limit limit : Limit.ALL) {
        for (int percent : NetworkConditions.LOSSES) {
          if (percent > 0) {
            measured.add(limit.measure(lab, connector, PORT, percent, races));
            System.out.println(measured.get(measured.size() - 1));
          }
        }
      }
    }
    return measured;
  }
}
