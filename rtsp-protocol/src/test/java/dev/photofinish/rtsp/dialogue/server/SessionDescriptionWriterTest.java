package dev.photofinish.rtsp.dialogue.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Parameter;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionDescription;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDP that readers are shown. */
class SessionDescriptionWriterTest {

  @Test
  void theLinesOfAStream() {
    assertThat(SessionDescriptionWriter.write(ServerScript.CAM, 7, false))
        .isEqualTo(
            """
            v=0
            o=- 7 1 IN IP4 0.0.0.0
            s=Front door
            c=IN IP4 0.0.0.0
            t=0 0
            a=control:*
            a=range:npt=now-
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0IAH5WoFAFu,aM48gA==
            a=control:trackID=1
            m=audio 0 RTP/AVP 0
            a=rtpmap:0 PCMU/8000
            a=control:trackID=2
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void aServerOfIpv6() {
    assertThat(SessionDescriptionWriter.write(ServerScript.CAM, 0, true))
        .contains("o=- 0 1 IN IP6 ::\r\n", "c=IN IP6 ::\r\n");
  }

  /** Whatever of a camera's description has a meaning to readers comes out as it went in. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=framerate:12.5\nb=AS:4000\na=recvonly",
        """
        m=video 0 RTP/AVP 96
        a=rtpmap:96 H265/90000
        b=TIAS:1500500
        a=fmtp:96 sprop-vps=QAEM;sprop-sps=Q,A==;flag
        """,
        """
        m=audio 0 RTP/AVP 97
        a=rtpmap:97 MPEG4-GENERIC/48000/2
        a=fmtp:97 streamtype=5;config=1190;SizeLength=13
        """,
        "m=audio 0 RTP/AVP 97\na=rtpmap:97 opus/48000/2\na=fmtp:97 note=\"a;b \\\"c\\\"\";x=1",
        "m=audio 0 RTP/AVP 0 8 97\na=rtpmap:97 L16/44100\na=sendonly",
        "m=application 0 RTP/AVP 107\na=rtpmap:107 vnd.onvif.metadata/90000",
        "m=video 0 RTP/AVP 26\na=framerate:25",
        "m=video 0 RTP/AVP 99",
      })
  void isReadAsTheSame(String media) throws RtspFormatException {
    ServedStream stream = ServerScript.stream("v=0\ns=x\n" + media);
    SessionDescription read =
        SessionDescription.parse(SessionDescriptionWriter.write(stream, 1, false));
    assertThat(read.leftOut()).isEmpty();
    assertThat(read.name()).isEqualTo("x");
    assertThat(read.control()).contains("*");
    assertThat(read.media()).singleElement().isEqualTo(asServed(stream, read));
  }

  private static MediaDescription asServed(ServedStream stream, SessionDescription read) {
    MediaDescription media = stream.media().get(0);
    return new MediaDescription(
        media.type(),
        0,
        "RTP/AVP",
        media.formats(),
        Optional.of("trackID=1"),
        media.direction(),
        Optional.of("IN IP4 0.0.0.0"),
        Optional.empty(),
        media.bandwidth(),
        media.frameRate(),
        read.media().get(0).attributes());
  }

  /** A camera, or a configuration, that holds line ends and quotes adds neither line nor value. */
  @Test
  void nothingBreaksALine() throws RtspFormatException {
    var evil = "x\r\na=control:rtsp://evil/\n\u0085m=video 1 RTP/AVP 1\u0000";
    var format =
        new MediaFormat(
            96,
            evil,
            OptionalInt.of(90000),
            OptionalInt.empty(),
            List.of(
                new Parameter(evil, Optional.of(evil + ";y=\"")),
                new Parameter("z", Optional.of("1"))));
    var media =
        new MediaDescription(
            "vi\r\ndeo",
            554,
            "RTP/SAVP\r\na=b",
            List.of(format),
            Optional.of(evil),
            Optional.empty(),
            Optional.of(evil),
            Optional.of(evil),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of());
    String sdp = SessionDescriptionWriter.write(new ServedStream(evil, List.of(media)), 1, false);
    assertThat(sdp.lines().map(line -> line.substring(0, 2)))
        .containsExactly("v=", "o=", "s=", "c=", "t=", "a=", "a=", "m=", "a=", "a=", "a=");
    assertThat(sdp.lines().filter(line -> line.startsWith("m=")))
        .containsExactly("m=video 0 RTP/AVP 96");
    SessionDescription read = SessionDescription.parse(sdp);
    assertThat(read.media().get(0).control()).contains("trackID=1");
    assertThat(read.media().get(0).format().parameter("z")).contains("1");
  }

  @Test
  void aStreamWithoutANameHasADash() {
    ServedStream stream = new ServedStream(" \t ", ServerScript.CAM.media());
    assertThat(SessionDescriptionWriter.write(stream, 1, false)).contains("\r\ns=-\r\n");
  }

  @Test
  void aStreamHasOneToSixteenTracks() {
    MediaDescription media = ServerScript.CAM.media().get(0);
    assertThatThrownBy(() -> new ServedStream("x", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ServedStream("x", Collections.nCopies(17, media)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
