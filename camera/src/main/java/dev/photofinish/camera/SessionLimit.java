package dev.photofinish.camera;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The sessions that a camera takes: in all, of each path, and from boot to boot. */
final class SessionLimit {

  private static final int NOT_ENOUGH_BANDWIDTH = 453;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final CameraOptions options;
  private final Slots<CameraSession> all;
  private final Map<String, Slots<CameraSession>> ofPath = new HashMap<>();
  private int opened;

  SessionLimit(CameraOptions options) {
    this.options = options;
    OnLimit policy = options.get(Knob.ON_LIMIT);
    int limit = policy.countsSessions() ? options.get(Knob.LIMIT) : 0;
    this.all = new Slots<>(limit > 0 && policy == OnLimit.DEGRADE ? limit + 1 : limit);
  }

  /** The status that one more session of {@code path} is refused with; empty if it has a slot. */
  OptionalInt refusal(String path) {
    int perBoot = options.get(Knob.SESSIONS_PER_BOOT);
    if (perBoot > 0 && opened >= perBoot) {
      return OptionalInt.of(SERVICE_UNAVAILABLE);
    }
    if (slots(path).full() || (all.full() && options.get(Knob.ON_LIMIT) != OnLimit.STATUS_503)) {
      return OptionalInt.of(NOT_ENOUGH_BANDWIDTH);
    }
    return all.full() ? OptionalInt.of(SERVICE_UNAVAILABLE) : OptionalInt.empty();
  }

  /** Whether {@code session} is one more than the camera serves in full. */
  boolean degrades(CameraSession session) {
    return options.get(Knob.ON_LIMIT) == OnLimit.DEGRADE && all.full() && all.holds(session);
  }

  boolean holds(CameraSession session) {
    return all.holds(session);
  }

  void take(CameraSession session) {
    opened++;
    all.take(session);
    slots(session.path()).take(session);
  }

  void release(CameraSession session) {
    all.release(session);
    slots(session.path()).release(session);
  }

  /** Everything is free, as after a reboot. */
  void clear() {
    opened = 0;
    all.clear();
    ofPath.clear();
  }

  /** One entry for each path that the camera has. */
  private Slots<CameraSession> slots(String path) {
    return ofPath.computeIfAbsent(path, p -> new Slots<>(options.get(Knob.PROFILE_LIMIT)));
  }
}
