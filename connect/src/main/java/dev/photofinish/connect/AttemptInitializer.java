package dev.photofinish.connect;

import dev.photofinish.connect.channel.ImmediateClose;
import io.netty.channel.Channel;

/**
 * Prepares the channel of one attempt, and so defines the finish line: its handlers call {@link
 * Attempt#reached} with {@link dev.photofinish.race.Stage#READY} when there.
 *
 * <p>Called once for every attempt, on the event loop, before the channel connects. Attempts run
 * side by side, so every call adds handlers of its own, never one that another channel has. The
 * channel of a TLS endpoint has its TLS handler already: handlers come after it. {@code autoRead}
 * is on unless it is turned off here; what the handlers let pass is lost, as in any pipeline.
 */
@FunctionalInterface
public interface AttemptInitializer {
  void initialize(Channel channel, Attempt attempt);

  /**
   * Closes the channel of an attempt that is over without having won, and a second one that it has
   * ({@link Attempt#connectAgain}), in whatever stage they are; on the event loop, and maybe before
   * {@link #initialize}. The default closes at once, past all handlers. One that takes its time,
   * such as to wait for the peer's end, must close the channel in the end; the race does not wait.
   */
  default void close(Channel channel) {
    ImmediateClose.of(channel);
  }
}
