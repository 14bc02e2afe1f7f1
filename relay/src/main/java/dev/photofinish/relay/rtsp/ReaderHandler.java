package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.codec.RtspEncoder;
import dev.photofinish.rtsp.codec.RtspLimits;
import dev.photofinish.rtsp.message.RtspFormatException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/** Hands what a channel brings to its {@link ReaderConnection}: the last of its pipeline. */
final class ReaderHandler extends ChannelInboundHandlerAdapter {
  /** What clients stay far below; a publisher's description is the longest that comes. */
  private static final RtspLimits LIMITS = new RtspLimits(4_096, 8_192, 64, 1 << 16, 4_096);

  private final ReaderConnection connection;
  private final RtspDecoder decoder;

  private ReaderHandler(ReaderConnection connection, RtspDecoder decoder) {
    this.connection = connection;
    this.decoder = decoder;
  }

  /** Has a channel speak RTSP from here on: what comes next is a request. */
  static ReaderConnection install(
      ServerContext context, ChannelPipeline pipeline, ConnectionKind kind) {
    var decoder = new RtspDecoder(LIMITS);
    var encoder = new RtspEncoder();
    pipeline.addLast(decoder, encoder);
    var connection = new ReaderConnection(context, pipeline.context(encoder), kind);
    pipeline.addLast(new ReaderHandler(connection, decoder));
    return connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    connection.received(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    connection.readComplete(decoder.isWithinMessage());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.writabilityChanged();
  }

  /** A message that the end of the connection cut short is nobody's fault. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof RtspFormatException wrong && ctx.channel().isActive()) {
      connection.malformed(wrong);
    } else {
      connection.failed(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    connection.closed();
  }
}
