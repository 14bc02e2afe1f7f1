package dev.photofinish.relay.web.api;

import dev.photofinish.option.Option;
import dev.photofinish.race.report.ReportMap;
import dev.photofinish.relay.CameraStatus;
import dev.photofinish.relay.FrameShare;
import dev.photofinish.relay.ReaderStatus;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cameras and what is known of them as maps, with the field names of the API. */
final class CameraJson {
  private static final double MILLIS = 1000;

  private CameraJson() {}

  static Map<String, @Nullable Object> camera(RelayedCamera camera, CameraHistory history) {
    CameraStatus status = camera.status();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", status.name());
    map.put("url", status.url());
    map.put("state", Option.word(status.state()));
    map.put("since", status.since().toString());
    map.put("reason", status.reason());
    map.put("onDemand", camera.options().onDemand());
    map.put("subStream", camera.options().subStream().orElse(null));
    map.put("withoutPictureToday", seconds(history.withoutPictureToday()));
    map.put("frames", frames(status.frames()));
    map.put("tracks", status.tracks().stream().map(CameraJson::track).toList());
    map.put("readers", status.readers().stream().map(CameraJson::reader).toList());
    StreamStatistics statistics = status.statistics();
    map.put("statistics", statistics == null ? null : statistics(statistics));
    return map;
  }

  private static Map<String, @Nullable Object> frames(FrameShare share) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("minute", known(share.minute()));
    map.put("hour", known(share.hour()));
    map.put("day", known(share.day()));
    return map;
  }

  /** JSON has no NaN. */
  private static @Nullable Double known(double share) {
    return Double.isNaN(share) ? null : share;
  }

  private static Map<String, Object> track(SourceTrack track) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("index", track.index());
    map.put("media", track.media().media());
    map.put("codec", track.media().codec());
    map.put("clockRate", track.media().clockRate());
    map.put("channels", track.media().channels());
    return map;
  }

  private static Map<String, Object> reader(ReaderStatus reader) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("address", reader.info().address());
    map.put("transport", reader.info().transport());
    map.put("agent", reader.info().agent());
    map.put("since", reader.since().toString());
    map.put("packets", reader.packets());
    map.put("bytes", reader.bytes());
    map.put("dropped", reader.dropped());
    return map;
  }

  private static Map<String, Object> statistics(StreamStatistics statistics) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("packets", statistics.packets());
    map.put("bytes", statistics.bytes());
    map.put("lost", statistics.lost());
    map.put("reconnects", statistics.reconnects());
    map.put("longestOutage", seconds(statistics.longestOutage()));
    map.put("medias", statistics.streams().stream().map(CameraJson::media).toList());
    return map;
  }

  private static Map<String, Object> media(MediaStatistics media) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("index", media.stream().index());
    map.put("codec", media.stream().codec());
    map.put("packets", media.packets());
    map.put("bytes", media.bytes());
    map.put("lost", media.lost());
    map.put("reordered", media.reordered());
    map.put("jitter", seconds(media.jitter()));
    return map;
  }

  static Map<String, Object> line(CameraHistory.LogLine line) {
    return Map.of("at", line.at().toString(), "text", line.text());
  }

  static Map<String, Object> race(CameraHistory.Race race) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", race.at().toString());
    map.put("target", race.report().target());
    map.putAll(ReportMap.of(race.report()));
    return map;
  }

  static Map<String, Object> outages(CameraHistory history) {
    return Map.of(
        "since",
        history.outagesSince().toString(),
        "outages",
        history.outages().stream().map(CameraJson::outage).toList());
  }

  private static Map<String, @Nullable Object> outage(CameraHistory.CameraOutage outage) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("from", outage.from().toString());
    map.put("to", outage.to() == null ? null : outage.to().toString());
    map.put("reason", outage.reason());
    return map;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
