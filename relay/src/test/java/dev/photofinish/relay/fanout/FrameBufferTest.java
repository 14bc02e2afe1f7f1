package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Frames share a buffer for as long as there is room, and it goes with the last of them. */
class FrameBufferTest {
  private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
  private final FrameBuffer frames = new FrameBuffer(FrameBuffer.OTHER_BYTES);

  private ByteBuf write(int length) {
    return frames.room(length, allocator).writeZero(length).retain();
  }

  @Test
  void framesLieBehindEachOther() {
    ByteBuf first = write(100);
    assertThat(write(50)).isSameAs(first);
    assertThat(first.writerIndex()).isEqualTo(150);
    frames.release();
    first.release(2);
    assertThat(first.refCnt()).isZero();
  }

  @Test
  void aFullBufferLivesAsLongAsItsFrames() {
    ByteBuf first = write(FrameBuffer.OTHER_BYTES - 10);
    ByteBuf second = write(11);
    assertThat(second).isNotSameAs(first);
    assertThat(first.refCnt()).isEqualTo(1);
    first.release();
    frames.release();
    second.release();
    assertThat(first.refCnt() + second.refCnt()).isZero();
  }

  @Test
  void theLargestFrameHasRoom() {
    ByteBuf largest = write(4 + 0xffff);
    assertThat(largest.capacity()).isEqualTo(4 + 0xffff);
    frames.release();
    largest.release();
    assertThat(largest.refCnt()).isZero();
  }
}
