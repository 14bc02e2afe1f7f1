package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.Redaction;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.option.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.report.ReportMap;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.Outage;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON lines of the watch command. */
final class WatchJson implements WatchOutput {
  private final CliContext context;
  private final Elapsed elapsed;

  WatchJson(CliContext context, Elapsed elapsed) {
    this.context = context;
    this.elapsed = elapsed;
  }

  /** No line: the first state is CONNECTING. */
  @Override
  public void opened(String camera) {}

  @Override
  public void state(String camera, CameraState from, CameraState to, String reason) {
    Map<String, Object> line = event("state", camera);
    line.put("from", from.name());
    line.put("to", to.name());
    line.put("reason", Redaction.redact(reason));
    print(line);
  }

  @Override
  public void race(String camera, RaceReport report) {
    Map<String, Object> line = event("race", camera);
    line.putAll(ReportMap.of(report));
    print(line);
  }

  @Override
  public void retry(String camera, int attempt, Duration delay, String strategy, String reason) {
    Map<String, Object> line = event("retry", camera);
    line.put("attempt", attempt);
    line.put("delayMs", delay.toMillis());
    line.put("strategy", strategy);
    line.put("reason", Redaction.redact(reason));
    print(line);
  }

  @Override
  public void device(String camera, String endpoint, @Nullable ClientLimit profile) {
    Map<String, Object> line = event("device", camera);
    line.put("endpoint", endpoint);
    line.put("limit", profile == null ? null : profile.limit());
    line.put("policy", profile == null ? null : Option.word(profile.policy()));
    line.put("status", profile == null || profile.status() == 0 ? null : profile.status());
    line.put("evidence", profile == null ? null : profile.evidence());
    print(line);
  }

  @Override
  public void media(String camera, StreamStatistics statistics) {
    Map<String, Object> line = event("media", camera);
    line.put("streams", statistics.streams().stream().map(WatchJson::stream).toList());
    print(line);
  }

  private static Map<String, Object> stream(MediaStatistics media) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("media", media.stream().media());
    map.put("codec", media.stream().codec());
    map.put("clockRate", media.stream().clockRate());
    map.put("packets", media.packets());
    map.put("bytes", media.bytes());
    map.put("lost", media.lost());
    map.put("jitterMs", Times.json(media.jitter().toNanos()));
    return map;
  }

  @Override
  public void summary(Summary summary) {
    StreamStatistics statistics = summary.statistics();
    Map<String, Object> line = event("summary", summary.camera());
    line.put("packets", statistics.packets());
    line.put("bytes", statistics.bytes());
    line.put("lost", statistics.lost());
    line.put("reconnects", statistics.reconnects());
    line.put(
        "outages",
        statistics.outages().stream().map(outage -> outage(summary.opened(), outage)).toList());
    line.put("longestOutageMs", statistics.longestOutage().toMillis());
    line.put("exit", summary.exit());
    print(line);
  }

  private static Map<String, Object> outage(Duration opened, Outage outage) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", opened.plus(outage.from()).toMillis());
    Duration to = outage.to();
    map.put("to", to == null ? null : opened.plus(to).toMillis());
    return map;
  }

  private Map<String, Object> event(String event, String camera) {
    Map<String, Object> line = Json.event(event);
    line.put("at", elapsed.millis());
    line.put("camera", camera);
    return line;
  }

  private void print(Map<String, Object> line) {
    context.line(Json.line(line));
  }

  @Override
  public void close() {}
}
