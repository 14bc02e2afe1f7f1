package dev.photofinish.relay.web.api;

import dev.photofinish.option.Option;
import dev.photofinish.relay.CameraStatus;
import dev.photofinish.relay.ReaderStatus;
import dev.photofinish.relay.RelayState;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Figures of cameras in the text format of Prometheus, version 0.0.4. */
final class MetricsText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PREFIX = "photofinish_relay_";

  private final StringBuilder out = new StringBuilder(4096);
  private final List<CameraStatus> cameras;

  private MetricsText(List<CameraStatus> cameras) {
    this.cameras = cameras;
  }

  /**
   * @param viewers browsers that show live pictures
   */
  static String of(List<CameraStatus> cameras, int viewers) {
    MetricsText text = new MetricsText(cameras);
    text.states();
    text.streams();
    text.readers();
    text.frames();
    text.head("web_viewers", "gauge", "Browsers that show live pictures.");
    text.out.append(PREFIX).append("web_viewers ").append(viewers).append('\n');
    return text.out.toString();
  }

  private void head(String name, String type, String help) {
    out.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, CameraStatus camera, String labels, double value) {
    out.append(PREFIX).append(name).append("{camera=\"").append(escaped(camera.name()));
    out.append('"').append(labels).append("} ").append(number(value)).append('\n');
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.6f", value);
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private void states() {
    head("camera_state", "gauge", "1 for the state that a camera is in, 0 for the others.");
    for (CameraStatus camera : cameras) {
      for (RelayState state : RelayState.values()) {
        String label = ",state=\"" + Option.word(state) + "\"";
        sample("camera_state", camera, label, camera.state() == state ? 1 : 0);
      }
    }
  }

  /** Of the present stream, so that a camera that is added again begins at 0, as counters may. */
  private void streams() {
    stream("received_packets_total", "RTP packets of the camera.", StreamStatistics::packets);
    stream("received_bytes_total", "Bytes of those packets.", StreamStatistics::bytes);
    stream("lost_packets_total", "RTP packets that did not come.", StreamStatistics::lost);
    stream("outages_total", "Times without media.", statistics -> statistics.outages().size());
    stream("reconnects_total", "Connections after the first.", StreamStatistics::reconnects);
  }

  private void stream(String name, String help, ToDoubleFunction<StreamStatistics> value) {
    head(name, "counter", help);
    for (CameraStatus camera : cameras) {
      StreamStatistics statistics = camera.statistics();
      sample(name, camera, "", statistics == null ? 0 : value.applyAsDouble(statistics));
    }
  }

  private void readers() {
    head("readers", "gauge", "Readers at present.");
    cameras.forEach(camera -> sample("readers", camera, "", camera.readers().size()));
    reader("reader_bytes", "Bytes sent to the present readers.", ReaderStatus::bytes);
    reader(
        "reader_dropped_packets",
        "Packets that the present readers were too slow for.",
        ReaderStatus::dropped);
  }

  private void reader(String name, String help, ToDoubleFunction<ReaderStatus> value) {
    head(name, "gauge", help);
    for (CameraStatus camera : cameras) {
      sample(name, camera, "", camera.readers().stream().mapToDouble(value).sum());
    }
  }

  private void frames() {
    head("frames_ratio", "gauge", "Share of the expected pictures that came; NaN if none watched.");
    for (CameraStatus camera : cameras) {
      sample("frames_ratio", camera, ",window=\"minute\"", camera.frames().minute());
      sample("frames_ratio", camera, ",window=\"hour\"", camera.frames().hour());
      sample("frames_ratio", camera, ",window=\"day\"", camera.frames().day());
    }
  }
}
