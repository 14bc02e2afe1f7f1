package dev.photofinish.relay;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The right to be heard, of one talker at a time: the first whose audio comes has it until none of
 * it came for {@value #SILENCE_SECONDS} s, or it leaves. Times are nanoseconds of one clock. Any
 * thread uses it.
 */
final class Floor {
  static final int SILENCE_SECONDS = 2;

  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(SILENCE_SECONDS);

  private @Nullable Object holder;
  private long heardAt;

  /** Audio of a talker came at {@code now}; whether it is heard. */
  @SuppressWarnings("ReferenceEquality") // the very talker
  synchronized boolean take(Object talker, long now) {
    if (holder != null && holder != talker && now - heardAt < SILENCE_NANOS) {
      return false;
    }
    holder = talker;
    heardAt = now;
    return true;
  }

  /** A talker says no more. */
  @SuppressWarnings("ReferenceEquality") // the very talker
  synchronized void leave(Object talker) {
    if (holder == talker) {
      holder = null;
    }
  }
}
