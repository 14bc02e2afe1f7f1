package dev.photofinish.connect;

import dev.photofinish.race.RaceReport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/**
 * The winner of a race.
 *
 * <p>The channel is connected, registered, and now the caller's to close. Its pipeline holds what
 * the attempt's own {@link AttemptInitializer} put there (after the TLS handler, for a TLS
 * endpoint), and nothing of the race.
 *
 * <p>Of a race to the finish line {@code connect} or {@code tls} without an initializer, the
 * channel does not read yet ({@code autoRead} is off): add handlers, then call {@code
 * channel.config().setAutoRead(true)} or {@code channel.read()}. The bytes that came in the
 * meantime arrive first; a peer's close is told after them.
 *
 * @param report how the race went
 */
public record Connection(Channel channel, RaceReport report) implements AutoCloseable {
  /** Closes the channel, without waiting until it is closed. */
  @Override
  public void close() {
    ChannelFuture unused = channel.close();
  }
}
