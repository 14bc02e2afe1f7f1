package dev.photofinish.relay.web.http;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers without an end, events and WebSockets: each is ended when the right that it was
 * served by is taken from its user.
 */
final class EndlessAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(EndlessAnswers.class);
  private static final String REASON = "the right to view was revoked";

  private final Map<Channel, BooleanSupplier> open = new ConcurrentHashMap<>();

  /**
   * @param allowed whether its user has the right
   */
  void add(Channel channel, BooleanSupplier allowed) {
    open.put(channel, allowed);
    channel.closeFuture().addListener(closed -> open.remove(channel));
  }

  /** Ends those of users who have the right no more; called about once a second. */
  void endRevoked() {
    open.forEach(
        (channel, allowed) -> {
          if (!allowed.getAsBoolean() && open.remove(channel) != null) {
            LOG.warn("{} is closed: {}", remote(channel), REASON);
            var unused = channel.pipeline().fireUserEventTriggered(new RightRevoked(REASON));
          }
        });
  }

  private static String remote(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        ? NetUtil.toSocketAddressString(remote)
        : String.valueOf(channel.remoteAddress());
  }
}
