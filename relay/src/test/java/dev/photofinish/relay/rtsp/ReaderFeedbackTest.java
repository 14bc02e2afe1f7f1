package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The RTCP of a reader. */
class ReaderFeedbackTest {
  private static final String REPORT = "80c9000100000001";
  private static final String PLI = REPORT + "81ce00020000000100000002";
  private static final String FIR = REPORT + "84ce000400000001000000000000000201000000";

  private final MockTicker clock = Ticker.newMockTicker();
  private final ReaderFeedback feedback = new ReaderFeedback(clock);

  private boolean asks(String compound) {
    ByteBuf bytes = Unpooled.wrappedBuffer(HexFormat.of().parseHex(compound));
    try {
      return feedback.wantsKeyFrame(bytes);
    } finally {
      bytes.release();
    }
  }

  @Test
  void oneRequestASecondCounts() {
    assertThat(asks(PLI)).isTrue();
    assertThat(asks(PLI)).isFalse();
    clock.advance(999, TimeUnit.MILLISECONDS);
    assertThat(asks(FIR)).isFalse();
    clock.advance(1, TimeUnit.MILLISECONDS);
    assertThat(asks(FIR)).isTrue();
  }

  @Test
  void reportsAndNoiseAskForNothing() {
    assertThat(asks(REPORT)).isFalse();
    assertThat(asks("81ce")).isFalse();
    assertThat(asks(PLI)).isTrue();
  }
}
