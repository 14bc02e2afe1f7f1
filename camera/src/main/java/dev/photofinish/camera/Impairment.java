package dev.photofinish.camera;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Loses and swaps packets by chance, from a seeded generator. */
final class Impairment {

  private final int lossPercent;
  private final int reorderPercent;
  private final RandomGenerator random;
  private byte @Nullable [] held;

  Impairment(CameraOptions options, RandomGenerator random) {
    this.lossPercent = options.get(Knob.LOSS);
    this.reorderPercent = options.get(Knob.REORDER);
    this.random = random;
  }

  /** What is sent now: nothing, {@code packet}, or it and the one held back before it. */
  List<byte[]> pass(byte[] packet) {
    if (chance(lossPercent)) {
      return List.of();
    }
    byte[] before = held;
    if (before != null) {
      held = null;
      return List.of(packet, before);
    }
    if (chance(reorderPercent)) {
      held = packet;
      return List.of();
    }
    return List.of(packet);
  }

  private boolean chance(int percent) {
    return percent > 0 && random.nextInt(100) < percent;
  }
}
