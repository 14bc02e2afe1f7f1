package dev.photofinish.connect;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/** Lets a channel's event loop see what is already on its way. */
final class Settle {
  private Settle() {}

  /** Waits for a task that its event loop runs a moment later: not a condition, only a chance. */
  static void briefly(Channel channel) {
    channel.eventLoop().schedule(() -> {}, 30, TimeUnit.MILLISECONDS).syncUninterruptibly();
  }
}
