package dev.photofinish.benchmarks.relay;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Relays of a camera that drops: for each kind of drop the longest time that a reader of the relay
 * got no packet of video, and whether the relay closed it. A reader that is closed connects again
 * at once, and until it gets something.
 *
 * <p>{@code DropsBenchmark TIMES NAME=URL=COMMAND...}; {@code CAMERA} in a command is the camera's
 * URL. A relay that repeats pictures while the camera is away must be told not to.
 */
public final class DropsBenchmark {
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(40);
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Duration RESTART = Duration.ofMillis(300);

  private enum Drop {
    RESET,
    CLOSE,
    RESTART,
    /** Until the relay connects again, at most until the bound. */
    SILENCE,
    PARAMETER_SETS
  }

  private SimulatedCamera camera = camera(0, 25);
  private int changes;

  private DropsBenchmark() {}

  /** The rate of pictures is in its parameter sets. */
  private static SimulatedCamera camera(int port, int fps) {
    return SimulatedCamera.builder().port(port).set(Knob.FPS, fps).start();
  }

  public static void main(String[] arguments) throws Exception {
    System.out.println("| relay | " + String.join(" | ", names()) + " |");
    System.out.println("|---|" + "---|".repeat(Drop.values().length));
    for (String peer : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      new DropsBenchmark().run(peer, Integer.parseInt(arguments[0]));
    }
  }

  private static String[] names() {
    return Arrays.stream(Drop.values()).map(Drop::name).toArray(String[]::new);
  }

  private void run(String argument, int times) throws Exception {
    try (Peer peer = Peer.start(argument, camera.url());
        Viewer viewer = new Viewer(peer.url())) {
      gap(viewer);
      Map<Drop, String> cells = new LinkedHashMap<>();
      for (Drop drop : Drop.values()) {
        cells.put(drop, cell(drop, times, viewer));
      }
      System.out.println("| " + peer.name() + " | " + String.join(" | ", cells.values()) + " |");
    } finally {
      camera.close();
    }
  }

  /** The median and the longest of the gaps, and how often the reader was closed. */
  private String cell(Drop drop, int times, Viewer viewer) throws Exception {
    double[] seconds = new double[times];
    viewer.closed();
    int closed = 0;
    for (int i = 0; i < times; i++) {
      drop(drop);
      seconds[i] = gap(viewer);
      closed += viewer.closed();
    }
    Arrays.sort(seconds);
    String longest =
        seconds[times - 1] * TimeUnit.SECONDS.toNanos(1) >= BOUND_NANOS
            ? "never"
            : "%.2f".formatted(seconds[times - 1]);
    return "%.2f, %s, %s"
        .formatted(
            seconds[times / 2], longest, closed == 0 ? "kept" : "closed " + closed + " times");
  }

  private void drop(Drop drop) throws IOException {
    switch (drop) {
      case RESET -> camera.dropAll();
      case CLOSE -> camera.hangUp();
      case RESTART -> camera.reboot(RESTART);
      case SILENCE -> camera.mute();
      case PARAMETER_SETS -> {
        int port = camera.port();
        camera.close();
        camera = camera(port, 25 - ++changes % 2);
      }
    }
  }

  /** The longest time without a packet, in seconds, until they come steadily. */
  private double gap(Viewer viewer) throws InterruptedException {
    long begin = System.nanoTime();
    int before = camera.report().connections();
    boolean silent = true;
    long lastAt = begin;
    long longest = 0;
    long steadySince = begin;
    while (System.nanoTime() - steadySince < STEADY_NANOS) {
      boolean sees = viewer.sees();
      long now = System.nanoTime();
      if (silent && (camera.report().connections() > before || now - begin > BOUND_NANOS / 2)) {
        silent = false;
        camera.unmute();
      }
      if (sees) {
        lastAt = now;
      }
      longest = Math.max(longest, now - lastAt);
      if (now - lastAt > STEADY_NANOS / 4) {
        steadySince = now;
      }
      if (now - begin > BOUND_NANOS) {
        return BOUND_NANOS / 1e9;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return longest / 1e9;
  }
}
