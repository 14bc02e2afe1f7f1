package dev.photofinish.relay.web.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose request is not there in time, however slowly it trickles in, and those
 * on which nothing is asked for any more.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
  private enum Phase {
    /** Between requests. */
    IDLE,
    /** A part of a request is there. */
    RECEIVING,
    /** A request is whole, and its answer not sent. */
    ANSWERING
  }

  private final Duration request;
  private final Duration idle;
  private Phase phase = Phase.IDLE;
  private @Nullable Future<?> timer;

  RequestDeadline(Duration request, Duration idle) {
    this.request = request;
    this.idle = idle;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    arm(context, request);
    super.channelActive(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (phase == Phase.IDLE) {
      phase = Phase.RECEIVING;
      arm(context, request);
    }
    super.channelRead(context, message);
  }

  /** The request is whole. */
  void received() {
    phase = Phase.ANSWERING;
    disarm();
  }

  /** The answer is on its way. */
  void answered(ChannelHandlerContext context) {
    phase = Phase.IDLE;
    arm(context, idle);
  }

  private void arm(ChannelHandlerContext context, Duration after) {
    disarm();
    timer =
        context
            .executor()
            .schedule(
                () -> {
                  var unused = context.close();
                },
                after.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    disarm();
  }
}
