package dev.photofinish.connect.loss;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.TryFailure;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A connection that is raced for again, as the retry rules say, until it is up. */
final class StormStream {
  private final Connector connector;
  private final Target target;
  private final RaceOptions options;
  private final ScheduledExecutorService timer;
  private final RetrySchedule retries;
  private @Nullable Connection connection;

  StormStream(
      Connector connector,
      Target target,
      RaceOptions options,
      ScheduledExecutorService timer,
      RandomGenerator random) {
    this.connector = connector;
    this.target = target;
    this.options = options;
    this.timer = timer;
    retries = new RetrySchedule(RetryOptions.defaults(), random);
  }

  void open(Runnable whenUp) {
    var unused =
        connector
            .connect(target, options)
            .whenComplete((won, failure) -> raced(won, failure == null, whenUp));
  }

  /** Closed without a word, as if the stream had been given up. */
  synchronized void drop(Runnable whenUp) {
    Connection up = connection;
    if (up != null) {
      connection = null;
      up.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      up.close();
    }
    long now = System.nanoTime();
    retries.mediaCame(now - Duration.ofMinutes(1).toNanos());
    retry(retries.streamDropped(now, now), whenUp);
  }

  private synchronized void raced(Connection won, boolean isWon, Runnable whenUp) {
    if (isWon) {
      connection = won;
      whenUp.run();
    } else {
      retry(retries.tryFailed(System.nanoTime(), TryFailure.OTHER), whenUp);
    }
  }

  private void retry(RetryDecision decision, Runnable whenUp) {
    if (decision instanceof RetryDecision.Retry retry) {
      var unused = timer.schedule(() -> open(whenUp), retry.delayNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
