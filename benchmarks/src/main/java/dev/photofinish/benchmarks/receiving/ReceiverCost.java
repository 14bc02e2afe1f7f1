package dev.photofinish.benchmarks.receiving;

import dev.photofinish.benchmarks.stream.DatagramServer;
import dev.photofinish.benchmarks.stream.FloodServer;
import dev.photofinish.benchmarks.stream.MeasuredServer;
import dev.photofinish.benchmarks.stream.TestVideo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processor time of whole programs for a GiB of RTP, each program in turn, round after round:
 * over interleaved TCP from a server that sends as fast as it is read, or over UDP at a rate.
 *
 * <p>{@code ReceiverCost tcp|udp:MBITS ROUNDS FROM_MIB TO_MIB PACKET_BYTES NAME=COMMAND...}; {@code
 * URL} in a command is the server's. What is counted once warm lies between the two sizes; the
 * whole is from the program's start to the second.
 */
public final class ReceiverCost {
  private static final int MBITS = 4;
  private static final long MEBIBYTE = 1 << 20;
  private static final double GIBIBYTE = 1 << 30;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final String UDP = "udp:";

  private final String transport;
  private final long from;
  private final long to;
  private final TestVideo video;

  private ReceiverCost(String transport, long from, long to, TestVideo video) {
    this.transport = transport;
    this.from = from;
    this.to = to;
    this.video = video;
  }

  /**
   * @param warm seconds of a processor for a GiB
   * @param whole the same from the start
   * @param mebibytes resident at the end
   * @param lost the part of the datagrams that the kernel dropped at full sockets
   */
  private record Cost(double warm, double whole, double mebibytes, double lost) {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 6) {
      System.err.println(
          "expected tcp|udp:MBITS ROUNDS FROM_MIB TO_MIB PACKET_BYTES NAME=COMMAND..., with URL in"
              + " the command");
      System.exit(2);
    }
    ReceiverCost measured =
        new ReceiverCost(
            arguments[0],
            Long.parseLong(arguments[2]) * MEBIBYTE,
            Long.parseLong(arguments[3]) * MEBIBYTE,
            TestVideo.encode(MBITS, Integer.parseInt(arguments[4])));
    Map<String, List<Cost>> costs = new LinkedHashMap<>();
    for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
      for (String program : Arrays.asList(arguments).subList(5, arguments.length)) {
        String[] parts = program.split("=", 2);
        costs.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(measured.run(parts[1]));
      }
    }
    System.out.println(
        "| | CPU s a GiB, warm | CPU s a GiB, from the start | resident, MiB | lost, at most |");
    System.out.println("|---|---|---|---|---|");
    costs.forEach((name, rounds) -> System.out.println(row(name, rounds)));
  }

  private Cost run(String command) throws IOException, InterruptedException {
    try (MeasuredServer server = server();
        Receiver receiver = new Receiver(command(command, server))) {
      await(server, receiver, from);
      double cpuBefore = receiver.cpuSeconds();
      long sentBefore = server.sent();
      UdpCounters before = UdpCounters.now();
      await(server, receiver, to);
      double cpu = receiver.cpuSeconds();
      long sent = server.sent();
      return new Cost(
          (cpu - cpuBefore) / (sent - sentBefore) * GIBIBYTE,
          cpu / sent * GIBIBYTE,
          receiver.residentMebibytes(),
          UdpCounters.now().lostSince(before));
    } catch (IOException e) {
      throw new IOException(command + ": " + e.getMessage(), e);
    }
  }

  private MeasuredServer server() throws IOException {
    return transport.startsWith(UDP)
        ? new DatagramServer(video, Integer.parseInt(transport.substring(UDP.length())))
        : new FloodServer(video);
  }

  private static List<String> command(String command, MeasuredServer server) {
    return List.of(command.replace("URL", server.url()).split(" ", -1));
  }

  private static void await(MeasuredServer server, Receiver receiver, long bytes)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (server.sent() < bytes) {
      if (!receiver.isAlive()) {
        throw new IOException("it ended after " + server.sent() + " bytes");
      }
      if (System.nanoTime() - begin > LONGEST_NANOS) {
        throw new IOException("it took " + server.sent() + " bytes in five minutes");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static String row(String name, List<Cost> rounds) {
    return "| %s | %s | %s | %.0f | %.2f %% |"
        .formatted(
            name,
            range(rounds.stream().mapToDouble(Cost::warm).sorted().toArray()),
            range(rounds.stream().mapToDouble(Cost::whole).sorted().toArray()),
            rounds.stream().mapToDouble(Cost::mebibytes).max().orElse(0),
            rounds.stream().mapToDouble(Cost::lost).max().orElse(0) * 100);
  }

  private static String range(double[] sorted) {
    return "%.2f (%.2f to %.2f)"
        .formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }
}
