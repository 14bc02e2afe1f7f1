package dev.photofinish.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SDPs and what is read from them; the camera data tests hold many more. */
class SessionDescriptionTest {

  private static MediaDescription media(String lines) throws RtspFormatException {
    return SessionDescription.parse(lines).media().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "96 H264/90000         | H264         | 90000 |",
        "96 h264 / 90000       | H264         | 90000 |",
        "96  opus/48000/2      | OPUS         | 48000 | 2",
        "96 META /0            | META         |       |",
        "96 MPEG4-GENERIC/16000| MPEG4-GENERIC| 16000 |",
        "96 x/99999999999      | X            |       |",
      })
  void rtpmap(String value, String codec, Integer clockRate, Integer channels)
      throws RtspFormatException {
    MediaFormat format = media("m=video 0 RTP/AVP 96\na=rtpmap:" + value).format();

    assertThat(format.codec()).isEqualTo(codec);
    assertThat(format.clockRate()).isEqualTo(optional(clockRate));
    assertThat(format.channels()).isEqualTo(optional(channels));
  }

  private static OptionalInt optional(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  @ParameterizedTest
  @CsvSource({
    "0,PCMU,8000",
    "8,PCMA,8000",
    "9,G722,8000",
    "10,L16,44100",
    "14,MPA,90000",
    "26,JPEG,90000",
    "32,MPV,90000",
    "33,MP2T,90000"
  })
  void typesThatNeedNoRtpmap(int payloadType, String codec, int clockRate)
      throws RtspFormatException {
    MediaFormat format = media("m=audio 0 RTP/AVP " + payloadType).format();

    assertThat(format.codec()).isEqualTo(codec);
    assertThat(format.clockRate()).hasValue(clockRate);
  }

  @Test
  void aTypeThatNothingExplainsIsUnknown() throws RtspFormatException {
    assertThat(media("m=video 0 RTP/AVP 96").format().codec()).isEmpty();
  }

  @Test
  void fmtpOfItsOwnPayloadType() throws RtspFormatException {
    MediaFormat format =
        media("m=video 0 RTP/AVP 96\na=fmtp:97 x=1\na=fmtp:96 a=b=; SizeLength=13;;flag").format();

    assertThat(format.parameter("A")).contains("b=");
    assertThat(format.parameter("sizelength")).contains("13");
    assertThat(format.fmtp()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r", " \n", "\n\n"})
  void anyLineEnd(String end) throws RtspFormatException {
    String sdp = String.join(end, "v=0", "garbage", "m=video 0 RTP/AVP 26", "", "a=control:t", "=");

    assertThat(media(sdp).control()).contains("t");
  }

  @Test
  void whatIsSaidForTheSessionHoldsForItsMedia() throws RtspFormatException {
    var sdp =
        SessionDescription.parse(
            "a=recvonly\nm=video 0 RTP/AVP 26\nm=audio 0 RTP/AVP 0\na=sendonly\na=framerate:x\na=framerate:12.5");

    assertThat(sdp.media().get(0).direction()).contains(Direction.RECVONLY);
    assertThat(sdp.media().get(1).direction()).contains(Direction.SENDONLY);
    assertThat(sdp.media().get(1).frameRate()).hasValue(12.5);
    assertThat(sdp.isBackChannel(sdp.media().get(0))).isFalse();
    assertThat(sdp.isBackChannel(sdp.media().get(1))).isTrue();
  }

  @Test
  void aCameraThatCallsAllItSendsSendonlyHasNoBackChannel() throws RtspFormatException {
    var sdp = SessionDescription.parse("a=sendonly\nm=video 0 RTP/AVP 26\nm=audio 0 RTP/AVP 0");

    assertThat(sdp.media()).noneMatch(sdp::isBackChannel);
  }

  @Test
  void aMediaThatCannotBeUsedIsLeftOutWithItsLines() throws RtspFormatException {
    var sdp =
        SessionDescription.parse(
            "m=video 0 RTP/AVP 26\na=control:good\nm=audio x RTP/AVP 0\na=control:bad");

    assertThat(sdp.media()).singleElement().matches(m -> m.control().get().equals("good"));
    assertThat(sdp.leftOut())
        .singleElement()
        .asString()
        .contains("SDP line 3", "m=audio x", "port");
  }

  @ParameterizedTest
  @CsvSource({
    "'',SDP: saw nothing",
    "v=0,at least one media line",
    "m=video,<media> <port> <protocol> <payload types>",
    "m=video 70000 RTP/AVP 96,a port from 0 to 65535",
    "m=video 0 RTP/AVP 128,payload types from 0 to 127",
    "m=video 0 RTP/AVP x,SDP line 1",
  })
  void nothingToPlayIsAnErrorThatSaysWhy(String sdp, String message) {
    assertThatThrownBy(() -> SessionDescription.parse(sdp))
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining(message);
  }
}
