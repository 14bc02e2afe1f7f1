package dev.photofinish.fleet.serve;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.LearntLimit;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of clients that cameras take, as far as they are known: of those that this node holds
 * what its relay has learnt, of others what their holders told last, to be taken over with them.
 * Each has an entry for a camera of the list at most.
 */
final class LearntLimits implements RelayListener {
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final Map<String, LearntLimit> own = new ConcurrentHashMap<>();
  private final Map<String, LearntLimit> told = new ConcurrentHashMap<>();

  /** Of a camera that this node holds; null for nothing. */
  @Nullable LearntLimit of(String name) {
    return own.get(name);
  }

  /** This node takes a camera: what was told of it is its own from now on; null for nothing. */
  @Nullable LearntLimit take(String name) {
    LearntLimit known = told.get(name);
    if (known != null) {
      own.put(name, known);
    }
    held.add(name);
    return known;
  }

  /** This node lets go of a camera, and may take it again. */
  void release(String name) {
    held.remove(name);
    LearntLimit known = own.remove(name);
    if (known != null) {
      told.put(name, known);
    }
  }

  /** It may be another device now. */
  void forget(String name) {
    own.remove(name);
    told.remove(name);
  }

  /** Takes what the holders of other nodes tell; of a camera without a holder the last holds. */
  void hear(Map<String, FleetView.Held> holders, String self, Predicate<String> isListed) {
    holders.forEach(
        (name, holder) -> {
          LearntLimit limit = holder.holding().limit();
          if (holder.node().node().equals(self)) {
            return;
          }
          if (limit == null) {
            told.remove(name);
          } else {
            told.put(name, limit);
          }
        });
    told.keySet().removeIf(isListed.negate());
  }

  @Override
  public CameraListener streams(RelayedCamera camera) {
    return new CameraListener() {
      @Override
      public void device(CameraStream stream, String endpoint, @Nullable ClientLimit limit) {
        if (!held.contains(camera.name())) {
          return; // it is of another node, from which the camera is read
        }
        if (limit == null) {
          forget(camera.name());
        } else {
          long age = Math.max(0, Ticker.systemTicker().nanoTime() - limit.seenAt());
          own.put(
              camera.name(),
              LearntLimit.of(limit, Duration.ofNanos(age), System.currentTimeMillis()));
        }
      }
    };
  }
}
