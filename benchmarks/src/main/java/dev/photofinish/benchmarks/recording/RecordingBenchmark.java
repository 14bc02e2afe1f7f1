package dev.photofinish.benchmarks.recording;

import dev.photofinish.benchmarks.process.CpuAccount;
import dev.photofinish.benchmarks.stream.PacedServer;
import dev.photofinish.benchmarks.stream.TestVideo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Recordings of one paced stream beside {@code ffmpeg -c copy} of the same, into fragmented MP4:
 * both run all the time, and what each takes of the processors in the same seconds is a pair. The
 * scheduler's own account of every thread is read, user and system; wall time counts for nothing,
 * so that other work on the machine does little harm.
 *
 * <p>{@code RecordingBenchmark [cameras] [pairs] [seconds of a pair] [seconds of warm-up]
 * [Mbit/s]}.
 */
public final class RecordingBenchmark {
  private static final int LONGEST_START_SECONDS = 300;

  private final PacedServer server;
  private final Path folder;
  private final int cameras;
  private final List<Process> ours = new ArrayList<>();
  private final List<Process> theirs = new ArrayList<>();

  private RecordingBenchmark(PacedServer server, Path folder, int cameras) {
    this.server = server;
    this.folder = folder;
    this.cameras = cameras;
  }

  public static void main(String[] arguments) throws Exception {
    int cameras = argument(arguments, 0, 1);
    int pairs = argument(arguments, 1, 10);
    int seconds = argument(arguments, 2, 10);
    int warmUp = argument(arguments, 3, 60);
    int mbits = argument(arguments, 4, 4);
    Path folder = Files.createTempDirectory("recordings");
    try (PacedServer server = new PacedServer(TestVideo.encode(mbits))) {
      new RecordingBenchmark(server, folder, cameras).run(pairs, seconds, warmUp);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }

  private static int argument(String[] arguments, int index, int other) {
    return index < arguments.length ? Integer.parseInt(arguments[index]) : other;
  }

  private void run(int pairs, int seconds, int warmUp) throws Exception {
    try {
      start();
      TimeUnit.SECONDS.sleep(warmUp);
      double[] ratios = new double[pairs];
      double[] own = new double[pairs];
      double[] other = new double[pairs];
      for (int pair = 0; pair < pairs; pair++) {
        List<CpuAccount> ourTime = cpu(ours);
        List<CpuAccount> theirTime = cpu(theirs);
        TimeUnit.SECONDS.sleep(seconds);
        own[pair] = millisSince(ourTime, ours) / seconds;
        other[pair] = millisSince(theirTime, theirs) / seconds;
        ratios[pair] = own[pair] / other[pair];
      }
      System.out.println("| cameras | ours, CPU ms/s | ffmpeg, CPU ms/s | ratio |");
      System.out.printf("| %d | %s | %s | %s |%n", cameras, text(own), text(other), text(ratios));
      memory();
    } finally {
      Stream.concat(ours.stream(), theirs.stream()).forEach(Process::destroyForcibly);
    }
  }

  /** Starts both, and waits until the server sends to all. */
  private void start() throws IOException, InterruptedException {
    ours.add(
        process(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            RecordMany.class.getName(),
            server.url(),
            String.valueOf(cameras),
            folder.toString()));
    for (int i = 0; i < cameras; i++) {
      theirs.add(
          process(
              ("ffmpeg -v error -nostdin -y -rtsp_transport tcp -i %s -c copy -movflags"
                      + " frag_keyframe+empty_moov+default_base_moof %s")
                  .formatted(server.url(), folder.resolve("ffmpeg" + i + ".mp4"))
                  .split(" ", -1)));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (server.clients() < 2 * cameras) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("only " + server.clients() + " of " + 2 * cameras + " play");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static Process process(String... command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<CpuAccount> cpu(List<Process> processes) throws IOException {
    List<CpuAccount> accounts = new ArrayList<>();
    for (Process process : processes) {
      accounts.add(CpuAccount.of(process.pid()));
    }
    return accounts;
  }

  /** Milliseconds of a processor since then. */
  private static double millisSince(List<CpuAccount> earlier, List<Process> processes)
      throws IOException {
    double seconds = 0;
    List<CpuAccount> now = cpu(processes);
    for (int i = 0; i < now.size(); i++) {
      seconds += now.get(i).secondsSince(earlier.get(i));
    }
    return seconds * 1000;
  }

  /** Median, least and most. */
  private static String text(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return "%.2f (%.2f to %.2f)"
        .formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  private void memory() throws IOException {
    Process process = ours.get(0);
    BufferedReader reports = process.inputReader(StandardCharsets.US_ASCII);
    OutputStream requests = process.getOutputStream();
    double[] heap = new double[5];
    double[] direct = new double[5];
    for (int i = 0; i < heap.length; i++) {
      requests.write('\n');
      requests.flush();
      String[] words = reports.readLine().split(" ", -1);
      heap[i] = Long.parseLong(words[0]) / 1048576.0;
      direct[i] = Long.parseLong(words[1]) / 1048576.0;
    }
    System.out.printf("heap MiB %s, buffers MiB %s%n", text(heap), text(direct));
  }
}
