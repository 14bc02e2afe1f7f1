package dev.photofinish.relay.web.api;

import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.http.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Server-sent events for every page that is open. One that does not read what was sent is closed:
 * it connects again, and is given the present.
 */
final class EventStreams {
  /** A first event, of all cameras, may be as long. */
  private static final int MOST_WAITING_BYTES = 4 << 20;

  private final Map<Channel, Grants> pages = new ConcurrentHashMap<>();

  /**
   * Begins with these events. On the loop of the exchange, so that what is sent meanwhile comes
   * behind them.
   *
   * @param first of the format of {@link #event}; asked for when nothing that comes later is missed
   */
  void open(Exchange exchange, Supplier<String> first) {
    Channel channel = exchange.channel();
    channel
        .config()
        .setWriteBufferWaterMark(
            new WriteBufferWaterMark(MOST_WAITING_BYTES / 2, MOST_WAITING_BYTES));
    exchange.stream("text/event-stream");
    pages.put(channel, exchange.grants());
    channel.closeFuture().addListener(closed -> pages.remove(channel));
    var unused = channel.writeAndFlush(new DefaultHttpContent(bytes(first.get())));
  }

  boolean isEmpty() {
    return pages.isEmpty();
  }

  /** Sends an event to all who see the camera that it is about. */
  void send(String camera, String event) {
    if (pages.isEmpty()) {
      return;
    }
    ByteBuf content = bytes(event);
    for (Map.Entry<Channel, Grants> open : pages.entrySet()) {
      Channel page = open.getKey();
      if (!open.getValue().sees(camera)) {
        continue;
      }
      if (page.isWritable()) {
        var unused = page.writeAndFlush(new DefaultHttpContent(content.retainedDuplicate()));
      } else {
        var unused = page.close();
      }
    }
    content.release();
  }

  static String event(String name, Object data) {
    return "event: " + name + "\ndata: " + Json.text(data) + "\n\n";
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
  }
}
