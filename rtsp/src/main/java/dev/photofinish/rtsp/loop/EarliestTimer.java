package dev.photofinish.rtsp.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One timer for many deadlines. It is set earlier when a deadline comes nearer and otherwise left
 * to fire for nothing: packets move deadlines away all the time, and to follow each would cost more
 * than the packet.
 */
public final class EarliestTimer {
  private final Ticker clock;
  private final LongConsumer expired;
  private long armedFor;
  private @Nullable Future<?> timer;

  /**
   * A timer that is not armed.
   *
   * @param expired called when a deadline has come, or would have, with how many nanoseconds later
   *     than that it is
   */
  public EarliestTimer(Ticker clock, LongConsumer expired) {
    this.clock = clock;
    this.expired = expired;
  }

  /** Calls back at {@code deadline} or earlier. */
  public void arm(EventLoop loop, OptionalLong deadline) {
    boolean early = timer != null && armedFor - deadline.orElse(armedFor) <= 0;
    if (deadline.isEmpty() || early) {
      return;
    }
    stop();
    armedFor = deadline.getAsLong();
    timer = loop.schedule(this::expire, armedFor - clock.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void expire() {
    timer = null;
    expired.accept(clock.nanoTime() - armedFor);
  }

  /** Forgets what it was armed for. */
  public void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
