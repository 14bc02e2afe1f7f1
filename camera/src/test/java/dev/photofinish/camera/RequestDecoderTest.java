package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated camera is an oracle: it must read requests right, however they are cut. */
class RequestDecoderTest {
  private static final String SETUP =
      "SETUP rtsp://camera/video RTSP/1.0\r\nCSeq: 2\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n";
  private static final String PARAMETER =
      "SET_PARAMETER rtsp://camera/ RTSP/1.0\r\nCSeq: 3\r\nContent-Length: 4\r\n\r\nping";
  private static final String TEARDOWN =
      "TEARDOWN rtsp://camera/ RTSP/1.0\nCSeq: 4\nSession: 12345678;timeout=60\n\n";
  private static final String FRAME = "$\u0001\u0000\u0003abc";

  private final EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder());
  private int frames;

  /** What was refused is still there, and is refused again at the end. */
  @AfterEach
  void close() {
    Throwable again = catchThrowable(channel::finishAndReleaseAll);
    assertThat(again).satisfiesAnyOf(e -> assertThat(e).isNull(), RequestDecoderTest::isRefusal);
  }

  private static void isRefusal(Throwable thrown) {
    assertThat(thrown).isInstanceOf(DecoderException.class);
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  private List<RtspRequest> requests() {
    List<RtspRequest> all = new ArrayList<>();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      if (next instanceof ClientFrame frame) {
        assertThat(frame.channel()).isEqualTo(1);
        assertThat(frame.content()).isEqualTo(new byte[] {'a', 'b', 'c'});
        frames++;
      } else {
        all.add((RtspRequest) next);
      }
    }
    return all;
  }

  @Test
  void everyCutGivesTheSameRequests() {
    String stream = SETUP + FRAME + PARAMETER + "\r\n" + FRAME + TEARDOWN;
    for (int cut = 1; cut < stream.length(); cut++) {
      channel.writeInbound(bytes(stream.substring(0, cut)));
      channel.writeInbound(bytes(stream.substring(cut)));
      assertThat(requests())
          .as("cut after %d bytes", cut)
          .extracting(RtspRequest::method)
          .containsExactly("SETUP", "SET_PARAMETER", "TEARDOWN");
      assertThat(frames).isEqualTo(2 * cut);
    }
  }

  @Test
  void bytesOneByOne() {
    for (char c : (SETUP + TEARDOWN).toCharArray()) {
      channel.writeInbound(bytes(String.valueOf(c)));
    }
    assertThat(requests()).extracting(RtspRequest::method).containsExactly("SETUP", "TEARDOWN");
  }

  @Test
  void headersAreFoundInAnyCase() {
    channel.writeInbound(bytes(SETUP));
    RtspRequest setup = requests().get(0);
    assertThat(setup.uri()).isEqualTo("rtsp://camera/video");
    assertThat(setup.header("CSEQ")).contains("2");
    assertThat(setup.header("transport")).contains("RTP/AVP/TCP;interleaved=0-1");
    assertThat(setup.session()).isEmpty();
  }

  @Test
  void aSessionIsWithoutItsParameters() {
    channel.writeInbound(bytes(TEARDOWN));
    assertThat(requests().get(0).session()).contains("12345678");
  }

  @Test
  void headersThatComeTwiceAreJoined() {
    channel.writeInbound(bytes("OPTIONS * RTSP/1.0\r\nRequire: a\r\nrequire: b\r\n\r\n"));
    assertThat(requests().get(0).header("Require")).contains("a, b");
  }

  @Test
  void aBodyIsWaitedFor() {
    channel.writeInbound(bytes(PARAMETER.substring(0, PARAMETER.length() - 1)));
    assertThat(requests()).isEmpty();
    channel.writeInbound(bytes("g"));
    assertThat(requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIONS *\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\n\r\n",
        "OPTIONS  * RTSP/1.0\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\nno colon\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\n: no name\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\nContent-Length: -1\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\nContent-Length: 65537\r\n\r\n",
        "OPTIONS * RTSP/1.0\r\nContent-Length: 99999999999\r\n\r\n"
      })
  void whatIsNoRequestIsRefused(String text) {
    assertThatThrownBy(() -> channel.writeInbound(bytes(text)))
        .isInstanceOf(DecoderException.class);
  }

  @Test
  void headersWithoutEndAreRefused() {
    String header = "X: " + "x".repeat(1021) + "\r\n";
    assertThatThrownBy(
            () -> {
              channel.writeInbound(bytes("OPTIONS * RTSP/1.0\r\n"));
              for (int i = 0; i < 17; i++) {
                channel.writeInbound(bytes(header));
              }
            })
        .isInstanceOf(CorruptedFrameException.class)
        .hasMessageContaining("16384");
  }

  /** What a client sent is shown cut and without control characters. */
  @Test
  void errorsShowWhatCameWithoutControlCharacters() {
    assertThatThrownBy(() -> channel.writeInbound(bytes("\u001b[2J" + "y".repeat(200) + "\n\n")))
        .isInstanceOf(CorruptedFrameException.class)
        .hasMessageContaining("\".[2Jyyy")
        .message()
        .hasSizeLessThan(150);
  }
}
