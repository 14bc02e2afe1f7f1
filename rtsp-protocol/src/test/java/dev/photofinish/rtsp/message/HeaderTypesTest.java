package dev.photofinish.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header types: what is read, and how it is written; what is written is read as the same. */
class HeaderTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12345678               | 12345678",
        "12345678;timeout=60    | 12345678;timeout=60",
        "12345678 ; timeout = 5 | 12345678;timeout=5",
        "a;x=y;Timeout=30;z     | a;timeout=30",
        "a;timeout=             | a",
        "a;timeout=0            | a",
        "a;timeout=-1           | a",
        "a;timeout=x            | a",
        "$s ignored;foo=bar     | $s",
      })
  void session(String value, String written) throws RtspFormatException {
    SessionHeader session = SessionHeader.parse(value);

    assertThat(session).hasToString(written);
    assertThat(SessionHeader.parse(written)).isEqualTo(session);
  }

  @Test
  void aSessionWithoutTimeoutLastsSixtySeconds() throws RtspFormatException {
    assertThat(SessionHeader.parse("x").effectiveTimeout()).hasSeconds(60);
    assertThat(SessionHeader.parse("x;timeout=5").effectiveTimeout()).hasSeconds(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RTP/AVP/TCP;unicast;interleaved=0-1 | RTP/AVP/TCP;unicast;interleaved=0-1",
        "rtp/avp/tcp; INTERLEAVED = 4 | rtp/avp/tcp;interleaved=4-5",
        "RTP/AVP;unicast;ssrc= 4317f;x-new=\"a;b,c\";mode=\"PLAY\" | RTP/AVP;unicast;x-new=\"a;b,c\";mode=PLAY;ssrc=0004317F",
        "interleaved=0-1;RTP/AVP/TCP;unicast | RTP/AVP/TCP;unicast;interleaved=0-1",
        "RTP/AVP/UDP;client_port=1-2;server_port=3-4;source= | RTP/AVP/UDP;source=;client_port=1-2;server_port=3-4",
        "RTP/AVP;ssrc=1449463210;server_port= | RTP/AVP",
      })
  void transport(String value, String written) throws RtspFormatException {
    TransportHeader transport = TransportHeader.parse(value);

    assertThat(transport).hasToString(written);
    assertThat(TransportHeader.parse(written)).isEqualTo(transport);
  }

  @Test
  void severalTransports() throws RtspFormatException {
    List<TransportHeader> all =
        TransportHeader.parseAll("RTP/AVP/TCP;interleaved=2-3, RTP/AVP;multicast;ttl=1");

    assertThat(all).hasSize(2);
    assertThat(all.get(0).isTcp()).isTrue();
    assertThat(all.get(0).interleaved()).contains(new Pair(2, 3));
    assertThat(all.get(1).isTcp()).isFalse();
    assertThat(all.get(1).isMulticast()).isTrue();
    assertThat(all.get(1).parameter("TTL")).contains("1");
  }

  @Test
  void whatAClientAsksFor() {
    assertThat(TransportHeader.tcp(2)).hasToString("RTP/AVP/TCP;unicast;interleaved=2-3");
    assertThat(TransportHeader.udp(5000)).hasToString("RTP/AVP;unicast;client_port=5000-5001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "unicast",
        "RTP/AVP/TCP;interleaved=a-b",
        "RTP/AVP/TCP;interleaved=0-256",
        "RTP/AVP/TCP;interleaved=255",
        "RTP/AVP/TCP;interleaved=0-1-2",
        "RTP/AVP;server_port=70000",
      })
  void noTransport(String value) {
    assertThatThrownBy(() -> TransportHeader.parse(value))
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining("Transport header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url=rtsp://h/a?x=1,2;seq=5;rtptime=7 | url=rtsp://h/a?x=1,2;seq=5;rtptime=7",
        "url=t; seq = 65535 ;ssrc=A | url=t;seq=65535;ssrc=0000000a",
        "url=t;seq=65536;rtptime=-1 | url=t",
        "URL=t;rtptime=4294967296 | url=t",
      })
  void rtpInfo(String value, String written) throws RtspFormatException {
    List<RtpInfo> streams = RtpInfo.parseAll(value);

    assertThat(streams).singleElement().hasToString(written);
    assertThat(RtpInfo.parseAll(written)).isEqualTo(streams);
  }

  @Test
  void rtpInfoOfSeveralStreams() throws RtspFormatException {
    assertThat(RtpInfo.parseAll("url=a,b;seq=1 , url=c;seq=2,"))
        .extracting(RtpInfo::url, RtpInfo::sequence)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("a,b", OptionalInt.of(1)),
            org.assertj.core.api.Assertions.tuple("c", OptionalInt.of(2)));
  }

  @Test
  void publicMethods() {
    assertThat(Method.parseAll(List.of("OPTIONS, describe,,Get_Parameter ,(x)", "PLAY")))
        .containsExactly(Method.OPTIONS, Method.DESCRIBE, Method.GET_PARAMETER, Method.PLAY);
  }

  @Test
  void headersKeepOrderAndRepeatsAndIgnoreCase() {
    Headers headers = Headers.of("A", "1", "b", "2", "a", "3");

    assertThat(headers.all("A")).containsExactly("1", "3");
    assertThat(headers.first("B")).contains("2");
    assertThat(headers.with("A", "4")).isEqualTo(Headers.of("b", "2", "A", "4"));
    assertThat(headers.without("B").has("b")).isFalse();
  }

  @Test
  void aHeaderCannotBreakOutOfItsLine() {
    assertThatThrownBy(() -> Headers.of("A", "1\r\nB: 2"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Headers.of("A:", "1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtspRequest.of(Method.PLAY, "a b", Headers.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtspResponse.of(200, "a\nb", Headers.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "0007,7", "2147483647,2147483647"})
  void cseq(String value, int number) {
    assertThat(RtspResponse.of(200, "", Headers.of("cSEQ", value)).cseq()).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1 2", "2147483648"})
  void noCseq(String value) {
    assertThat(RtspResponse.of(200, "", Headers.of("CSeq", value)).cseq()).isEmpty();
  }
}
