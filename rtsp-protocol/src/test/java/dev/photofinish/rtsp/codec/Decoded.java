package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All that a decoder made of a connection, in order; frames are copied and released. */
final class Decoded extends ChannelInboundHandlerAdapter {

  /** A frame without reference counting. */
  record Frame(int channel, long offset, String hex) {
    int length() {
      return hex.length() / 2;
    }
  }

  final List<Object> events = new ArrayList<>();
  final EmbeddedChannel channel;

  Decoded() {
    this(RtspLimits.DEFAULT);
  }

  Decoded(RtspLimits limits) {
    channel = new EmbeddedChannel(new RtspDecoder(limits), this);
    channel.freezeTime();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The whole connection in one piece, and its end. */
  static Decoded of(byte[] connection) {
    return new Decoded().feed(connection).end();
  }

  static Decoded of(String connection) {
    return of(bytes(connection));
  }

  Decoded feed(byte[] bytes) {
    return feed(bytes, 0, bytes.length);
  }

  Decoded feed(String text) {
    return feed(bytes(text));
  }

  Decoded feed(byte[] bytes, int from, int to) {
    ByteBuf in = channel.alloc().directBuffer(Math.max(1, to - from));
    channel.writeInbound(in.writeBytes(bytes, from, to - from));
    return this;
  }

  Decoded end() {
    channel.finishAndReleaseAll();
    return this;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof InterleavedFrame frame) {
      events.add(new Frame(frame.channel(), frame.offset(), ByteBufUtil.hexDump(frame.content())));
      frame.release();
    } else if (message instanceof StrayBytes stray) {
      addStray(stray);
    } else {
      events.add(message);
    }
  }

  /** One run of stray bytes is one event here, however it was split. */
  private void addStray(StrayBytes stray) {
    int last = events.size() - 1;
    if (last >= 0
        && events.get(last) instanceof StrayBytes before
        && before.offset() + before.length() == stray.offset()) {
      events.set(
          last, new StrayBytes(before.offset(), before.length() + stray.length(), "several"));
    } else {
      events.add(new StrayBytes(stray.offset(), stray.length(), "several"));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    events.add(cause);
  }

  List<RtspMessage> messages() {
    return events.stream()
        .filter(Received.class::isInstance)
        .map(event -> ((Received) event).message())
        .toList();
  }

  RtspMessage message() {
    return messages().get(0);
  }

  List<Frame> frames() {
    return events.stream().filter(Frame.class::isInstance).map(Frame.class::cast).toList();
  }

  List<StrayBytes> strays() {
    return events.stream()
        .filter(StrayBytes.class::isInstance)
        .map(StrayBytes.class::cast)
        .toList();
  }

  List<RtspFormatException> errors() {
    return events.stream()
        .filter(RtspFormatException.class::isInstance)
        .map(RtspFormatException.class::cast)
        .toList();
  }

  /** The events as text, equal for equal events. */
  List<String> log() {
    return events.stream()
        .map(e -> e instanceof Received r ? r + " " + r.message().body().text() : e.toString())
        .toList();
  }

  /** A frame as bytes. */
  static byte[] frame(int channel, byte[] content) {
    ByteBuf frame = Unpooled.buffer().writeByte('$').writeByte(channel).writeShort(content.length);
    return ByteBufUtil.getBytes(frame.writeBytes(content));
  }

  static byte[] join(byte[]... parts) {
    return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts));
  }
}
