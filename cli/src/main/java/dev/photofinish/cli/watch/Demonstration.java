package dev.photofinish.cli.watch;

import dev.photofinish.camera.HangUp;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import java.time.Duration;
import java.util.Map;

/** A camera with a rough life: it serves one client, drops the older, and hangs up. */
public final class Demonstration implements AutoCloseable {
  /** What holds for watching it where nothing else is asked for. */
  static final Map<String, String> DEFAULTS =
      Map.of("duration", "30s", "connection-racing", "hybrid", "stable-after", "5s");

  /** Longer than the racing delay, so that a race has a second attempt. */
  private static final int FIRST_ANSWER_MS = 400;

  private static final Duration HANG_UP_AFTER = Duration.ofSeconds(11);

  private final SimulatedCamera camera;

  private Demonstration(SimulatedCamera camera) {
    this.camera = camera;
  }

  /** Starts it. */
  public static Demonstration start() {
    return new Demonstration(
        SimulatedCamera.builder()
            .limit(1, OnLimit.DROP_OLDEST)
            .set(Knob.FIRST_ANSWER_MS, FIRST_ANSWER_MS)
            .hangUpAfter(HANG_UP_AFTER, HangUp.RST)
            .start());
  }

  public String url() {
    return camera.url();
  }

  @Override
  public void close() {
    camera.close();
  }
}
