package dev.photofinish.relay.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The time that a request may take, however its bytes come. */
class RequestDeadlineTest {
  private final RequestDeadline deadline =
      new RequestDeadline(Duration.ofSeconds(10), Duration.ofSeconds(60));
  private final EmbeddedChannel channel = new EmbeddedChannel();

  RequestDeadlineTest() {
    channel.freezeTime();
    channel.pipeline().addLast(deadline);
    channel.pipeline().fireChannelActive();
  }

  private void after(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private void receive() {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'G'}));
  }

  @Test
  void closesAConnectionOnWhichNothingIsAsked() {
    after(9);
    assertThat(channel.isOpen()).isTrue();
    after(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void closesARequestThatTricklesIn() {
    receive();
    for (int i = 0; i < 9; i++) {
      after(1);
      receive();
    }
    assertThat(channel.isOpen()).isTrue();
    after(1);
    assertThat(channel.isOpen()).isFalse();
    channel.finishAndReleaseAll();
  }

  @Test
  void anAnswerMayTakeItsTime() {
    receive();
    deadline.received();
    after(600);
    assertThat(channel.isOpen()).isTrue();
    channel.finishAndReleaseAll();
  }

  @Test
  void closesAConnectionThatStaysIdle() {
    receive();
    deadline.received();
    deadline.answered(channel.pipeline().firstContext());
    after(59);
    assertThat(channel.isOpen()).isTrue();
    after(1);
    assertThat(channel.isOpen()).isFalse();
    channel.finishAndReleaseAll();
  }
}
