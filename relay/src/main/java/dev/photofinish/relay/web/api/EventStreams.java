package dev.photofinish.relay.web.api;

import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.http.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Server-sent events for every page that is open. One for which too much waits, or for which
 * something waits for {@value #MOST_STUCK_SECONDS} s, is closed: it connects again, and is given
 * the present.
 */
final class EventStreams {
  /** A first event, of all cameras, may be as long. */
  private static final int MOST_WAITING_BYTES = 4 << 20;

  private static final int MOST_STUCK_SECONDS = 30;

  private final Map<Channel, Page> pages = new ConcurrentHashMap<>();

  /** A page that is open. */
  static final class Page {
    private final Grants grants;

    /** The cameras that it was told of. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Since when something waits for it, as it was last seen. */
    private OptionalLong stuckSince = OptionalLong.empty();

    private Page(Grants grants) {
      this.grants = grants;
    }
  }

  /**
   * Begins with these events. On the loop of the exchange, so that what is sent meanwhile comes
   * behind them.
   *
   * @param cameras that the first event is about; asked for when nothing that comes later is missed
   * @param first of the format of {@link #event}; asked for behind them
   */
  void open(Exchange exchange, Supplier<List<String>> cameras, Supplier<String> first) {
    Channel channel = exchange.channel();
    exchange.stream("text/event-stream");
    add(channel, exchange.lastingGrants()).known.addAll(cameras.get());
    var unused = channel.writeAndFlush(new DefaultHttpContent(bytes(first.get())));
  }

  Page add(Channel channel, Grants grants) {
    channel
        .config()
        .setWriteBufferWaterMark(
            new WriteBufferWaterMark(MOST_WAITING_BYTES / 2, MOST_WAITING_BYTES));
    Page page = new Page(grants);
    pages.put(channel, page);
    channel.closeFuture().addListener(closed -> pages.remove(channel));
    return page;
  }

  /**
   * Closes pages that do not read; called about once a second, on one thread.
   *
   * @param now nanoseconds of a monotonic clock
   */
  void closeStuck(long now) {
    pages.forEach(
        (channel, page) -> {
          if (channel.bytesBeforeUnwritable() >= MOST_WAITING_BYTES) {
            page.stuckSince = OptionalLong.empty();
          } else if (page.stuckSince.isEmpty()) {
            page.stuckSince = OptionalLong.of(now);
          } else if (now - page.stuckSince.getAsLong()
              >= TimeUnit.SECONDS.toNanos(MOST_STUCK_SECONDS)) {
            var unused = channel.close();
          }
        });
  }

  boolean isEmpty() {
    return pages.isEmpty();
  }

  /**
   * Sends an event to all who see the camera that it is about. Who was told of it and sees it no
   * more is told that it is removed.
   */
  void send(String camera, String event) {
    if (pages.isEmpty()) {
      return;
    }
    ByteBuf content = bytes(event);
    pages.forEach(
        (channel, page) -> {
          if (page.grants.sees(camera)) {
            page.known.add(camera);
            send(channel, content);
          } else {
            sendRemoved(camera, channel, page);
          }
        });
    content.release();
  }

  /** Tells all who were told of a camera that there is none any more. */
  void sendRemoved(String camera) {
    pages.forEach((channel, page) -> sendRemoved(camera, channel, page));
  }

  private static void sendRemoved(String camera, Channel channel, Page page) {
    if (page.known.remove(camera)) {
      ByteBuf content = bytes(event("removed", Map.of("camera", camera)));
      send(channel, content);
      content.release();
    }
  }

  private static void send(Channel page, ByteBuf content) {
    if (page.isWritable()) {
      var unused = page.writeAndFlush(new DefaultHttpContent(content.retainedDuplicate()));
    } else {
      var unused = page.close();
    }
  }

  /** Sends the last event to all pages, whose answers are complete with it. */
  void sayFarewell() {
    for (Channel page : pages.keySet()) {
      ByteBuf last = bytes(event("stopping", Map.of()));
      var unused = page.writeAndFlush(new DefaultLastHttpContent(last));
    }
  }

  static String event(String name, Object data) {
    return "event: " + name + "\ndata: " + Json.text(data) + "\n\n";
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
  }
}
