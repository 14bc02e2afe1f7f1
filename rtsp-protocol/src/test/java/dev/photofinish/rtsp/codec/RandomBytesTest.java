package dev.photofinish.rtsp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.RtspFormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes, the decoder throws nothing but its error and holds little. */
class RandomBytesTest {
  private static final List<String> PIECES =
      List.of(
          "RTSP/1.0 200 OK\r\n",
          "CSeq: 1\r\n",
          "\r\n",
          "\n",
          "\r",
          "$",
          "\0",
          "\u0001",
          "\0\u0010",
          "Content-Length: 5\r\n",
          "Content-Length: 99999999\r\n",
          "Content-Type: application/sdp\r\n",
          "Transport: RTP/AVP/TCP;interleaved=0-1\r\n",
          "v=0\r\n",
          "m=video 0 RTP/AVP 96\r\n",
          "PLAY rtsp://h RTSP/1.0\r\n",
          "RTSP/",
          "HTTP/1.1 200 OK\r\n",
          " folded\r\n",
          "\u0080`",
          "WWW-Authenticate: Digest realm=\"",
          "x",
          ":",
          "OPTIONS ");

  @Test
  void piecesOfMessagesInAnyOrder() {
    long seed = new Random().nextLong();
    System.out.println("seed of piecesOfMessagesInAnyOrder: " + seed);
    var random = new Random(seed);
    for (int run = 0; run < 150; run++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      assertSoundInAnyPieces(bytes, random, seed);
    }
  }

  @Test
  void noise() {
    long seed = new Random().nextLong();
    System.out.println("seed of noise: " + seed);
    var random = new Random(seed);
    for (int run = 0; run < 60; run++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      assertSoundInAnyPieces(bytes, random, seed);
    }
  }

  private static void assertSoundInAnyPieces(byte[] bytes, Random random, long seed) {
    var whole = Decoded.of(bytes);
    var pieces = new Decoded();
    int at = 0;
    while (at < bytes.length) {
      int next = Math.min(bytes.length, at + 1 + random.nextInt(30));
      pieces.feed(bytes, at, next);
      at = next;
    }
    pieces.end();

    assertThat(whole.events)
        .describedAs("seed %d", seed)
        .allMatch(e -> !(e instanceof Throwable) || e instanceof RtspFormatException);
    assertThat(pieces.log()).describedAs("seed %d", seed).isEqualTo(whole.log());
  }
}
