package dev.photofinish.rtsp.codec;

import static dev.photofinish.rtsp.codec.Decoded.bytes;
import static dev.photofinish.rtsp.codec.Decoded.frame;
import static dev.photofinish.rtsp.codec.Decoded.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However the bytes are split, the same comes out. */
class RtspDecoderSplitTest {
  private static final byte[] RTP = {
    (byte) 0x80, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, '\r', '\n', '$'
  };
  private static final byte[] CONVERSATION =
      join(
          bytes(
              "RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nWWW-Authenticate: Digest\r\n realm=\"x\"\r\n\r\n"),
          bytes("\r\nRTSP/1.0 200\nCSeq: 2\nContent-Length: 9\n\nv=0\n$\0\0\u0001x"),
          bytes("RTSP/1.0 200 OK\r\nCSeq: 3\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n"),
          frame(0, RTP),
          bytes("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
          frame(1, new byte[0]),
          bytes("stray$_1234\n\0Rsdf"),
          frame(0, RTP),
          bytes(
              "RTSP/1.0 200 OK\r\nCSeq: 4\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=a 0 RTP/AVP 0\r\n"),
          frame(7, RTP),
          bytes("PLAY x y RTSP/1.0\r\nCSeq: 5\r\nContent-Length: 1\r\n\r\nz"),
          bytes("RTSP/1.0 200 OK\r\nCSeq: 6\r\nRTSP/1.0 200 OK\r\nCSeq: 7\r\n\r\n"),
          frame(0, RTP));

  private static List<String> whole() {
    return Decoded.of(CONVERSATION).log();
  }

  @Test
  void theConversationIsUnderstood() {
    Decoded decoded = Decoded.of(CONVERSATION);

    assertThat(decoded.messages()).hasSize(6);
    assertThat(decoded.frames()).hasSize(5);
    assertThat(decoded.strays()).hasSize(1);
    assertThat(decoded.errors()).hasSize(2);
  }

  @Test
  void splitInTwoAtEveryByte() {
    List<String> whole = whole();
    for (int at = 1; at < CONVERSATION.length; at++) {
      var decoded = new Decoded();
      decoded.feed(CONVERSATION, 0, at).feed(CONVERSATION, at, CONVERSATION.length).end();
      assertThat(decoded.log()).describedAs("split at %d", at).isEqualTo(whole);
    }
  }

  @Test
  void splitInThreeAtEveryPairOfBytesNearby() {
    List<String> whole = whole();
    for (int at = 1; at < CONVERSATION.length - 6; at++) {
      for (int next = at + 1; next < at + 6; next += 4) {
        var decoded = new Decoded();
        decoded
            .feed(CONVERSATION, 0, at)
            .feed(CONVERSATION, at, next)
            .feed(CONVERSATION, next, CONVERSATION.length)
            .end();
        assertThat(decoded.log()).describedAs("split at %d, %d", at, next).isEqualTo(whole);
      }
    }
  }

  @Test
  void byteByByte() {
    var decoded = new Decoded();
    for (int at = 0; at < CONVERSATION.length; at++) {
      decoded.feed(CONVERSATION, at, at + 1);
    }

    assertThat(decoded.end().log()).isEqualTo(whole());
  }

  @Test
  void inRandomPieces() {
    long seed = new Random().nextLong();
    System.out.println("seed of inRandomPieces: " + seed);
    var random = new Random(seed);
    List<String> whole = whole();
    for (int run = 0; run < 60; run++) {
      var decoded = new Decoded();
      int at = 0;
      while (at < CONVERSATION.length) {
        int next = Math.min(CONVERSATION.length, at + 1 + random.nextInt(60));
        decoded.feed(CONVERSATION, at, next);
        at = next;
      }
      assertThat(decoded.end().log()).describedAs("seed %d", seed).isEqualTo(whole);
    }
  }
}
