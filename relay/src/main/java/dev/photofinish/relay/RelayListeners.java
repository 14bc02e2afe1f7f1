package dev.photofinish.relay;

import dev.photofinish.race.RaceReport;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.RtpPacket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports to all listeners of a relay, whatever one of them throws. */
final class RelayListeners implements RelayListener {
  private static final Logger LOG = LoggerFactory.getLogger(RelayListeners.class);

  private final List<RelayListener> all = new CopyOnWriteArrayList<>();

  void add(RelayListener listener) {
    all.add(listener);
  }

  void remove(RelayListener listener) {
    all.remove(listener);
  }

  @Override
  public void added(RelayedCamera camera) {
    each(listener -> listener.added(camera));
  }

  @Override
  public void changed(RelayedCamera camera) {
    each(listener -> listener.changed(camera));
  }

  @Override
  public CameraListener streams(RelayedCamera camera) {
    return CameraListener.all(
        all.stream().map(listener -> listener.streams(camera)).toArray(CameraListener[]::new));
  }

  @Override
  public void packet(RelayedCamera camera, RtpPacket packet) {
    each(listener -> listener.packet(camera, packet));
  }

  @Override
  public void removed(RelayedCamera camera) {
    each(listener -> listener.removed(camera));
  }

  @Override
  public void state(RelayedCamera camera, RelayState from, RelayState to, String reason) {
    each(listener -> listener.state(camera, from, to, reason));
  }

  @Override
  public void retry(RelayedCamera camera, Duration delay, String reason) {
    each(listener -> listener.retry(camera, delay, reason));
  }

  @Override
  public void race(RelayedCamera camera, RaceReport report) {
    each(listener -> listener.race(camera, report));
  }

  @Override
  public void joined(RelayedCamera camera, ReaderInfo reader) {
    each(listener -> listener.joined(camera, reader));
  }

  @Override
  public void left(RelayedCamera camera, ReaderInfo reader, String reason) {
    each(listener -> listener.left(camera, reader, reason));
  }

  private void each(Consumer<RelayListener> call) {
    for (RelayListener listener : all) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("A listener of the relay threw", e);
      }
    }
  }
}
