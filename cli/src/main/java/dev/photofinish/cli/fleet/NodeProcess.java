package dev.photofinish.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A node of a fleet in a process of its own: this program again, with its Java and class path. What
 * it prints goes to files of a folder.
 */
final class NodeProcess implements AutoCloseable {
  private static final String MAIN = "dev.photofinish.cli.Photofinish";
  private static final long END_SECONDS = 5;

  private final Process process;
  private final Path out;
  private final Path err;

  /**
   * The first line of a node.
   *
   * @param node its address in the fleet
   * @param rtsp the URL that readers read below
   * @param web its page
   */
  record Started(String node, String rtsp, String web) {
    /** The line. */
    Map<String, Object> line() {
      Map<String, Object> line = Json.event("node");
      line.put("node", node);
      line.put("rtsp", rtsp);
      line.put("rtsps", null);
      line.put("web", web);
      line.put("certificate", null);
      return line;
    }

    /** The node's API. */
    @SuppressWarnings("AddressSelection") // a numeric address
    FleetClient client() {
      URI page = URI.create(web);
      return new FleetClient(new InetSocketAddress(page.getHost(), page.getPort()));
    }
  }

  private NodeProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts one.
   *
   * @param name of its files in the folder
   * @param java the words before the class path: Java and its options
   * @param arguments of {@code fleet}, beside {@code --json}
   */
  static NodeProcess start(Path folder, String name, List<String> java, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>(java);
    words.addAll(
        List.of("-cp", System.getProperty("java.class.path", ""), MAIN, "fleet", "--json"));
    words.addAll(arguments);
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    Process process =
        new ProcessBuilder(words)
            .redirectInput(ProcessBuilder.Redirect.from(new File(nothing())))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new NodeProcess(process, out, err);
  }

  private static String nothing() {
    return File.separatorChar == '\\' ? "NUL" : "/dev/null";
  }

  /**
   * What the node said when it was started; empty before.
   *
   * @throws IOException with the end of its log, if the process has ended before
   */
  Optional<Started> started() throws IOException {
    String text = Files.readString(out);
    int end = text.indexOf('\n');
    if (end >= 0) {
      JsonNode line = Json.read(text.substring(0, end));
      return Optional.of(
          new Started(
              line.path("node").asText(), line.path("rtsp").asText(), line.path("web").asText()));
    }
    mustRun();
    return Optional.empty();
  }

  /**
   * Looks whether it still runs.
   *
   * @throws IOException with the end of its log, if it has ended
   */
  void mustRun() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("a node ended with code " + process.exitValue() + lastOfLog());
    }
  }

  /** Whether its log has these words. */
  boolean said(String words) throws IOException {
    return Files.readString(err).contains(words);
  }

  private String lastOfLog() throws IOException {
    List<String> lines = Files.readAllLines(err);
    return lines.isEmpty()
        ? ""
        : ": "
            + SafeText.line(
                String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size())));
  }

  /** The operating system's process. */
  Process process() {
    return process;
  }

  /** Ends it at once, without a word to anyone (SIGKILL). */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
