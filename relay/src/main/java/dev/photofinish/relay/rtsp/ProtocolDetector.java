package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.SourceAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by the first bytes of a connection, which must come in time, whether it speaks RTSP or
 * is one of a tunnel's two, and leaves.
 */
final class ProtocolDetector extends ByteToMessageDecoder {
  private static final byte[] GET = "GET ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] POST = "POST ".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_LINE = 4_096;
  private static final int LONGEST_HEADERS = 8_192;
  private static final int LONGEST_CHUNK = 8_192;

  private final ServerContext context;
  private @Nullable Future<?> timer;

  ProtocolDetector(ServerContext context) {
    this.context = context;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    long time = context.options().requestTimeout().toNanos();
    timer = ctx.executor().schedule(() -> late(ctx), time, TimeUnit.NANOSECONDS);
  }

  private void late(ChannelHandlerContext ctx) {
    String what =
        context.isEncrypted() ? "TLS and the first bytes of a request" : "a request's first bytes";
    context
        .log()
        .say(
            CountedLog.Kind.MALFORMED,
            () -> SourceAddress.text(ctx.channel()) + " is closed: " + what + " did not come");
    Future<?> unused = ctx.close();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    boolean get = begins(in, GET);
    boolean post = begins(in, POST);
    if ((get && in.readableBytes() >= GET.length) || (post && in.readableBytes() >= POST.length)) {
      http(ctx);
    } else if (!get && !post) {
      ReaderHandler.install(
          context, ctx.pipeline(), ConnectionKind.of(context.isEncrypted(), false));
      ctx.pipeline().remove(this);
    }
  }

  private void http(ChannelHandlerContext ctx) {
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addLast(
        new HttpServerCodec(LONGEST_LINE, LONGEST_HEADERS, LONGEST_CHUNK),
        new TunnelHandler(context));
    pipeline.remove(this);
  }

  /** Whether what has come so far is, or may become, {@code word}. */
  private static boolean begins(ByteBuf in, byte[] word) {
    int length = Math.min(word.length, in.readableBytes());
    for (int i = 0; i < length; i++) {
      if (in.getByte(in.readerIndex() + i) != word[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Handshakes.failed(context, ctx, cause);
  }
}
