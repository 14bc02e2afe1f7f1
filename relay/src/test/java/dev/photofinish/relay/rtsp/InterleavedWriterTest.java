package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reader that takes nothing. */
class InterleavedWriterTest {
  private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(10);

  private final MockTicker clock = Ticker.newMockTicker();
  private boolean takes;

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new ChannelInboundHandlerAdapter()) {
        @Override
        protected void doWrite(ChannelOutboundBuffer buffer) throws Exception {
          if (takes) {
            super.doWrite(buffer);
          }
        }
      };

  private final InterleavedWriter writer =
      new InterleavedWriter(
          channel.pipeline().firstContext(), clock, 1 << 20, TIMEOUT, () -> {}, () -> {});

  @AfterEach
  void nothingLeaks() {
    takes = true;
    channel.flush();
    channel.finishAndReleaseAll();
  }

  private void write() {
    writer.write(Unpooled.buffer().writeZero(1000));
    writer.flush();
  }

  /** Looks at each deadline; the time at which it was stuck. */
  private long untilStuck() {
    long since = clock.nanoTime();
    while (!writer.isStuck()) {
      clock.advance(writer.deadline().orElseThrow() - clock.nanoTime(), TimeUnit.NANOSECONDS);
    }
    return clock.nanoTime() - since;
  }

  @Test
  void isStuckAfterTheTimeout() {
    assertThat(writer.deadline()).isEmpty();
    write();
    assertThat(untilStuck()).isEqualTo(TIMEOUT);
  }

  @Test
  void isNotStuckWhereTheLoopHadNoTimeToLook() {
    write();
    clock.advance(10 * TIMEOUT, TimeUnit.NANOSECONDS);
    assertThat(writer.isStuck()).isFalse();
    assertThat(untilStuck()).isEqualTo(TIMEOUT * 3 / 4);
  }

  @Test
  void whatItTakesBeginsTheTimeAnew() {
    write();
    clock.advance(TIMEOUT / 4, TimeUnit.NANOSECONDS);
    assertThat(writer.isStuck()).isFalse();
    takes = true;
    channel.flush();
    takes = false;
    write();
    assertThat(untilStuck()).isEqualTo(TIMEOUT);
  }
}
