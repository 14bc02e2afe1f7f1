package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import dev.photofinish.rtsp.message.RtspMessage;
import io.netty.channel.Channel;

/**
 * The connection of a reader or a publisher, as those see it who do what its dialogue wants. Used
 * on its event loop, but {@link #onLoop}.
 */
interface ClientConnection {
  Channel channel();

  /** Human-readable: {@code 192.0.2.1:51234}. */
  String remote();

  /** Whether nothing counts any more. */
  boolean isOver();

  /** Tells the dialogue; after the event that is being handled. */
  void event(ServerEvent event);

  /** Runs an event from any thread; nothing where the connection is over. */
  void onLoop(Runnable event);

  void send(RtspMessage message);

  /** Closes the channel when all is flushed, or after a second. */
  void close(String reason);
}
