package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.DatagramRun;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Datagrams in a burst leave in steps, in order, and none is left behind. */
class PacedSenderTest {
  private static final InetSocketAddress READER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);

  private final MockTicker clock = Ticker.newMockTicker();
  private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(clock).build();
  private final PacedSender sender = new PacedSender(channel, clock, 1_000);

  private static ByteBuf packet(int number) {
    return Unpooled.buffer().writeInt(number);
  }

  /** The numbers of those that have left, which have to be from {@code first} on. */
  private int sentFrom(int first) {
    int next = first;
    for (DatagramPacket sent = channel.readOutbound();
        sent != null;
        sent = channel.readOutbound()) {
      assertThat(sent.content().readInt()).isEqualTo(next++);
      sent.release();
    }
    return next - first;
  }

  private void millisecond() {
    clock.advance(1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void aBurstLeavesInSteps() {
    for (int i = 0; i < 80; i++) {
      sender.send(packet(i), READER);
    }
    sender.flush();
    assertThat(sentFrom(0)).isEqualTo(32);
    millisecond();
    assertThat(sentFrom(32)).isEqualTo(32);
    sender.send(packet(80), READER);
    millisecond();
    assertThat(sentFrom(64)).isEqualTo(17);
    sender.send(packet(81), READER);
    sender.flush();
    assertThat(sentFrom(81)).isEqualTo(1);
  }

  @Test
  void whatWaitsIsBoundedAndReleased() {
    ByteBuf shared = Unpooled.buffer().writeZero(500);
    for (int i = 0; i < 34; i++) {
      assertThat(sender.hasRoom()).isTrue();
      sender.send(shared.retainedDuplicate(), READER);
    }
    assertThat(sender.hasRoom()).isFalse();
    sender.flush();
    sender.close();
    channel.releaseOutbound();
    assertThat(shared.refCnt()).isEqualTo(1);
    sender.send(shared.retainedDuplicate(), READER);
    assertThat(shared.refCnt()).isEqualTo(1);
    shared.release();
  }

  @Test
  void whatOthersWereSentTakesNoRoom() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1_000));
    PacedSender other = new PacedSender(channel, clock, 1_000);
    ByteBuf shared = Unpooled.buffer().writeZero(900);
    for (int i = 0; i < 3; i++) {
      other.send(shared.retainedDuplicate(), READER);
    }
    assertThat(channel.isWritable()).isFalse();
    assertThat(sender.hasRoom()).isTrue();
    channel.releaseOutbound();
    shared.release();
  }

  @Test
  void aRunLeavesAsOneWhenAllOfItMay() {
    ByteBuf content = Unpooled.buffer();
    for (int i = 0; i < 20; i++) {
      content.writeInt(i);
    }
    DatagramRun run = new DatagramRun(content, 4, 20);
    sender.send(run, READER);
    sender.send(run, READER);
    sender.flush();
    assertThat(bytesSent()).isEqualTo(80);
    millisecond();
    assertThat(bytesSent()).isEqualTo(80);
    assertThat(content.refCnt()).isEqualTo(1);
    content.release();
  }

  private int bytesSent() {
    int bytes = 0;
    for (DatagramPacket sent = channel.readOutbound();
        sent != null;
        sent = channel.readOutbound()) {
      bytes += sent.content().readableBytes();
      sent.release();
    }
    return bytes;
  }
}
