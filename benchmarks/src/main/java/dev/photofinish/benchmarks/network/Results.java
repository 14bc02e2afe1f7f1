package dev.photofinish.benchmarks.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The measurements of one run.
 *
 * @param exchanges of each client in each case
 * @param hosts by the case's name, then client
 * @param losses by per cent of SYNs lost, then client
 * @param limits our own races beside what their SYN times allow
 * @param inProgress what a running race keeps
 */
record Results(
    int exchanges,
    Map<String, Map<ClientKind, Sample>> hosts,
    Map<Integer, Map<ClientKind, Sample>> losses,
    List<Limit.Measured> limits,
    InProgress inProgress) {

  /** Two tables and a list in Markdown, and a picture of each loss. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("benchmarks-network.md"), markdown());
    for (Map.Entry<Integer, Map<ClientKind, Sample>> loss : losses.entrySet()) {
      String title = "%d %% of SYNs lost, one address".formatted(loss.getKey());
      Files.writeString(
          folder.resolve("benchmarks-loss-%d.svg".formatted(loss.getKey())),
          Curves.draw(title, loss.getValue()));
    }
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(machine()).append("\n\n");
    text.append("**Hosts with several addresses**, p50 / p95 / p99 in ms\n\n");
    table(text, hosts);
    text.append("\n**One address under SYN loss**, p50 / p95 / p99 in ms\n\n");
    table(text, losses);
    text.append("\n**Our races beside the limit of their SYN times**, ms\n\n");
    text.append("| | SYNs lost | p50 / p95 / p99 | mean | limit's mean | ratio |\n");
    text.append("|---|---|---|---|---|---|\n");
    limits.forEach(limit -> text.append(row(limit)));
    text.append(
        String.format(
            Locale.ROOT,
            "%n**%d in progress at once**, heap each: plain `Bootstrap.connect` %d B, race %d B%n",
            inProgress.count(),
            inProgress.plainBytes(),
            inProgress.raceBytes()));
    return text.toString();
  }

  private String machine() {
    return "%d exchanges each. %d cores, %s %s, Java %s."
        .formatted(
            exchanges,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version").replaceFirst("-.*", ""),
            System.getProperty("java.version"));
  }

  private static void table(StringBuilder text, Map<?, Map<ClientKind, Sample>> cases) {
    text.append("| |");
    cases.keySet().forEach(name -> text.append(' ').append(head(name)).append(" |"));
    text.append("\n|---|").append("---|".repeat(cases.size())).append('\n');
    for (ClientKind kind : ClientKind.values()) {
      text.append("| ").append(kind.title()).append(" |");
      cases.values().forEach(column -> text.append(' ').append(column.get(kind)).append(" |"));
      text.append('\n');
    }
  }

  private static String head(Object name) {
    return name instanceof Integer percent ? percent + " %" : name.toString();
  }

  private static String row(Limit.Measured limit) {
    return String.format(
        Locale.ROOT,
        "| %s | %.1f %% | %s | %.1f | %.1f | %.3f |%n",
        limit.name(),
        100 * limit.lost(),
        limit.sample(),
        limit.sample().mean(),
        limit.limit(),
        limit.ratio());
  }
}
