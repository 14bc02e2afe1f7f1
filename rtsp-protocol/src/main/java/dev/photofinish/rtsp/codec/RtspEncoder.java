package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Header;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes {@link RtspMessage}s and {@link InterleavedFrame}s; anything else passes.
 *
 * <p>Content-Length is written from the body, whatever the headers say. A frame's content goes out
 * as it is, behind a header of its own, and is released when it is written.
 */
public final class RtspEncoder extends MessageToMessageEncoder<Object> {
  private static final int USUAL_LENGTH = 512;

  /** An encoder; it keeps no state between messages. */
  public RtspEncoder() {
    super(Object.class);
  }

  @Override
  public boolean acceptOutboundMessage(Object message) {
    return message instanceof RtspMessage || message instanceof InterleavedFrame;
  }

  @Override
  protected void encode(ChannelHandlerContext context, Object message, List<Object> out) {
    if (message instanceof InterleavedFrame frame) {
      out.add(frameHeader(context, frame));
      out.add(frame.content().retain());
    } else {
      out.add(write((RtspMessage) message, context.alloc().buffer(USUAL_LENGTH)));
    }
  }

  private static ByteBuf frameHeader(ChannelHandlerContext context, InterleavedFrame frame) {
    return context
        .alloc()
        .buffer(InterleavedFrame.HEADER_LENGTH)
        .writeByte('$')
        .writeByte(frame.channel())
        .writeShort(frame.content().readableBytes());
  }

  private static ByteBuf write(RtspMessage message, ByteBuf out) {
    line(out, startLine(message));
    for (Header header : headers(message).entries()) {
      line(out, header.name() + ": " + header.value());
    }
    line(out, "");
    return out.writeBytes(message.body().bytes());
  }

  /** With the URL as it is: what {@link RtspMessage#startLine()} hides is needed here. */
  private static String startLine(RtspMessage message) {
    if (message instanceof RtspRequest request) {
      return request.method() + " " + request.uri() + " RTSP/" + request.version();
    }
    return "RTSP/1.0 "
        + ((RtspResponse) message).status()
        + " "
        + ((RtspResponse) message).reason();
  }

  private static Headers headers(RtspMessage message) {
    int length = message.body().length();
    return length == 0
        ? message.headers().without(HeaderNames.CONTENT_LENGTH)
        : message.headers().with(HeaderNames.CONTENT_LENGTH, String.valueOf(length));
  }

  private static void line(ByteBuf out, String line) {
    out.writeCharSequence(line, StandardCharsets.UTF_8);
    out.writeByte('\r').writeByte('\n');
  }
}
