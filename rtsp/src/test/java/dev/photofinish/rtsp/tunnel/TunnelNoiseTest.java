package dev.photofinish.rtsp.tunnel;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers of cameras with some bytes changed, in pieces: seeded, so that each run is the same. */
@SuppressWarnings("StringConcatToTextBlock") // lines end with CRLF
class TunnelNoiseTest {
  private static final int RUNS = 200;

  private static final List<String> ANSWERS =
      List.of(
          TunnelScript.GRANTED + "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nRTSP/\r\n3\r\n1.0\r\n0\r\n\r\n",
          "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"c\", nonce=\"n\", qop=\"auth\"\r\n"
              + "Content-Length: 9\r\n\r\n<html>..."
              + TunnelScript.GRANTED,
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: ACCEPT\r\n\r\n"
              + "\u0082\u0005RTSP/\u0002\u00011\u0089\u0000\u0000\u0001.\u0088\u0002\u0003\u00e8");

  /** The script fails at exceptions that are no end of the connection, and at buffers left. */
  @ParameterizedTest
  @EnumSource
  void noBytesBreakIt(TunnelKind kind) throws Exception {
    for (int seed = 0; seed < RUNS; seed++) {
      try {
        run(kind, new Random(seed));
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(TunnelKind kind, Random random) throws Exception {
    try (TunnelScript tunnel = TunnelScript.with(kind, TunnelScript.ADMIN, new HttpLogin())) {
      String answer = ANSWERS.get(random.nextInt(ANSWERS.size()));
      if (kind == TunnelKind.WEBSOCKET) {
        answer = answer.replace("ACCEPT", WebSocketTunnelTest.accept(tunnel.sent()));
      }
      byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int at = 0;
      while (at < bytes.length && tunnel.get().isOpen()) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
        ByteBuf piece = tunnel.bytes("").writeBytes(bytes, at, length);
        tunnel.answer(piece);
        at += length;
        if (tunnel.dials() == 1 && !tunnel.isOpen() && tunnel.get().isOpen()) {
          tunnel.connectPost();
        }
      }
      tunnel.write("TEARDOWN").closeByCamera();
    }
  }
}
