package dev.photofinish.rtsp.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection that both sides have closed: our FIN, and the camera's, which says that
 * the camera has come to read ours (RFC 9293 section 3.6). After {@value #PEER_MILLIS} ms without
 * it, RST. A channel that is closed at once is gone for us alone: a camera that takes one client,
 * and is late, may see the next one before the end of this one.
 */
final class OrderlyClose {
  static final int PEER_MILLIS = 500;

  private OrderlyClose() {}

  /**
   * Closes a channel, from its event loop.
   *
   * @param direct whether the camera's end of the channel is that of the connection, as it is not
   *     of a tunnel, whose handlers have to say more
   * @param closed called once it is closed
   */
  static void close(Channel channel, boolean direct, Runnable closed) {
    if (channel.isOpen()) {
      Future<?> late =
          channel.eventLoop().schedule(() -> reset(channel), PEER_MILLIS, TimeUnit.MILLISECONDS);
      channel.closeFuture().addListener(done -> late.cancel(false));
      if (direct && channel instanceof DuplexChannel duplex) {
        finish(duplex);
      } else {
        Future<?> unused = channel.close();
      }
    }
    channel.closeFuture().addListener(done -> closed.run());
  }

  private static void finish(DuplexChannel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      shutdown(channel);
    } else {
      tls.closeOutbound().addListener(sent -> shutdown(channel));
    }
  }

  private static void shutdown(DuplexChannel channel) {
    channel
        .shutdownOutput()
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                reset(channel);
              }
            });
  }

  /** Past all handlers, which might want to say something first. */
  private static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    ChannelHandlerContext first = channel.pipeline().firstContext();
    Future<?> unused = first == null ? channel.close() : first.close();
  }
}
