package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The JSON lines of the watch command. */
final class WatchJson implements WatchOutput {
  private final Consumer<String> lines;
  private final Elapsed elapsed;

  WatchJson(Consumer<String> lines, Elapsed elapsed) {
    this.lines = lines;
    this.elapsed = elapsed;
  }

  /** No line: the first state is CONNECTING. */
  @Override
  public void opened(CameraName camera) {}

  @Override
  public void state(CameraName camera, CameraState from, CameraState to, String reason) {
    Map<String, Object> line = event("state", camera);
    line.put("from", from.name());
    line.put("to", to.name());
    line.put("reason", SafeText.line(reason));
    print(line);
  }

  @Override
  public void race(CameraName camera, RaceReport report) {
    Map<String, Object> line = event("race", camera);
    line.putAll(ReportMap.of(report));
    print(line);
  }

  @Override
  public void retry(
      CameraName camera, int attempt, Duration delay, String strategy, String reason) {
    Map<String, Object> line = event("retry", camera);
    line.put("attempt", attempt);
    line.put("delayMs", delay.toMillis());
    line.put("strategy", strategy);
    line.put("reason", SafeText.line(reason));
    print(line);
  }

  @Override
  public void device(CameraName camera, String endpoint, @Nullable ClientLimit limit) {
    Map<String, Object> line = event("device", camera);
    line.put("endpoint", endpoint);
    line.put("limit", limit == null ? null : limit.limit());
    line.put("policy", limit == null ? null : Option.word(limit.policy()));
    line.put("status", limit == null || limit.status() == 0 ? null : limit.status());
    line.put("evidence", limit == null ? null : limit.evidence());
    print(line);
  }

  @Override
  public void media(CameraName camera, MediaReport report) {
    Map<String, Object> line = event("media", camera);
    line.put("streams", report.media().stream().map(WatchJson::stream).toList());
    print(line);
  }

  private static Map<String, Object> stream(MediaRate rate) {
    MediaStatistics media = rate.statistics();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("media", SafeText.value(media.stream().media()));
    map.put("codec", SafeText.value(media.stream().codec()));
    map.put("clockRate", media.stream().clockRate());
    if (media.stream().encrypted()) {
      map.put("encrypted", true);
    }
    map.put("packets", media.packets());
    map.put("bytes", media.bytes());
    map.put("lost", media.lost());
    map.put("jitterMs", Times.json(media.jitter().toNanos()));
    map.put("bitRate", bitRate(rate.bitsPerSecond()));
    if (rate.isVideo()) {
      map.put("frameRate", frameRate(rate.framesPerSecond()));
    }
    return map;
  }

  private static @Nullable Long bitRate(@Nullable Double bits) {
    return bits == null ? null : Math.round(bits);
  }

  private static @Nullable Double frameRate(@Nullable Double frames) {
    return frames == null ? null : Math.round(frames * 10) / 10.0;
  }

  @Override
  public void work(CameraName camera, String event, Map<String, ?> values, String words) {
    Map<String, Object> line = event(event, camera);
    line.putAll(values);
    print(line);
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
    line.put("bitRate", bitRate(summary.mean().bitsPerSecond()));
    line.put("frameRate", frameRate(summary.mean().framesPerSecond()));
    line.put("longestOutageMs", statistics.longestOutage().toMillis());
    line.putAll(summary.work().figures());
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

  private Map<String, Object> event(String event, CameraName camera) {
    Map<String, Object> line = Json.event(event);
    line.put("at", elapsed.millis());
    line.put("camera", camera.url());
    if (camera.section() != null) {
      line.put("name", camera.section());
    }
    return line;
  }

  private void print(Map<String, Object> line) {
    lines.accept(Json.line(line));
  }

  @Override
  public void close() {}
}
