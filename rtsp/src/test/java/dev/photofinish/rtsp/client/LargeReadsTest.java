package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeReadsTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private ExtendedHandle reads = allowed(LargeReads.SMALL_HEAP);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private ExtendedHandle allowed(long heap) {
    LargeReads.allow(channel, heap);
    return (ExtendedHandle) channel.config().getRecvByteBufAllocator().newHandle();
  }

  /** The room that a read had. */
  private int read(boolean full) {
    ByteBuf buffer = reads.allocate(channel.alloc());
    int room = buffer.writableBytes();
    buffer.release();
    reads.attemptedBytesRead(room);
    reads.lastBytesRead(full ? room : 100);
    reads.incMessagesRead(1);
    return room;
  }

  private int largest() {
    for (int turn = 0; turn < 10; turn++) {
      turn(true);
    }
    return turn(true);
  }

  private int turn(boolean full) {
    reads.reset(channel.config());
    int room = read(full);
    reads.readComplete();
    return room;
  }

  @Test
  void aReadGrowsWithWhatComesAndShrinksAgain() {
    assertThat(turn(true)).isLessThanOrEqualTo(2048);
    assertThat(largest()).isEqualTo(LargeReads.MOST_BYTES);

    for (int turn = 0; turn < 100; turn++) {
      turn(false);
    }
    assertThat(turn(false)).isLessThanOrEqualTo(2048);
  }

  @Test
  void aProcessWithASmallHeapReadsLessAtATime() {
    reads = allowed(LargeReads.SMALL_HEAP - 1);
    assertThat(largest()).isEqualTo(LargeReads.MOST_BYTES_OF_SMALL_HEAP);
    assertThat(takenInOneTurn()).isEqualTo(1 << 20);
  }

  @Test
  void theNextConnectionHasItsTurnAfterOneMebibyte() {
    largest();
    assertThat(takenInOneTurn()).isEqualTo(1 << 20);
  }

  private int takenInOneTurn() {
    reads.reset(channel.config());
    int taken = 0;
    do {
      taken += read(true);
    } while (reads.continueReading() && taken < 1 << 24);
    return taken;
  }
}
