package dev.photofinish.rtsp.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.EndReason.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A WebSocket tunnel (RFC 6455, ONVIF) from its upgrade to its end, frame by frame. */
@SuppressWarnings("FutureReturnValueIgnored") // of channels without sockets: done at once
class WebSocketTunnelTest {
  private static final int BINARY = 2;
  private static final int TEXT = 1;
  private static final int CONTINUATION = 0;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  static String accept(String request) throws Exception {
    String key =
        request
            .lines()
            .filter(line -> line.startsWith("sec-websocket-key: "))
            .map(line -> line.substring(19))
            .findFirst()
            .orElseThrow();
    byte[] hash =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(hash);
  }

  private static String upgrade(String accept, String more) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + accept
        + "\r\n"
        + more
        + "\r\n";
  }

  private static TunnelScript open() throws Exception {
    TunnelScript tunnel = TunnelScript.webSocket();
    tunnel.answer(upgrade(accept(tunnel.sent()), "Sec-WebSocket-Protocol: rtsp.onvif.org\r\n"));
    assertThat(tunnel.isOpen()).isTrue();
    return tunnel;
  }

  /** An unmasked frame of the camera, with the length in the shortest form. */
  private static ByteBuf frame(TunnelScript tunnel, int opcode, boolean last, String content) {
    ByteBuf frame = tunnel.bytes("").writeByte((last ? 0x80 : 0) | opcode);
    if (content.length() < 126) {
      frame.writeByte(content.length());
    } else {
      frame.writeByte(126).writeShort(content.length());
    }
    return frame.writeBytes(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The opcode and the content of one masked frame that we sent. */
  private static String unmasked(String sent) {
    assertThat(sent.charAt(0) & 0x80).as("the last of its message").isEqualTo(0x80);
    assertThat(sent.charAt(1) & 0x80).as("masked").isEqualTo(0x80);
    int length = sent.charAt(1) & 0x7f;
    assertThat(sent).hasSize(6 + length);
    StringBuilder content = new StringBuilder().append(sent.charAt(0) & 0x0f).append(' ');
    for (int i = 0; i < length; i++) {
      content.append((char) (sent.charAt(6 + i) ^ sent.charAt(2 + i % 4)));
    }
    return content.toString();
  }

  // ---- The upgrade

  @Test
  void theUpgradeAsksForOnvifsSubprotocol() {
    try (TunnelScript tunnel = TunnelScript.at(TunnelKind.WEBSOCKET, "/rtsp-over-websocket")) {
      assertThat(tunnel.sent())
          .startsWith("GET /rtsp-over-websocket HTTP/1.1\r\n")
          .contains("\r\nhost: 192.0.2.1:8554\r\n", "\r\nupgrade: websocket\r\n")
          .contains("\r\nconnection: Upgrade\r\n", "\r\nsec-websocket-version: 13\r\n")
          .contains("\r\nsec-websocket-protocol: rtsp.onvif.org\r\n");
    }
  }

  @Test
  void aCameraThatNamesNoSubprotocolIsForgiven() throws Exception {
    try (TunnelScript tunnel = TunnelScript.webSocket()) {
      tunnel.answer(upgrade(accept(tunnel.sent()), ""));
      assertThat(tunnel.isOpen()).isTrue();
      assertThat(tunnel.dials()).as("a WebSocket is one connection").isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 200 OK | expected 101, the upgrade to WebSocket",
        "HTTP/1.1 101 Switching Protocols | that upgrades to something else than WebSocket",
        "HTTP/1.1 404 Not Found | the camera has no such tunnel at this port and path",
        "HTTP/1.1 426 Upgrade Required | the camera has no such tunnel at this port and path",
        "RTSP/1.0 501 Not Implemented | answered in RTSP, not in HTTP"
      })
  void answersThatOpenNoTunnel(String line, String reason) {
    try (TunnelScript tunnel = TunnelScript.webSocket()) {
      tunnel.answer(line + "\r\n\r\n");
      assertThat(tunnel.end().kind()).isEqualTo(Kind.NO_TRANSPORT);
      assertThat(tunnel.end().reason()).contains(reason);
    }
  }

  @Test
  void theAcceptOfAnotherRequestIsRefused() {
    try (TunnelScript tunnel = TunnelScript.webSocket()) {
      tunnel.answer(upgrade("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", ""));
      assertThat(tunnel.end().reason())
          .endsWith("with a Sec-WebSocket-Accept that does not belong to the request");
    }
  }

  @Test
  void anotherSubprotocolIsRefused() throws Exception {
    try (TunnelScript tunnel = TunnelScript.webSocket()) {
      tunnel.answer(upgrade(accept(tunnel.sent()), "Sec-WebSocket-Protocol: chat\r\n"));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.NO_TRANSPORT);
      assertThat(tunnel.end().reason()).endsWith("with subprotocol chat; expected rtsp.onvif.org");
    }
  }

  @Test
  void anUpgradeThatNeverComesIsGivenUp() {
    try (TunnelScript tunnel = TunnelScript.webSocket()) {
      tunnel.later(TunnelScript.TIMEOUT);
      assertThat(tunnel.end().kind()).isEqualTo(Kind.SILENT);
      assertThat(tunnel.end().reason()).endsWith("RTSP over WebSocket");
    }
  }

  // ---- Frames

  @Test
  void whatIsFlushedTogetherIsOneMaskedBinaryFrame() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.write("$\u0001\u0000\u0001", "x");
      assertThat(unmasked(tunnel.sent())).isEqualTo(BINARY + " $\u0001\u0000\u0001x");
    }
  }

  @Test
  void aMessageIsReadFromFramesHoweverItIsCut() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel
          .answer(frame(tunnel, BINARY, false, "RTSP/1.0 "))
          .answer(frame(tunnel, CONTINUATION, false, "200"))
          .answer(frame(tunnel, PING, true, ""))
          .answer(frame(tunnel, CONTINUATION, true, " OK\r\n"))
          .answer(frame(tunnel, BINARY, true, ""))
          .answer(frame(tunnel, TEXT, true, "CSeq: 1\r\n"));
      assertThat(tunnel.received()).isEqualTo("RTSP/1.0 200 OK\r\nCSeq: 1\r\n");
    }
  }

  @Test
  void framesBehindTheUpgradeAreNotLost() throws Exception {
    try (TunnelScript tunnel = TunnelScript.webSocket()) {
      ByteBuf bytes = tunnel.bytes(upgrade(accept(tunnel.sent()), ""));
      ByteBuf frame = frame(tunnel, BINARY, true, "abc");
      tunnel.answer(bytes.writeBytes(frame));
      frame.release();
      assertThat(tunnel.received()).isEqualTo("abc");
    }
  }

  @Test
  void aPingIsAnsweredWithItsContent() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.answer(frame(tunnel, PING, true, "are you there"));
      assertThat(unmasked(tunnel.sent())).isEqualTo(PONG + " are you there");
      tunnel.answer(frame(tunnel, PONG, true, "unasked"));
      assertThat(tunnel.sent()).isEmpty();
      assertThat(tunnel.received()).isEmpty();
    }
  }

  /** RFC 6455 section 5.5.3: of several pings the most recent alone may be answered. */
  @Test
  void pingsOfACameraThatReadsNothingAreNotKept() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.get().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
      tunnel.answer(frame(tunnel, PING, true, "first"));
      tunnel.answer(frame(tunnel, PING, true, "last"));
      assertThat(tunnel.sent()).isEmpty();
      tunnel.get().unsafe().outboundBuffer().setUserDefinedWritability(1, true);
      tunnel.close(EmbeddedChannel::runPendingTasks);
      assertThat(unmasked(tunnel.sent())).isEqualTo(PONG + " last");
      tunnel.get().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
      tunnel.answer(frame(tunnel, PING, true, "released in the end"));
    }
  }

  @Test
  void theReasonOfACloseIsShownEscapedAndCut() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.answer(frame(tunnel, CLOSE, true, "\u0003\u00f1" + "full\u0007" + "x".repeat(100)));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.CLOSED);
      assertThat(tunnel.end().reason())
          .startsWith("the camera closed the WebSocket: 1009 full")
          .doesNotContain("\u0007");
    }
  }

  @Test
  void aCloseNeedsNoReason() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.answer(frame(tunnel, CLOSE, true, ""));
      assertThat(tunnel.end().reason()).isEqualTo("the camera closed the WebSocket");
    }
  }

  /** RFC 6455 section 5.1. */
  @Test
  void aMaskedFrameEndsIt() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.answer(tunnel.bytes("\u0082\u0083abcdxyz"));
      assertThat(tunnel.end().kind()).isEqualTo(Kind.BROKEN);
      assertThat(tunnel.end().reason()).startsWith("what the camera sent is no WebSocket frame: ");
    }
  }

  @Test
  void aFrameLongerThanTheBoundEndsItAtItsHead() throws Exception {
    try (TunnelScript tunnel = open()) {
      ByteBuf head = tunnel.bytes("").writeByte(0x82).writeByte(127).writeLong((1 << 20) + 1);
      tunnel.answer(head);
      assertThat(tunnel.end().kind()).isEqualTo(Kind.BROKEN);
      assertThat(tunnel.end().reason()).contains("1048576");
    }
  }

  @ParameterizedTest
  @CsvSource({"b2, a reserved bit", "83, a reserved opcode", "80, a continuation of nothing"})
  void framesThatTheRfcDoesNotHaveEndIt(String head, String what) throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.answer(
          tunnel.bytes("").writeByte(Integer.parseInt(head, 16)).writeByte(1).writeByte('x'));
      assertThat(tunnel.end().kind()).as(what).isEqualTo(Kind.BROKEN);
    }
  }

  // ---- Ends

  @Test
  void weSayGoodbye() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.close(Channel::close);
      assertThat(unmasked(tunnel.sent())).startsWith(CLOSE + " \u0003\u00e8");
    }
  }

  @Test
  void theCameraClosesTheConnection() throws Exception {
    try (TunnelScript tunnel = open()) {
      tunnel.writeWithoutFlush("TEARDOWN").closeByCamera();
      assertThat(tunnel.get().isOpen()).isFalse();
    }
  }

  @Test
  void theCameraClosesBeforeTheUpgrade() {
    try (TunnelScript tunnel = TunnelScript.webSocket()) {
      tunnel.closeByCamera().later(TunnelScript.TIMEOUT);
      assertThat(tunnel.hasEnded()).isFalse();
    }
  }
}
