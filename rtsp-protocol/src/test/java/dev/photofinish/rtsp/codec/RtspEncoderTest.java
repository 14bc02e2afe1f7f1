package dev.photofinish.rtsp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Writing messages, and reading them back. */
class RtspEncoderTest {
  private static String encode(Object... messages) {
    var channel = new EmbeddedChannel(new RtspEncoder());
    channel.writeOutbound(messages);
    var out = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      out.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    channel.finish();
    return out.toString();
  }

  /** A server answers 505 to a version that it does not know, so it must see it. */
  @Test
  void theVersionOfARequestIsKept() {
    String text = "PLAY rtsp://h/ RTSP/2.0\r\nCSeq: 1\r\n\r\n";
    var decoded = new Decoded();
    decoded.channel.writeInbound(Unpooled.wrappedBuffer(Decoded.bytes(text)));

    RtspMessage request = ((Received) decoded.events.get(0)).message();

    assertThat(((RtspRequest) request).version()).isEqualTo("2.0");
    assertThat(encode(request)).isEqualTo(text);
    assertThat(request.startLine()).isEqualTo("PLAY rtsp://h/ RTSP/2.0");
  }

  @Test
  void aRequestWithCredentials() {
    Headers headers = Headers.of("CSeq", "1", "Authorization", "Basic eDp5");

    assertThat(encode(RtspRequest.of(Method.PLAY, "rtsp://u:p@h/", headers)))
        .isEqualTo("PLAY rtsp://u:p@h/ RTSP/1.0\r\nCSeq: 1\r\nAuthorization: Basic eDp5\r\n\r\n");
  }

  @Test
  void aResponseOfOursWhoseLengthIsThatOfItsBody() {
    var response =
        new RtspResponse(200, "OK", Headers.of("content-length", "9", "CSeq", "1"), Body.of("äb"));

    assertThat(encode(response))
        .isEqualTo("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 3\r\n\r\n\u00c3\u00a4b");
  }

  @Test
  void aFrameWhoseContentIsNotCopiedAndReleasedWhenWritten() {
    ByteBuf content = Unpooled.buffer().writeBytes(new byte[] {1, 2, 3});

    assertThat(encode(new InterleavedFrame(255, content)))
        .isEqualTo("$\u00ff\0\u0003\u0001\u0002\u0003");
    assertThat(content.refCnt()).isZero();
  }

  @Test
  void anythingElsePasses() {
    assertThat(encode(Unpooled.copiedBuffer("raw", StandardCharsets.US_ASCII))).isEqualTo("raw");
  }

  @Test
  void whatIsWrittenIsReadAsItWas() {
    long seed = new Random().nextLong();
    System.out.println("seed of whatIsWrittenIsReadAsItWas: " + seed);
    var random = new Random(seed);
    for (int run = 0; run < 400; run++) {
      RtspMessage message = random(random);
      String wire = encode(message);
      assertThat(Decoded.of(wire).messages()).describedAs("seed %d", seed).containsExactly(message);
    }
  }

  private static RtspMessage random(Random random) {
    Headers headers = Headers.empty();
    for (int i = random.nextInt(9); i > 0; i--) {
      headers = headers.plus("X-" + random.nextInt(3), text(random));
    }
    Body body = Body.of(text(random));
    if (!body.isEmpty()) {
      headers = headers.plus("Content-Length", String.valueOf(body.length()));
    }
    return random.nextBoolean()
        ? new RtspResponse(100 + random.nextInt(900), text(random), headers, body)
        : new RtspRequest(
            Method.KNOWN.get(random.nextInt(11)), "rtsp://h/" + random.nextInt(), headers, body);
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(20), '!', 0x17f)
        .filter(c -> c < 0x7f || c > 0xa0)
        .mapToObj(Character::toString)
        .reduce("", String::concat);
  }
}
