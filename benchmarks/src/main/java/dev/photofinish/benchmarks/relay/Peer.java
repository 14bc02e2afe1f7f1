package dev.photofinish.benchmarks.relay;

import dev.photofinish.benchmarks.process.CpuAccount;
import dev.photofinish.benchmarks.process.ResidentMemory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A relay under test, in a process of its own that lives for the whole run. */
final class Peer implements AutoCloseable {
  private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final String name;
  private final String url;
  private final Process process;

  private Peer(String name, String url, Process process) {
    this.name = name;
    this.url = url;
    this.process = process;
  }

  /**
   * Starts one, and waits until it describes its stream.
   *
   * @param argument {@code NAME=URL=COMMAND}; {@code CAMERA} in the command is the camera's URL
   */
  static Peer start(String argument, String camera) throws IOException, InterruptedException {
    String[] parts = argument.split("=", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("expected NAME=URL=COMMAND, not " + argument);
    }
    List<String> command = List.of(parts[2].replace("CAMERA", camera).split(" ", -1));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Peer peer = new Peer(parts[0], parts[1], process);
    try {
      peer.await();
      return peer;
    } catch (IOException | InterruptedException e) {
      peer.close();
      throw e;
    }
  }

  private void await() throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START_NANOS;
    while (true) {
      try (Handshake handshake = Handshake.connect(url, Handshake.local(0))) {
        handshake.describe();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw new IOException(name + " does not serve " + url, e);
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  String name() {
    return name;
  }

  String url() {
    return url;
  }

  CpuAccount cpu() throws IOException {
    return CpuAccount.of(process.pid());
  }

  /** Resident memory, in MiB. */
  double residentMebibytes() throws IOException {
    return ResidentMemory.mebibytes(process.pid())
        .orElseThrow(() -> new IOException(name + " has ended"));
  }

  /** What lives on the heap of a JVM after a collection, in MiB. */
  double liveHeapMebibytes() throws IOException {
    Process asked =
        new ProcessBuilder("jcmd", "" + process.pid(), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var lines = asked.inputReader()) {
      String total =
          lines.lines().filter(line -> line.startsWith("Total")).findFirst().orElse("Total 0 0");
      return Long.parseLong(total.strip().split("\\s+", -1)[2]) / (double) (1 << 20);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
