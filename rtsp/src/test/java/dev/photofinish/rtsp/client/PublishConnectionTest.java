package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PublishDialogue;
import dev.photofinish.rtsp.dialogue.PublishOptions;
import dev.photofinish.rtsp.dialogue.TransportPlan;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection to a server that reads nothing, on a virtual clock. */
class PublishConnectionTest {
  private final MockTicker clock = Ticker.newMockTicker();
  private final EmbeddedChannel channel =
      EmbeddedChannel.builder().ticker(clock).handlers(new NothingIsTaken()).build();
  private final List<String> ends = new ArrayList<>();
  private final PublishConnection connection = connection();

  /** What is written waits for ever. */
  private static final class NothingIsTaken extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
    }
  }

  private PublishConnection connection() {
    try {
      SessionDescription sdp = SessionDescription.parse("v=0\nm=audio 0 RTP/AVP 0\n");
      PublishOptions options =
          new PublishOptions(
              RtspUrl.parse("rtsp://192.0.2.1/door"),
              null,
              AuthenticationScheme.AUTO,
              new ServedStream(sdp.name(), sdp.media()),
              List.of(TransportPlan.interleaved()),
              KeepAliveMethod.AUTO,
              Duration.ofMinutes(1),
              "test");
      return new PublishConnection(
          channel,
          new PublishDialogue(options, new Random(1)),
          clock,
          new ServerReports("test"),
          new PublishConnection.Owner() {
            @Override
            public void recording(PublishConnection of, boolean overUdp) {}

            @Override
            public void ended(PublishConnection of, EndReason end) {
              ends.add(end.kind() + ": " + end.reason());
            }
          });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void nothingIsLeft() {
    channel.finishAndReleaseAll();
  }

  private void pass(long millis) {
    clock.advance(millis, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  private void full(boolean full) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, !full);
    channel.runPendingTasks();
  }

  @Test
  void aServerThatTakesNothingForTenSecondsIsGone() {
    connection.begin();
    full(true);
    pass(9_999);
    assertThat(ends).isEmpty();
    pass(1);
    assertThat(ends).containsExactly("DEAD: " + connection.remote() + " took nothing for 10 s");
    pass(500);
    assertThat(channel.isOpen()).as("whatever still waits to be written").isFalse();
  }

  @Test
  void oneThatTakesSomethingIsNot() {
    connection.begin();
    full(true);
    assertThat(channel.config().isAutoRead()).as("answers would have to wait, too").isFalse();
    pass(9_999);
    full(false);
    assertThat(channel.config().isAutoRead()).isTrue();
    full(true);
    pass(9_999);
    assertThat(ends).isEmpty();
  }
}
