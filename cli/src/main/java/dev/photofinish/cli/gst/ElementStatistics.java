package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.report.ReportMap;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code stats}. */
final class ElementStatistics {
  private ElementStatistics() {}

  /**
   * One line.
   *
   * @param lastRace null before the first was decided
   * @param statistics null while no stream is open
   * @param dropped packets that the host was too slow for
   */
  static String json(
      CameraState state,
      @Nullable RaceReport lastRace,
      @Nullable StreamStatistics statistics,
      long dropped) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("state", state.name());
    map.put("last-race", lastRace == null ? null : ReportMap.of(lastRace));
    map.put("reconnects", statistics == null ? 0 : statistics.reconnects());
    map.put("outages", statistics == null ? 0 : statistics.outages().size());
    map.put("longest-outage-ms", statistics == null ? 0 : statistics.longestOutage().toMillis());
    map.put("dropped", dropped);
    map.put(
        "tracks",
        statistics == null
            ? List.of()
            : statistics.streams().stream().map(ElementStatistics::track).toList());
    return Json.line(map);
  }

  private static Map<String, Object> track(MediaStatistics media) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("track", media.stream().index());
    map.put("media", SafeText.value(media.stream().media()));
    map.put("codec", SafeText.value(media.stream().codec()));
    map.put("packets", media.packets());
    map.put("bytes", media.bytes());
    map.put("lost", media.lost());
    map.put("reordered", media.reordered());
    map.put("jitter-ms", Times.json(media.jitter().toNanos()));
    return map;
  }
}
