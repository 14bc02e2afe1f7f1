package dev.photofinish.relay.web.api;

import dev.photofinish.option.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.report.ReportText;
import dev.photofinish.relay.CameraStatus;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.source.ReaderInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The past of every camera, from what the relay reports. */
final class Histories implements RelayListener {
  private static final double MILLIS = 1000;

  private final Clock clock;
  private final HistoryListener listener;
  private final Map<String, CameraHistory> histories = new ConcurrentHashMap<>();

  Histories(Clock clock, HistoryListener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** Takes what was just added to a history. */
  interface HistoryListener {
    /** A camera is there, or its state or its readers changed. */
    void changed(RelayedCamera camera);

    void removed(String camera);

    void line(String camera, CameraHistory.LogLine line);

    void race(String camera, CameraHistory.Race race);
  }

  /** Of a camera that the relay has. */
  CameraHistory of(String camera) {
    return histories.computeIfAbsent(camera, added -> new CameraHistory(clock));
  }

  /** Begins with a camera that was there before. */
  void start(RelayedCamera camera) {
    CameraStatus status = camera.status();
    of(camera.name()).state(status.state(), status.reason());
  }

  @Override
  public void added(RelayedCamera camera) {
    CameraHistory history = new CameraHistory(clock);
    histories.put(camera.name(), history);
    start(camera);
    log(camera, "added");
    listener.changed(camera);
  }

  @Override
  public void changed(RelayedCamera camera) {
    log(camera, "its options were changed");
    listener.changed(camera);
  }

  @Override
  public void removed(RelayedCamera camera) {
    histories.remove(camera.name());
    listener.removed(camera.name());
  }

  @Override
  public void state(RelayedCamera camera, RelayState from, RelayState to, String reason) {
    of(camera.name()).state(to, reason);
    String word = Option.word(to);
    log(camera, reason.isEmpty() || reason.equals(word) ? word : word + ": " + reason);
    listener.changed(camera);
  }

  @Override
  public void retry(RelayedCamera camera, Duration delay, String reason) {
    double seconds = delay.toMillis() / MILLIS;
    log(camera, String.format(Locale.ROOT, "next try in %.1f s: %s", seconds, reason));
    listener.changed(camera);
  }

  @Override
  public void race(RelayedCamera camera, RaceReport report) {
    listener.race(camera.name(), of(camera.name()).race(report));
    log(camera, ReportText.summary(report));
  }

  @Override
  public void joined(RelayedCamera camera, ReaderInfo reader) {
    log(camera, "reader " + reader.address() + " came (" + reader.transport() + ")");
    listener.changed(camera);
  }

  @Override
  public void left(RelayedCamera camera, ReaderInfo reader, String reason) {
    log(camera, "reader " + reader.address() + " went: " + reason);
    listener.changed(camera);
  }

  private void log(RelayedCamera camera, String text) {
    listener.line(camera.name(), of(camera.name()).log(text));
  }
}
