package dev.photofinish.rtsp.codec;

import static dev.photofinish.rtsp.codec.Decoded.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames are views of what was read, and every buffer is released once. */
class ZeroCopyTest {
  private static final byte[] CONTENT = new byte[1000];

  @Test
  void aFrameIsAViewOfTheReadBuffer() {
    var channel = new EmbeddedChannel(new RtspDecoder());
    ByteBuf read = Unpooled.buffer().writeBytes(frame(0, CONTENT)).writeBytes(frame(1, CONTENT));
    channel.writeInbound(read);
    InterleavedFrame first = channel.readInbound();
    InterleavedFrame second = channel.readInbound();

    read.setByte(4, 42).setByte(1008, 43);

    assertThat(first.content().getByte(0)).isEqualTo((byte) 42);
    assertThat(second.content().getByte(0)).isEqualTo((byte) 43);
    first.release();
    assertThat(read.refCnt()).isEqualTo(1);
    second.release();
    assertThat(read.refCnt()).isZero();
    channel.finish();
  }

  @Test
  void aFrameInTwoReadsIsAViewOfBothAndTheNextOfTheSecondAlone() {
    var channel = new EmbeddedChannel(new RtspDecoder());
    byte[] frames = Decoded.join(frame(0, CONTENT), frame(1, CONTENT));
    ByteBuf head = Unpooled.buffer().writeBytes(frames, 0, 500);
    ByteBuf tail = Unpooled.buffer().writeBytes(frames, 500, frames.length - 500);
    channel.writeInbound(head, tail);
    InterleavedFrame first = channel.readInbound();
    InterleavedFrame second = channel.readInbound();

    head.setByte(4, 42);
    tail.setByte(503, 43).setByte(508, 44);

    assertThat(first.content().getByte(0)).isEqualTo((byte) 42);
    assertThat(first.content().getByte(999)).isEqualTo((byte) 43);
    assertThat(second.content().getByte(0)).isEqualTo((byte) 44);
    second.release();
    assertThat(tail.refCnt()).isEqualTo(1);
    first.release();
    assertThat(head.refCnt()).isZero();
    assertThat(tail.refCnt()).isZero();
    channel.finish();
  }

  @Test
  void behindAFrameInTwoReadsTheSecondReadIsHandedOnAsItCame() {
    List<ByteBuf> seen = new ArrayList<>();
    var channel = new EmbeddedChannel(new RtspDecoder((to, in, index, length) -> seen.add(in)));
    byte[] frames = Decoded.join(frame(0, CONTENT), frame(0, CONTENT), frame(0, CONTENT));
    ByteBuf head = Unpooled.buffer().writeBytes(frames, 0, 500);
    ByteBuf tail = Unpooled.buffer().writeBytes(frames, 500, frames.length - 600);
    channel.writeInbound(head, tail, Unpooled.wrappedBuffer(frames, frames.length - 100, 100));

    assertThat(seen).hasSize(3).element(1).isSameAs(tail);
    assertThat(head.refCnt()).isZero();
    assertThat(tail.refCnt()).isZero();
    channel.finish();
  }

  @Test
  void aReceiverHearsOfEachReadBeforeItsFrames() {
    List<String> heard = new ArrayList<>();
    FrameReceiver receiver =
        new FrameReceiver() {
          @Override
          public void bytesRead() {
            heard.add("read");
          }

          @Override
          public void frame(int to, ByteBuf in, int index, int length) {
            heard.add("frame");
          }
        };
    var channel = new EmbeddedChannel(new RtspDecoder(receiver));
    byte[] frames = Decoded.join(frame(0, CONTENT), frame(0, CONTENT), frame(0, CONTENT));
    int half = frames.length / 2;
    channel.writeInbound(
        Unpooled.wrappedBuffer(frames, 0, half),
        Unpooled.wrappedBuffer(frames, half, frames.length - half));

    assertThat(heard).containsExactly("read", "frame", "read", "frame", "frame");
    channel.finish();
  }

  @Test
  void aFrameInCrumbsIsWhole() {
    byte[] content = new byte[65535];
    content[65534] = 9;
    byte[] frame = frame(255, content);
    var decoded = new Decoded();
    for (int at = 0; at < frame.length; at += 7) {
      decoded.feed(frame, at, Math.min(frame.length, at + 7));
    }

    assertThat(decoded.end().frames())
        .containsExactly(new Decoded.Frame(255, 0, ByteBufUtil.hexDump(content)));
  }

  @Test
  void everyBufferIsReleasedHoweverTheConnectionEnds() {
    byte[] frame = frame(0, CONTENT);
    for (int cut = 0; cut <= frame.length; cut += 37) {
      List<ByteBuf> reads = new ArrayList<>();
      EmbeddedChannel channel = new Decoded().channel;
      for (int from = 0; from < cut; from += 100) {
        ByteBuf read = channel.alloc().buffer().writeBytes(frame, from, Math.min(100, cut - from));
        reads.add(read);
        channel.writeInbound(read);
      }
      channel.finishAndReleaseAll();
      assertThat(reads).allMatch(read -> read.refCnt() == 0);
    }
  }

  @Test
  void removedWhileItDecodesItLetsGoAndPassesNothingOn() {
    var seen = new ArrayList<Object>();
    var channel = new EmbeddedChannel();
    channel.pipeline().addLast("decoder", new RtspDecoder());
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                seen.add(message);
                ((InterleavedFrame) message).release();
                context.pipeline().remove("decoder");
              }
            });
    ByteBuf read = Unpooled.buffer().writeBytes(frame(0, CONTENT)).writeBytes(frame(1, CONTENT));

    channel.writeInbound(read);

    assertThat(seen).hasSize(1);
    assertThat(read.refCnt()).isZero();
    channel.finish();
  }
}
