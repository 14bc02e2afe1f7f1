package dev.photofinish.relay.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.web.live.LiveSocket;
import dev.photofinish.relay.web.live.LiveStreams;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import org.junit.jupiter.api.Test;

/** The frames that a browser sends. */
class LiveSocketTest {
  private final FakeCameras cameras = new FakeCameras();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new LiveSocket(new LiveStreams(), cameras.put("door", "H264").source(), false));

  private void ping(String content) {
    channel.writeInbound(new PingWebSocketFrame(Unpooled.copiedBuffer(content.getBytes(US_ASCII))));
  }

  @Test
  void pingsAreAnsweredToThoseWhoRead() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    ping("first");
    Object none = channel.readOutbound();
    assertThat(none).isNull();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    ping("second");
    PongWebSocketFrame answer = channel.readOutbound();
    assertThat(answer.content().toString(US_ASCII)).isEqualTo("second");
    answer.release();
    var unused = channel.close();
    cameras.close();
  }
}
