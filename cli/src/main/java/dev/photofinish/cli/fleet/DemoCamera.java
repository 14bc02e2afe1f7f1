package dev.photofinish.cli.fleet;

import dev.photofinish.camera.Audio;
import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A simulated camera of the demonstration.
 *
 * @param isOneClient whether it takes one client, and drops the older for a newer one
 */
record DemoCamera(String name, boolean isOneClient, SimulatedCamera camera)
    implements AutoCloseable {
  private static final int FPS = 10;

  /** Every third takes one client. */
  static DemoCamera start(int number) {
    boolean isOneClient = number % 3 == 1;
    SimulatedCamera.Builder builder =
        SimulatedCamera.builder().set(Knob.FPS, FPS).set(Knob.AUDIO, Audio.NONE);
    if (isOneClient) {
      builder.limit(1, OnLimit.DROP_OLDEST);
    }
    return new DemoCamera("camera%02d".formatted(number), isOneClient, builder.start());
  }

  /** Its section of a configuration file. */
  String section() {
    return "[" + name + "]\nurl = \"" + camera.url() + "\"\n";
  }

  /** The time at the camera. */
  Duration now() {
    List<CameraEvent> events = camera.report().events();
    return events.isEmpty() ? Duration.ZERO : events.get(events.size() - 1).at();
  }

  /**
   * The time without a connection that plays: from the last end of a connection to the first that
   * played again; empty before.
   *
   * @param after what the camera's last event was before the connection ended
   */
  Optional<Duration> gap(Duration after) {
    Optional<Duration> closed = Optional.empty();
    for (CameraEvent event : camera.report().events()) {
      if (event.at().compareTo(after) > 0) {
        if (event.kind() == Kind.CLOSED) {
          closed = Optional.of(event.at());
        } else if (event.kind() == Kind.PLAYING && closed.isPresent()) {
          return closed.map(event.at()::minus);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    camera.close();
  }
}
