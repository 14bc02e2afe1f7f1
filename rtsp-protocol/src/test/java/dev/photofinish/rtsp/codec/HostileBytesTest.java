package dev.photofinish.rtsp.codec;

import static dev.photofinish.rtsp.codec.Decoded.bytes;
import static dev.photofinish.rtsp.codec.Decoded.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.photofinish.rtsp.message.RtspLimitException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that a server sends to keep us busy, to fill our memory, or to be read in two ways. */
class HostileBytesTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final int NEARBY = 5;
  private static final String OK = "RTSP/1.0 200 OK\r\nCSeq: 1\r\n";

  // ---- Work

  @Test
  void aLineThatIsAlmostARequestIsJudgedAtOnce() {
    String line = "OPTIONS" + " ".repeat(4000) + "RTSP/".repeat(400) + "\u2028\r\n";
    assertTimeoutPreemptively(BOUND, () -> Decoded.of(bytes(line.repeat(50))));
  }

  @Test
  void headerLinesThatAreAlmostStatusLinesAreJudgedAtOnce() {
    String blanks = "RTSP/1.0 200" + " ".repeat(8000) + "\u2028\r\n";
    String returns = "\r".repeat(8000) + "x\r\n";
    for (String line : List.of(blanks, returns)) {
      assertTimeoutPreemptively(
          BOUND, () -> Decoded.of(bytes((OK + line.repeat(100) + "\r\n").repeat(5))));
    }
  }

  @Test
  void strayTextIsSearchedOnceForABeginning() {
    String line = "PLAY ".repeat(1600) + "\n";
    assertTimeoutPreemptively(BOUND, () -> Decoded.of(bytes("\0" + line.repeat(400))));
    String control = "PLAY ".repeat(1600) + "\0\n";
    assertTimeoutPreemptively(BOUND, () -> Decoded.of(bytes("\0" + control.repeat(400))));
  }

  @Test
  void aBodyWithoutLengthIsSearchedOnceForItsLineEnd() {
    byte[] head = bytes(OK + "Content-Type: application/sdp\r\n\r\na=");
    byte[] crumbs = bytes("x".repeat(500));
    assertTimeoutPreemptively(
        BOUND,
        () -> {
          var decoded = new Decoded();
          decoded.feed(head, 0, head.length);
          for (int i = 0; i < 2_000; i++) {
            decoded.feed(crumbs, 0, crumbs.length);
          }
          decoded.end();
        });
  }

  // ---- Memory

  @Test
  void aBodyWithoutLengthAndWithoutLineEndIsBounded() {
    var decoded = new Decoded();
    byte[] head = bytes(OK + "Content-Type: application/sdp\r\n\r\na=");
    byte[] more = bytes("x".repeat(1 << 16));
    decoded.feed(head, 0, head.length);
    for (int i = 0; i < 32; i++) {
      decoded.feed(more, 0, more.length);
    }
    assertThat(decoded.errors()).singleElement().isInstanceOf(RtspLimitException.class);
    decoded.end();
  }

  @Test
  void aFoldedHeaderWithALoneReturnIsSkippedAndLeavesNothing() {
    Decoded decoded = Decoded.of(bytes(OK + "X: a\r\n b\rc\r\nY: d\r\n\r\n"));
    assertThat(decoded.messages()).hasSize(1);
    assertThat(decoded.errors()).isEmpty();
    assertThat(decoded.messages().get(0).headers().first("Y")).contains("d");
  }

  @Test
  void aReceiverThatThrowsDoesNotKeepTheInput() {
    ByteBuf input = Unpooled.copiedBuffer(OK + "\r\n" + OK + "\r\n", StandardCharsets.UTF_8);
    var channel =
        new EmbeddedChannel(
            new RtspDecoder(),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                throw new IllegalStateException("expected by this test");
              }
            });
    try {
      channel.writeInbound(input);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("expected by this test");
    }
    var unused = channel.close();
    try {
      channel.checkException();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("expected by this test");
    }
    assertThat(input.refCnt()).isZero();
  }

  // ---- The same bytes, cut differently

  /** In two at every byte, and a second cut a few bytes behind it: longer pieces say no more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SETUP\r rtsp://x/ RTSP/1.0\r\nCSeq: 1\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\r\nCSeq: 1\r\n\r\n",
        "OPTIONS\t*\tRTSP/1.0\r\nCSeq: 1\r\n\r\n",
        "RTSP/1.0 200 O\u001bK\r\nCSeq: 1\r\n\r\n",
        "RTSP/1.0 200 OK\r\nCSeq: 1\r\nRTSP/1.0 200 O\u0007K\r\nCSeq: 2\r\n\r\n",
        "RTSP/1.0 200 OK\r\nCSeq: 1\r\nRTSP/1.0 404 Not\rFound\r\nCSeq: 2\r\n\r\n",
        "RTSP/1.0 200 OK\r\nCSeq: 1\r\nX: a\r\n b\rc\r\n\r\n",
        "x\u0001PLAY rtsp://h HTTP/1.1 200 OK\r\nCSeq: 1\r\n\r\n",
        "PLAY PLAY PLAY RTSP/1.0\r\nCSeq: 1\r\n\r\n",
        "RTSP/1.0 200 OK\nCSeq: 1\nContent-Type: application/sdp\n\nv=0\nm=a 0 RTP/AVP 0\n$\0\0\u0002xx",
        "PLAY\u007f rtsp://x/ RTSP/1.0\r\nCSeq: 1\r\n\r\nRTSP/1.0 200\r\nCSeq: 9\r\n\r\n",
        "$\0\0\u0001xRTSP/1.0 200 OK\r\n\r\n\r\n $\u0001\0\u0001y",
      })
  void everyCutGivesTheSame(String text) {
    byte[] sent = join(bytes(text), bytes("RTSP/1.0 200 OK\r\nCSeq: 7\r\n\r\n"));
    List<String> whole = Decoded.of(sent).log();
    for (int first = 1; first < sent.length; first++) {
      for (int second = first; second < Math.min(first + NEARBY, sent.length); second++) {
        var decoded = new Decoded();
        decoded.feed(sent, 0, first).feed(sent, first, second).feed(sent, second, sent.length);
        assertThat(decoded.end().log()).as("cut at %d and %d", first, second).isEqualTo(whole);
      }
    }
  }
}
