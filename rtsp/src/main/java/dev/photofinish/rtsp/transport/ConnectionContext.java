package dev.photofinish.rtsp.transport;

import dev.photofinish.race.address.Addresses;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
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

  void attached(Channel to) {
    channel = to;
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

  /** Whether it goes over TLS. */
  boolean isSecure() {
    return channel().pipeline().get(SslHandler.class) != null;
  }

  void flush() {
    channel().flush();
  }

  void write(Object message) {
    Future<?> unused = channel().writeAndFlush(message, channel().voidPromise());
  }

  /** Closes the channel, which is closed when the camera has done so too. */
  void close() {
    OrderlyClose.close(channel());
  }

  boolean isOver() {
    return over;
  }

  void over() {
    over = true;
  }
}
