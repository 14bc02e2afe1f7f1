package dev.photofinish.cli.fleet;

import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.SimulatedCameraListener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A camera that takes one client, and drops the older for a newer one. It counts what one failure
 * did to it: connections at once, those that it dropped, and for how long none played.
 */
final class LabCamera implements SimulatedCameraListener, AutoCloseable {
  private static final int FPS = 10;

  private final String name;
  private final SimulatedCamera camera;
  private final Set<Integer> open = new HashSet<>();
  private int connected;
  private int peak;
  private int dropped;
  private int playing;
  private long begun;
  private long freeSince;
  private boolean free;
  private @Nullable Duration gap;
  private @Nullable Duration again;

  LabCamera(String name, InetAddress address) {
    this.name = name;
    camera =
        SimulatedCamera.builder()
            .address(address.getHostAddress())
            .set(Knob.FPS, FPS)
            .limit(1, OnLimit.DROP_OLDEST)
            .listener(this)
            .start();
  }

  String name() {
    return name;
  }

  /** Its section of a configuration file. */
  String section() {
    return "[" + name + "]\nurl = \"" + camera.url() + "\"\n";
  }

  @Override
  public synchronized void onEvent(CameraEvent event) {
    switch (event.kind()) {
      case CONNECTED -> {
        open.add(event.connection());
        connected++;
        peak = Math.max(peak, open.size());
      }
      case CLOSED -> {
        open.remove(event.connection());
        freeSince = System.nanoTime();
        free = true;
        if (event.connection() == playing) {
          playing = 0;
        }
      }
      case LIMITED -> dropped++;
      case PLAYING -> {
        playing = event.connection();
        if (again == null && connected > 0) {
          long now = System.nanoTime();
          again = Duration.ofNanos(now - begun);
          gap = free ? Duration.ofNanos(now - freeSince) : Duration.ZERO;
        }
      }
      default -> {}
    }
  }

  /** A failure begins: counts from now on. */
  synchronized void begin() {
    connected = 0;
    peak = open.size();
    dropped = 0;
    gap = null;
    again = null;
    begun = System.nanoTime();
    free = false;
  }

  /** Whether its one connection plays. */
  synchronized boolean isPlaying() {
    return open.size() == 1 && open.contains(playing);
  }

  /** New connections since the failure began. */
  synchronized int connected() {
    return connected;
  }

  /** The most connections at one time. */
  synchronized int peak() {
    return peak;
  }

  /** Connections that it dropped for a newer one. */
  synchronized int dropped() {
    return dropped;
  }

  /** From the end of the connection until the next one played; null if there was none. */
  synchronized @Nullable Duration gap() {
    return gap;
  }

  /** From the beginning of the failure until the next connection played; null if there was none. */
  synchronized @Nullable Duration again() {
    return again;
  }

  @Override
  public synchronized String toString() {
    return "%s: %d open, %d at the peak, %d new, %d dropped"
        .formatted(name, open.size(), peak, connected, dropped);
  }

  @Override
  public void close() {
    camera.close();
  }
}
