package dev.photofinish.rtsp.transport;

import dev.photofinish.race.address.Addresses;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state that the parts of one connection share: its channel, its owner, and whether it is over.
 */
final class ConnectionContext {
  private ConnectionListener owner;
  private @Nullable Channel channel;
  private String remote = "not connected";
  private boolean direct;
  private boolean over;

  ConnectionContext(ConnectionListener owner) {
    this.owner = owner;
  }

  ConnectionListener owner() {
    return owner;
  }

  void owner(ConnectionListener next) {
    owner = next;
  }

  /**
   * @param direct whether nothing but TCP and TLS is below the dialogue
   */
  void attached(Channel to, boolean direct) {
    channel = to;
    this.direct = direct;
  }

  Channel channel() {
    return Objects.requireNonNull(channel);
  }

  void connected() {
    remote =
        channel().remoteAddress() instanceof InetSocketAddress address
            ? Addresses.text(address)
            : String.valueOf(channel().remoteAddress());
  }

  /** Human-readable: {@code 192.0.2.1:554}. */
  String remote() {
    return remote;
  }

  /** Writes a message that {@link #flush} sends. */
  void queue(Object message) {
    Future<?> unused = channel().write(message, channel().voidPromise());
  }

  void flush() {
    channel().flush();
  }

  void write(Object message) {
    Future<?> unused = channel().writeAndFlush(message, channel().voidPromise());
  }

  /** Closes the channel; {@code closed} comes when it is, {@code inOrder} by the camera too. */
  void close(boolean inOrder, Runnable closed) {
    if (inOrder) {
      OrderlyClose.close(channel(), direct, closed);
    } else {
      Future<?> unused = channel().close();
      closed.run();
    }
  }

  boolean isOver() {
    return over;
  }

  void over() {
    over = true;
  }
}
