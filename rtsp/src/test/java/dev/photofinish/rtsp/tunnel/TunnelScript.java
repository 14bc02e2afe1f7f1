package dev.photofinish.rtsp.tunnel;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.transport.ConnectionEndException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.Ticker;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel without sockets, at virtual time: a test plays the camera on both connections, and
 * sees what comes to the handlers behind the tunnel. Closing it finds buffers that are left.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of channels without sockets: done at once
final class TunnelScript implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final String GRANTED =
      "HTTP/1.0 200 OK\r\nContent-Type: application/x-rtsp-tunnelled\r\n\r\n";
  static final Credentials ADMIN = new Credentials("admin", "pw");

  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
  private final MockTicker clock = Ticker.newMockTicker();
  private final List<EndReason> ends = new ArrayList<>();
  private final StringBuilder received = new StringBuilder();
  private final EmbeddedChannel get;
  private boolean open;
  private int dials;
  private @Nullable EmbeddedChannel post;
  private @Nullable Promise<Channel> dial;

  private TunnelScript(
      TunnelKind kind, String path, @Nullable Credentials credentials, HttpLogin login) {
    TunnelSettings settings =
        new TunnelSettings(
            kind, url(), path, credentials, AuthenticationScheme.AUTO, "Test", TIMEOUT);
    get =
        EmbeddedChannel.builder()
            .ticker(clock)
            .handlers(
                new TunnelOpener(settings, false, login, this::dialAgain, new Random(1)),
                new Behind())
            .build();
    get.config().setAllocator(memory);
    get.closeFuture().addListener(closed -> closePost());
  }

  static TunnelScript http() {
    return new TunnelScript(TunnelKind.HTTP, "", null, new HttpLogin());
  }

  static TunnelScript webSocket() {
    return new TunnelScript(TunnelKind.WEBSOCKET, "", null, new HttpLogin());
  }

  static TunnelScript at(TunnelKind kind, String path) {
    return new TunnelScript(kind, path, null, new HttpLogin());
  }

  static TunnelScript with(TunnelKind kind, @Nullable Credentials credentials, HttpLogin login) {
    return new TunnelScript(kind, "", credentials, login);
  }

  private static RtspUrl url() {
    try {
      return RtspUrl.parse("rtsp://192.0.2.1:8554/live?a=1");
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }

  private Future<Channel> dialAgain(Consumer<Channel> prepare) {
    dials++;
    Promise<Channel> promise = get.eventLoop().newPromise();
    dial = promise;
    EmbeddedChannel second = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    second.config().setAllocator(memory);
    prepare.accept(second);
    post = second;
    return promise;
  }

  /** As the connector does. */
  private void closePost() {
    if (post != null) {
      post.pipeline().firstContext().close();
    }
    if (dial != null) {
      dial.tryFailure(new ClosedChannelException());
    }
  }

  // ---- The camera's part

  /** Comes on the GET connection, or on that of the WebSocket. */
  TunnelScript answer(String text) {
    return answer(bytes(text));
  }

  /** A buffer whose release is watched. */
  ByteBuf bytes(String text) {
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    return memory.buffer(content.length).writeBytes(content);
  }

  TunnelScript answer(ByteBuf bytes) {
    get.writeInbound(bytes);
    return run();
  }

  TunnelScript answerPost(String text) {
    post().writeInbound(bytes(text));
    return run();
  }

  /** The second connection is established. */
  TunnelScript connectPost() {
    Objects.requireNonNull(dial).setSuccess(post());
    return run();
  }

  TunnelScript refusePost(Throwable cause) {
    Objects.requireNonNull(dial).setFailure(cause);
    return run();
  }

  TunnelScript closeByCamera() {
    get.close();
    return run();
  }

  /**
   * @param failure null for an orderly close
   */
  TunnelScript closePostByCamera(@Nullable Throwable failure) {
    if (failure != null) {
      post().pipeline().fireExceptionCaught(failure);
    }
    post().close();
    return run();
  }

  TunnelScript later(Duration time) {
    clock.advance(time.toNanos(), TimeUnit.NANOSECONDS);
    get.runScheduledPendingTasks();
    return run();
  }

  // ---- The client's part

  /** What handlers behind the tunnel write and flush at one time. */
  TunnelScript write(String... messages) {
    for (String message : messages) {
      get.write(bytes(message));
    }
    get.flush();
    return run();
  }

  TunnelScript writeWithoutFlush(String message) {
    get.write(bytes(message));
    return run();
  }

  TunnelScript close(Consumer<EmbeddedChannel> how) {
    how.accept(get);
    return run();
  }

  private TunnelScript run() {
    get.runPendingTasks();
    if (post != null) {
      post.runPendingTasks();
    }
    return this;
  }

  // ---- What came of it

  /** Everything sent on the GET connection since the last call. */
  String sent() {
    return text(get);
  }

  String sentOnPost() {
    return text(post());
  }

  private static String text(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    return text.toString();
  }

  EmbeddedChannel get() {
    return get;
  }

  EmbeddedChannel post() {
    return Objects.requireNonNull(post);
  }

  int dials() {
    return dials;
  }

  boolean isOpen() {
    return open;
  }

  /** What came out of the tunnel. */
  String received() {
    return received.toString();
  }

  /** The only reason for which the connection was ended. */
  EndReason end() {
    if (ends.size() != 1) {
      throw new AssertionError("expected one end, got " + ends);
    }
    return ends.get(0);
  }

  boolean hasEnded() {
    return !ends.isEmpty();
  }

  @Override
  public void close() {
    get.finishAndReleaseAll();
    if (post != null) {
      post.finishAndReleaseAll();
    }
    long left = memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    if (left != 0) {
      throw new AssertionError(left + " bytes of buffers were not released");
    }
  }

  /** The last handler: closes at the first end, as that of a camera's connection does. */
  private final class Behind extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      received.append(bytes.toString(StandardCharsets.ISO_8859_1));
      bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      open |= event == TunnelEvent.OPEN;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (!(cause instanceof ConnectionEndException over)) {
        throw new AssertionError(cause);
      }
      if (ends.isEmpty()) {
        ends.add(over.end());
        Future<?> unused = ctx.channel().close();
      }
    }
  }
}
