package dev.photofinish.camera;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts what a client sends into {@link RtspRequest}s. Interleaved frames are passed on as {@link
 * ClientFrame}s, bodies are read over; every size is bounded.
 */
final class RequestDecoder extends ByteToMessageDecoder {

  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_BODY = 64 * 1024;
  private static final byte INTERLEAVED = '$';

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.getByte(in.readerIndex()) == INTERLEAVED) {
      decodeFrame(in, out);
    } else if (isLineEnd(in.getByte(in.readerIndex()))) {
      in.skipBytes(1);
    } else {
      decodeRequest(in, out);
    }
  }

  /** RFC 2326 section 10.12: dollar sign, channel, length in two bytes. */
  private static void decodeFrame(ByteBuf in, List<Object> out) {
    if (in.readableBytes() >= 4) {
      int length = in.getUnsignedShort(in.readerIndex() + 2);
      if (in.readableBytes() >= 4 + length) {
        int channel = in.skipBytes(1).readUnsignedByte();
        byte[] content = new byte[length];
        in.skipBytes(2).readBytes(content);
        out.add(new ClientFrame(channel, content));
      }
    }
  }

  private static void decodeRequest(ByteBuf in, List<Object> out) {
    int length = headLength(in);
    if (length < 0) {
      if (in.readableBytes() > MAX_HEAD) {
        throw new CorruptedFrameException("no end of headers within " + MAX_HEAD + " bytes");
      }
      return;
    }
    String head = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
    RtspRequest request = parse(head.split("\r?\n", -1));
    int total = length + bodyLength(request);
    if (in.readableBytes() >= total) {
      in.skipBytes(total);
      out.add(request);
    }
  }

  /** Up to and with the empty line; -1 while it has not come. */
  private static int headLength(ByteBuf in) {
    int end = Math.min(in.writerIndex(), in.readerIndex() + MAX_HEAD);
    for (int at = in.readerIndex(); at < end; at++) {
      if (in.getByte(at) == '\n' && emptyLineBefore(in, at)) {
        return at + 1 - in.readerIndex();
      }
    }
    return -1;
  }

  private static boolean emptyLineBefore(ByteBuf in, int lineFeed) {
    int before = lineFeed - 1;
    if (before > in.readerIndex() && in.getByte(before) == '\r') {
      before--;
    }
    return before > in.readerIndex() && in.getByte(before) == '\n';
  }

  private static RtspRequest parse(String[] lines) {
    String[] start = lines[0].split(" ", -1);
    if (start.length != 3 || !start[2].startsWith("RTSP/")) {
      throw new CorruptedFrameException("expected METHOD URI RTSP/1.0, got " + shown(lines[0]));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      int colon = lines[i].indexOf(':');
      if (colon <= 0) {
        throw new CorruptedFrameException("expected Name: value, got " + shown(lines[i]));
      }
      String name = lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT);
      headers.merge(name, lines[i].substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    return new RtspRequest(start[0], start[1], start[2], headers);
  }

  private static int bodyLength(RtspRequest request) {
    String text = request.header("Content-Length").orElse("0");
    int length = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    if (length < 0 || length > MAX_BODY) {
      throw new CorruptedFrameException(
          "Content-Length " + shown(text) + " is not 0 to " + MAX_BODY);
    }
    return length;
  }

  private static String shown(String text) {
    return "\""
        + text.substring(0, Math.min(text.length(), 80)).replaceAll("\\p{Cntrl}", ".")
        + "\"";
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }
}
