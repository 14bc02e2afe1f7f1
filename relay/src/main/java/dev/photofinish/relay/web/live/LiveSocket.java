package dev.photofinish.relay.web.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.View;
import dev.photofinish.relay.web.http.RightRevoked;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A browser that watches a camera: a text message that says what comes, then binary messages, first
 * the initialization segment.
 *
 * <p>What waits for it is bounded: above {@value #MOST_WAITING_BYTES} bytes fragments are left out
 * up to a key frame that has room, and after {@value #MOST_SLOW_SECONDS} s of that it is closed. A
 * browser that does not answer pings is closed too.
 */
public final class LiveSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final int MOST_WAITING_BYTES = 4 << 20;
  static final int MOST_SLOW_SECONDS = 10;
  private static final int PING_SECONDS = 15;

  private final LiveStreams streams;
  private final Source source;
  private final boolean audio;
  private @Nullable View place;
  private @Nullable Future<?> pings;
  private boolean answered = true;
  private boolean closed;

  /**
   * @param audio whether sound is wanted too
   */
  public LiveSocket(LiveStreams streams, Source source, boolean audio) {
    this.streams = streams;
    this.source = source;
    this.audio = audio;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    pings =
        context
            .executor()
            .scheduleAtFixedRate(() -> ping(context), PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    CompletableFuture<?> unused =
        source
            .describe()
            .toCompletableFuture()
            .whenCompleteAsync(
                (tracks, failure) -> {
                  if (closed) {
                    return;
                  }
                  if (tracks == null) {
                    end(context, WebSocketCloseStatus.TRY_AGAIN_LATER, reason(failure));
                  } else {
                    place = streams.join(source, tracks, audio, new Viewer(context));
                    if (closed) {
                      leave();
                    }
                  }
                },
                context.executor());
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage());
  }

  private void ping(ChannelHandlerContext context) {
    if (!answered) {
      var unused = context.close();
    } else {
      answered = false;
      var unused = context.writeAndFlush(new PingWebSocketFrame());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    answered = true;
    if (frame instanceof PingWebSocketFrame) {
      // What waits for one that does not read is bounded (RFC 6455 section 5.5.3).
      if (context.channel().isWritable()) {
        var unused = context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
      }
    } else if (frame instanceof CloseWebSocketFrame) {
      context.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof RightRevoked revoked) {
      leave();
      end(context, WebSocketCloseStatus.POLICY_VIOLATION, revoked.reason());
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    leave();
    super.channelInactive(context);
  }

  private void leave() {
    closed = true;
    if (pings != null) {
      pings.cancel(false);
    }
    if (place != null) {
      place.close();
      place = null;
    }
  }

  private static void end(
      ChannelHandlerContext context, WebSocketCloseStatus status, String reason) {
    ObjectNode message = JSON.createObjectNode().put("type", "ended").put("reason", reason);
    var unused = context.write(new TextWebSocketFrame(message.toString()));
    context.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var unused = context.close();
  }

  /** Sends what comes, on its connection's event loop. */
  private static final class Viewer implements FragmentViewer {
    private final ChannelHandlerContext context;
    private final SlowViewer slow =
        new SlowViewer(MOST_WAITING_BYTES, TimeUnit.SECONDS.toNanos(MOST_SLOW_SECONDS));

    Viewer(ChannelHandlerContext context) {
      this.context = context;
    }

    @Override
    public void header(LiveHeader header) {
      ObjectNode message = JSON.createObjectNode();
      message.put("type", "media").put("contentType", header.contentType());
      header.leftOut().forEach(message.putArray("leftOut")::add);
      ByteBuf content = Unpooled.wrappedBuffer(header.content());
      run(
          () -> {
            var unused = context.write(new TextWebSocketFrame(message.toString()));
            unused = context.writeAndFlush(new BinaryWebSocketFrame(content));
          });
    }

    @Override
    public void fragment(ByteBuf content, FragmentInfo info) {
      int bytes = content.readableBytes();
      switch (slow.next(bytes, info.keyFrame(), System.nanoTime())) {
        case SEND -> {
          ByteBuf kept = content.retainedDuplicate();
          run(
              () ->
                  context
                      .writeAndFlush(new BinaryWebSocketFrame(kept))
                      .addListener(sent -> slow.sent(bytes)));
        }
        case SKIP -> {}
        case CLOSE -> {
          var unused = context.close();
        }
      }
    }

    private void run(Runnable task) {
      if (context.executor().inEventLoop()) {
        task.run();
      } else {
        context.executor().execute(task);
      }
    }

    @Override
    public void ended(String reason) {
      run(() -> end(context, WebSocketCloseStatus.TRY_AGAIN_LATER, reason));
    }
  }
}
