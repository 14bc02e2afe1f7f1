package dev.photofinish.connect;

import dev.photofinish.race.RaceReport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

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
 * meantime arrive first; a peer's close follows them.
 *
 * @param report how the race went
 * @param attachment what the attempt's initializer {@linkplain Attempt#attach attached}, null for
 *     nothing
 */
public record Connection(Channel channel, RaceReport report, @Nullable Object attachment)
    implements AutoCloseable {
  /**
   * The attachment as a {@code type}.
   *
   * @throws IllegalStateException the attempt attached nothing, or something of another type
   */
  public <T> T attachment(Class<T> type) {
    if (!type.isInstance(attachment)) {
      String attached = attachment == null ? "nothing" : "a " + attachment.getClass().getName();
      throw new IllegalStateException(
          "the attempt attached " + attached + "; expected a " + type.getName());
    }
    return type.cast(attachment);
  }

  /** Closes the channel, without waiting until it is closed. */
  @Override
  public void close() {
    ChannelFuture unused = channel.close();
  }
}
