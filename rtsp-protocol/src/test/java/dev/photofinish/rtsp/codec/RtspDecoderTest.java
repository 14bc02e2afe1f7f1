package dev.photofinish.rtsp.codec;

import static dev.photofinish.rtsp.codec.Decoded.bytes;
import static dev.photofinish.rtsp.codec.Decoded.frame;
import static dev.photofinish.rtsp.codec.Decoded.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, what cameras get wrong in them, and getting in sync again. */
class RtspDecoderTest {
  private static final byte[] RTP = {(byte) 0x80, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 7};
  private static final String OK = "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n";
  private static final String SETUP_ANSWER =
      "RTSP/1.0 200 OK\r\nCSeq: 2\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n";
  private static final String SDP = "v=0\r\ns=x\r\nm=video 0 RTP/AVP 96\r\na=control:t";

  @Test
  void aResponse() {
    assertThat(Decoded.of("RTSP/1.0 404 Not Found\r\nCSeq: 7\r\nX: a: b \r\n\r\n").events)
        .containsExactly(
            new Received(
                RtspResponse.of(404, "Not Found", Headers.of("CSeq", "7", "X", "a: b")), 0));
  }

  @Test
  void aRequestOfAServer() {
    assertThat(Decoded.of("OPTIONS rtsp://h/ RTSP/1.0\r\nCSeq: 7\r\n\r\n").message())
        .isEqualTo(RtspRequest.of(Method.OPTIONS, "rtsp://h/", Headers.of("CSeq", "7")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTSP/1.0 200 OK\nCSeq: 1\n\n",
        "RTSP/1.0 200 OK\r\nCSEQ:1\r\n\r\n",
        "RTSP/1.0 200\r\ncseq : 1\r\n\r\n",
        "RTSP/1.0 200 \r\nCseq:\t1  \r\n\r\n",
        "RTSP/1.0  200  OK \r\nCSeq:\r\n 1\r\n\r\n",
        "rtsp/1.1 200 OK\r\nno header at all\r\nBad Name: x\r\nCSeq: 1\r\n\r\n",
        "\r\n\r\n \t\nRTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n",
        "RTSP/1.0 200 OK\r\r\nCSeq: 1\r\r\n\r\r\n",
      })
  void whatCamerasWriteForOk(String text) {
    Decoded decoded = Decoded.of(text);

    assertThat(decoded.events).hasSize(1);
    assertThat(((RtspResponse) decoded.message()).status()).isEqualTo(200);
    assertThat(decoded.message().cseq()).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTSP/1.0 404 \033[2J\033]0;x\007\r\n",
        "RTSP/1.0 404 Introuvable \351\0\r\n",
        "RTSP/1.0 404 \177\u0085\u009b2J\n",
        "RTSP/1.0 404 Not\rFound\r\n",
        "RTSP/1.0  404 \001\r\n",
        "rtsp/1.0 404\t\033\r\n",
      })
  void theStatusCountsWhateverTheReasonPhraseHolds(String line) {
    for (String before : List.of("", OK, "PLAY \001 OPTIONS ", SETUP_ANSWER + "x OPTIONS \033")) {
      byte[] connection = bytes(before + line + "CSeq: 7\r\n\r\n");
      Decoded whole = Decoded.of(connection);

      RtspResponse last = (RtspResponse) whole.messages().get(whole.messages().size() - 1);
      assertThat(last.status()).isEqualTo(404);
      assertThat(last.cseq()).hasValue(7);
      assertThat(last.toString()).matches("[ -~]*");
      for (int at = 1; at < connection.length; at++) {
        var cut = new Decoded().feed(connection, 0, at).feed(connection, at, connection.length);
        assertThat(cut.end().log()).describedAs("cut at %d", at).isEqualTo(whole.log());
      }
    }
  }

  @Test
  void aStatusLineWithControlCharactersEndsTheMessageBeforeIt() {
    Decoded decoded =
        Decoded.of("RTSP/1.0 200 OK\r\nCSeq: 1\r\nRTSP/1.0 404 \033\r\nCSeq: 2\r\n\r\n");

    assertThat(decoded.errors()).hasSize(1);
    assertThat(decoded.message().cseq()).hasValue(2);
  }

  @Test
  void foldedHeadersAreOne() {
    assertThat(
            Decoded.of("RTSP/1.0 200 OK\r\nPublic: PLAY,\r\n  PAUSE,\r\n\tSETUP\r\n\r\n")
                .message()
                .headers())
        .isEqualTo(Headers.of("Public", "PLAY, PAUSE, SETUP"));
  }

  @Test
  void aBodyHasTheLengthThatIsSaid() {
    Decoded decoded = Decoded.of("RTSP/1.0 200 OK\r\ncontent-LENGTH: 4\r\n\r\n$99\n" + OK);

    assertThat(decoded.messages()).hasSize(2);
    assertThat(decoded.message().body().text()).isEqualTo("$99\n");
  }

  @Test
  void framesBetweenMessages() {
    Decoded decoded = Decoded.of(join(bytes(OK), frame(0, RTP), frame(1, new byte[0]), bytes(OK)));

    assertThat(decoded.frames())
        .containsExactly(
            new Decoded.Frame(0, 28, "80600001000000020000000307"), new Decoded.Frame(1, 45, ""));
    assertThat(decoded.messages()).hasSize(2);
    assertThat(decoded.events).hasSize(4);
  }

  @Test
  void aFrameAmongTheHeadersOfAMessage() {
    byte[] begun = bytes("RTSP/1.0 200 OK\r\nCSeq: 3\r\n");
    Decoded decoded =
        Decoded.of(join(bytes(SETUP_ANSWER), begun, frame(1, RTP), bytes("Session: 1\r\n\r\n")));

    assertThat(decoded.frames()).hasSize(1);
    assertThat(decoded.messages().get(1).headers())
        .isEqualTo(Headers.of("CSeq", "3", "Session", "1"));
  }

  @Test
  void nothingGoodIsLostBehindStrayBytes() {
    Decoded decoded =
        Decoded.of(
            join(
                bytes(SETUP_ANSWER),
                bytes("rubbish"),
                bytes(OK),
                new byte[] {0, 1, '$', 2},
                frame(0, RTP),
                bytes("R\u0001"),
                bytes(OK),
                bytes("x"),
                bytes("PLAY rtsp://h RTSP/1.0\r\n\r\n")));

    assertThat(decoded.messages()).hasSize(4);
    assertThat(decoded.frames()).hasSize(1);
    assertThat(decoded.errors()).isEmpty();
    assertThat(decoded.strays()).extracting(StrayBytes::length).containsExactly(7, 4, 2, 1);
  }

  @Test
  void aDollarInRubbishIsNoFrameUnlessItIsExpectedOrLooksLikeRtp() {
    byte[] rubbish = bytes("$_1234\n\0Rsdf");
    byte[] other = frame(200, RTP);
    Decoded decoded =
        Decoded.of(join(bytes(SETUP_ANSWER), rubbish, frame(0, bytes("ab")), rubbish, other));

    assertThat(decoded.frames()).extracting(Decoded.Frame::channel).containsExactly(0, 200);
    assertThat(decoded.strays()).extracting(StrayBytes::length).containsExactly(12, 12);
  }

  @Test
  void aMessageThatAnotherCutsShortIsAnErrorAndTheOtherIsRead() {
    Decoded decoded = Decoded.of("RTSP/1.0 200 OK\r\nCSeq: 5\r\nTransp\r\n" + OK);

    assertThat(decoded.messages()).hasSize(1);
    assertThat(decoded.errors())
        .singleElement()
        .hasToString(
            "dev.photofinish.rtsp.message.RtspFormatException: message cut short by the next"
                + " message: saw \"RTSP/1.0 200 OK\", expected an empty line after the headers"
                + " (message at byte 0 of the connection, CSeq 5)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 abc",
        "RTSP/1.1234567 200 OK",
        "RTSP/1.0 abc",
        "RTSP/1.0 99 x",
        "PLAY a b RTSP/1.0"
      })
  void aStartLineThatCannotBeUsedIsAnErrorAndItsMessageIsSkipped(String line) {
    Decoded decoded = Decoded.of(OK + line + "\r\nCSeq: 9\r\nContent-Length: 2\r\n\r\nxx" + OK);

    assertThat(decoded.messages()).hasSize(2);
    RtspFormatException error = decoded.errors().get(0);
    assertThat(error.offset()).hasValue(28);
    assertThat(error.cseq()).hasValue(9);
    assertThat(error.seen()).contains(line);
  }

  /** A camera with one server for both. A web server numbers nothing. */
  @Test
  void anAnswerOfHttpCountsWhereItHasANumber() {
    Decoded decoded = Decoded.of("HTTP/1.0 401 Unauthorized\r\nCSeq: 2\r\n\r\n" + OK);

    assertThat(decoded.errors()).isEmpty();
    assertThat(decoded.messages())
        .element(0)
        .isInstanceOfSatisfying(
            RtspResponse.class, response -> assertThat(response.status()).isEqualTo(401));

    decoded = Decoded.of("HTTP/1.0 401 Unauthorized\r\nContent-Length: 2\r\n\r\nxx" + OK);

    assertThat(decoded.messages()).hasSize(1);
    assertThat(decoded.errors()).singleElement().matches(e -> e.seen().contains("HTTP/1.0 401"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1 2", "99999999999999999999"})
  void aContentLengthThatIsNoneIsAnError(String length) {
    Decoded decoded =
        Decoded.of("RTSP/1.0 200 OK\r\nCSeq: 4\r\nContent-Length: " + length + "\r\n\r\n" + OK);

    assertThat(decoded.errors()).singleElement().matches(e -> e.where().contains("Content-Length"));
    assertThat(decoded.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {OK, "$\0\0\u0001x", "\u0002rubbish\n" + OK})
  void anSdpWithoutContentLengthEndsBeforeWhatIsNoSdp(String next) {
    Decoded decoded =
        Decoded.of(
            "RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n" + SDP + "\r\n" + next);

    assertThat(decoded.message().body().text()).isEqualTo(SDP + "\r\n");
    assertThat(decoded.messages().size() + decoded.frames().size()).isEqualTo(2);
  }

  @Test
  void anSdpWithoutContentLengthEndsWithTheConnection() {
    Decoded decoded = Decoded.of("RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n" + SDP);

    assertThat(decoded.message().body().text()).isEqualTo(SDP);
    assertThat(decoded.errors()).isEmpty();
  }

  @Test
  void anSdpWithoutContentLengthEndsWhenThePeerIsQuiet() {
    var decoded = new Decoded();
    decoded.feed("RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n" + SDP.substring(0, 9));
    decoded.channel.advanceTimeBy(RtspDecoder.QUIET_MILLIS - 1, TimeUnit.MILLISECONDS);
    decoded.channel.runScheduledPendingTasks();
    decoded.feed(SDP.substring(9));
    decoded.channel.advanceTimeBy(RtspDecoder.QUIET_MILLIS - 1, TimeUnit.MILLISECONDS);
    decoded.channel.runScheduledPendingTasks();
    assertThat(decoded.events).isEmpty();

    decoded.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    decoded.channel.runScheduledPendingTasks();

    assertThat(decoded.message().body().text()).isEqualTo(SDP);
    assertThat(decoded.feed(OK).end().messages()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTSP/1.0 200",
        "RTSP/1.0 200 OK\r\nCSe",
        "RTSP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nxx",
        "$\0\0\u0005abc"
      })
  void whatTheEndOfTheConnectionCutsShortIsAnErrorWithItsPosition(String cut) {
    Decoded decoded = Decoded.of(OK + cut);

    assertThat(decoded.errors()).singleElement().matches(e -> e.offset().getAsLong() == 28);
    assertThat(decoded.errors().get(0)).hasMessageContaining("the end of the connection");
  }

  @Test
  void errorsAndTextNeverShowCredentials() {
    String secret = "c2VjcmV0OnNlY3JldA==";
    Decoded decoded =
        Decoded.of(
            "PLAY rtsp://me:secret@h/ RTSP/1.0\r\nAuthorization: Basic "
                + secret
                + "\r\n\r\n"
                + "PLAY rtsp://me:secret@h/ a RTSP/1.0\r\nAuthorization: Basic "
                + secret);

    assertThat(decoded.events).hasSize(2);
    assertThat(decoded.events.toString()).doesNotContain("secret", secret).contains("***");
  }

  @Test
  void withoutAutoReadTheDecoderReadsOnUntilItHasSomething() {
    var decoded = new Decoded();
    decoded.channel.config().setAutoRead(false);

    decoded.feed(OK.substring(0, 9));
    assertThat(decoded.events).isEmpty();
    assertThat(decoded.feed(OK.substring(9)).messages()).hasSize(1);
    decoded.end();
  }
}
