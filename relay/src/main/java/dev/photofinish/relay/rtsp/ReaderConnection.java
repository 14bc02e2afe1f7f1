package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.SourceAddress;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.codec.StrayBytes;
import dev.photofinish.rtsp.dialogue.server.ServerDialogue;
import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import dev.photofinish.rtsp.loop.EarliestTimer;
import dev.photofinish.rtsp.loop.PendingEvents;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a reader or a publisher: gives its dialogue the events and the clock, one event
 * at a time, and ends what takes too long. {@link ReaderHandler} gives it what the channel brings;
 * {@link ReaderDriver} does what the dialogue wants. Everything happens on the channel's event
 * loop.
 */
final class ReaderConnection implements OpenConnection, ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderConnection.class);
  private static final long LONGEST_CLOSE_MILLIS = 1_000;
  private static final long SIGN_OF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final OptionalInt NO_CSEQ = OptionalInt.empty();

  private final ServerContext context;
  private final ChannelHandlerContext below;
  private final String remote;
  private final ServerDialogue dialogue;
  private final ReaderDriver driver;
  private final InterleavedWriter writer;
  private final RequestWatch watch;
  private final PendingEvents pending = new PendingEvents();
  private final EarliestTimer timer;
  private @Nullable TunnelPost post;
  private boolean queued;
  private boolean over;
  private long signOfLifeAt;

  /**
   * @param below writes what is no message any more
   */
  ReaderConnection(ServerContext context, ChannelHandlerContext below, ConnectionKind kind) {
    this.context = context;
    this.below = below;
    this.remote = SourceAddress.text(below.channel());
    long now = now();
    RtspServerOptions options = context.options();
    this.dialogue =
        new ServerDialogue(
            options.dialogue(), kind.isEncrypted(), context.access(), context.random(), now);
    this.watch = new RequestWatch(options.requestTimeout().toNanos(), now);
    this.signOfLifeAt = now - SIGN_OF_LIFE_NANOS;
    this.writer =
        new InterleavedWriter(
            below,
            context.clock(),
            options.queueBytes(),
            options.writeTimeout().toNanos(),
            this::alive,
            this::arm);
    this.timer = new EarliestTimer(context.clock(), late -> expired());
    this.driver =
        new ReaderDriver(
            context, this, new TransportOpener(context, channel(), kind, writer, this::alive));
    context.open().add(this);
    arm();
  }

  @Override
  public Channel channel() {
    return below.channel();
  }

  @Override
  public String remote() {
    return remote;
  }

  private long now() {
    return context.clock().nanoTime();
  }

  // ---- From the channel's handler

  /** Takes over one message or frame. */
  void received(Object message) {
    try {
      if (message instanceof Received received) {
        watch.complete();
        LOG.trace("{} <- {}", remote, received.message());
        driver.agent(received.message());
        event(new ServerEvent.Received(received.message()));
      } else if (message instanceof InterleavedFrame frame) {
        watch.complete();
        driver.frame(frame);
        alive();
      } else if (message instanceof StrayBytes stray) {
        malformed("neither a request nor a frame: " + Excerpt.of(stray.excerpt()), NO_CSEQ);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /**
   * What was read is handled.
   *
   * @param withinMessage whether the rest of a message is yet to come
   */
  void readComplete(boolean withinMessage) {
    if (withinMessage) {
      watch.begun(now());
    }
    arm();
  }

  void malformed(RtspFormatException wrong) {
    malformed(String.valueOf(wrong.getMessage()), wrong.cseq());
  }

  private void malformed(String reason, OptionalInt cseq) {
    if (!over) {
      context.log().say(CountedLog.Kind.MALFORMED, () -> remote + " is closed: " + reason);
      event(new ServerEvent.Malformed(reason, cseq));
    }
  }

  /** Something else went wrong with the channel. */
  void failed(Throwable cause) {
    LOG.debug("{}: {}", remote, cause.toString());
    Future<?> unused = channel().close();
  }

  /** What waits for the reader is more than its bound, or is not any more. */
  void writabilityChanged() {
    boolean writable = channel().isWritable();
    if (post == null) {
      channel().config().setAutoRead(writable);
    } else if (writable) {
      post.goOn();
    }
  }

  /** The reader's requests come by another connection. */
  void input(TunnelPost from) {
    post = from;
  }

  void closed() {
    pending.run(this::end);
  }

  private void end() {
    if (!over) {
      handle(new ServerEvent.Closed());
      over();
    }
  }

  private void over() {
    over = true;
    timer.stop();
    driver.close("its connection is closed");
    context.open().remove(this);
  }

  @Override
  public Future<?> shutDown() {
    onLoop(() -> event(new ServerEvent.ShutDown("the relay stops")));
    return channel().closeFuture();
  }

  @Override
  public void accessChanged() {
    onLoop(() -> event(new ServerEvent.AccessChanged()));
  }

  // ---- Events

  /** The reader lives, or its host does. */
  private void alive() {
    long now = now();
    if (!over && now - signOfLifeAt >= SIGN_OF_LIFE_NANOS) {
      signOfLifeAt = now;
      event(new ServerEvent.SignOfLife());
    }
  }

  @Override
  public void event(ServerEvent event) {
    pending.run(() -> handle(event));
  }

  @Override
  public void onLoop(Runnable event) {
    if (channel().eventLoop().inEventLoop()) {
      pending.run(event);
    } else {
      channel().eventLoop().execute(() -> pending.run(event));
    }
  }

  private void handle(ServerEvent event) {
    if (over) {
      return;
    }
    try {
      dialogue.handle(event, now());
      for (var next = dialogue.poll(); next != null; next = dialogue.poll()) {
        next.run(driver);
      }
    } catch (RuntimeException e) {
      // A fault of one connection, or of its source, is no other's.
      LOG.error("{} is closed, since its {} failed", remote, event.getClass().getSimpleName(), e);
      Future<?> unused = channel().close();
    }
    flush();
    arm();
  }

  // ---- For the driver

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void send(RtspMessage message) {
    LOG.trace("{} -> {}", remote, message);
    Future<?> unused = channel().write(message, channel().voidPromise());
    queued = true;
  }

  /** What an event has us say goes out in one write. */
  private void flush() {
    if (queued) {
      queued = false;
      below.flush();
    }
  }

  @Override
  public void close(String reason) {
    LOG.debug("{} is closed: {}", remote, reason);
    over();
    Channel channel = channel();
    Future<?> forced =
        channel
            .eventLoop()
            .schedule(() -> closeNow(channel), LONGEST_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> forced.cancel(false));
    below.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private static void closeNow(Channel channel) {
    Future<?> unused = channel.close();
  }

  // ---- The timer

  /** Sets the timer to the next deadline, if that has come nearer. */
  void arm() {
    if (!over) {
      timer.arm(channel().eventLoop(), dialogue.deadline());
      timer.arm(channel().eventLoop(), watch.deadline());
      timer.arm(channel().eventLoop(), writer.deadline());
    }
  }

  private void expired() {
    if (writer.isStuck()) {
      String waited = context.options().writeTimeout().toMillis() / 1e3 + " s";
      event(new ServerEvent.ShutDown("it took nothing of what was sent for " + waited));
    } else if (watch.isLate(now())) {
      watch.complete();
      String waited = context.options().requestTimeout().toMillis() / 1e3 + " s";
      malformed("no complete request within " + waited, NO_CSEQ);
    } else {
      event(new ServerEvent.Tick());
    }
    arm();
  }
}
