package dev.photofinish.connect;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connector whose event loop is one of jcstress's actors, so that every interleaving with the
 * others can come about. Its dials reach the finish line within the call.
 */
class Meeting {
  private static final RaceOptions OPTIONS =
      RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();
  private static final Target TARGET = Target.parse("192.0.2.1:554");

  private final ManualIoEventLoop loop = new ManualIoEventLoop(null, LocalIoHandler.newFactory());
  final Connector connector =
      Connector.builder().eventLoopGroup(loop).limiter(SharedDialLimiter.unlimited()).build();
  private final Queue<Channel> dialled = new ConcurrentLinkedQueue<>();
  private final AtomicInteger callers;

  Meeting(int callers) {
    this.callers = new AtomicInteger(callers);
  }

  final RaceFuture connect() {
    return connector.connect(TARGET, OPTIONS, this::initialize);
  }

  private void initialize(Channel channel, Attempt attempt) {
    dialled.add(channel);
    channel
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void connect(
                  ChannelHandlerContext ctx,
                  SocketAddress remote,
                  @Nullable SocketAddress local,
                  ChannelPromise promise) {
                promise.setSuccess();
                attempt.reached(Stage.READY);
              }
            });
  }

  /** The event loop's actor: runs until every caller is through, and what they left. */
  final void runLoop() {
    loop.setOwningThread(Thread.currentThread());
    while (callers.get() > 0) {
      loop.runNow();
      Thread.onSpinWait();
    }
    loop.runNow();
  }

  /** Each of the other actors calls it last. */
  final void through() {
    callers.decrementAndGet();
  }

  /** How the race ended: never "on" once all actors are through. */
  static String end(RaceFuture race) {
    if (!race.isDone()) {
      return "on";
    }
    if (race.isCancelled()) {
      return "cancelled";
    }
    return race.isCompletedExceptionally() ? "failed" : "won";
  }

  /** What is left: of channels that were dialled, and of races. */
  final String left() {
    long open = dialled.stream().filter(Channel::isOpen).count();
    return open + " open, " + connector.racing() + " racing";
  }
}
