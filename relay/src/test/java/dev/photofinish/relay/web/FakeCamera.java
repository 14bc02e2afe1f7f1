package dev.photofinish.relay.web;

import dev.photofinish.relay.CameraStatus;
import dev.photofinish.relay.FrameShare;
import dev.photofinish.relay.ReaderStatus;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A camera of a test: it plays. */
public final class FakeCamera implements RelayedCamera {
  static final Instant SINCE = Instant.parse("2026-03-01T10:00:00Z");

  private final String name;
  private volatile Camera camera;
  private volatile RelayedCameraOptions options;
  private final FakeSource source;
  private volatile RelayState state = RelayState.PLAYING;
  private volatile Instant since = SINCE;
  private volatile String reason = "";

  FakeCamera(String name, Camera camera, RelayedCameraOptions options, String... codecs) {
    this.name = name;
    this.camera = camera;
    this.options = options;
    this.source = new FakeSource(name, codecs);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Camera camera() {
    return camera;
  }

  @Override
  public RelayedCameraOptions options() {
    return options;
  }

  void change(Camera to, RelayedCameraOptions how) {
    camera = to;
    options = how;
  }

  @Override
  public FakeSource source() {
    return source;
  }

  void state(RelayState next, Instant at, String why) {
    state = next;
    since = at;
    reason = why;
  }

  @Override
  public CameraStatus status() {
    List<MediaStatistics> medias =
        source.tracks().stream()
            .map(
                track ->
                    new MediaStatistics(
                        track.media(), 48_120, 61_000_000, 12, 3, 0, 0, Duration.ofMillis(4)))
            .toList();
    return new CameraStatus(
        name,
        camera.toString(),
        state,
        since,
        reason,
        source.tracks(),
        List.of(
            new ReaderStatus(
                new ReaderInfo("192.0.2.7:51234", "tcp", "Lavf/60"), since, 9_000, 7_200_000, 4)),
        new FrameShare(1, 0.9987, Double.NaN),
        new StreamStatistics(CameraState.PLAYING, Duration.ofMinutes(5), medias, 2, List.of()));
  }

  @Override
  public Optional<CameraStream> stream() {
    return Optional.empty();
  }
}
