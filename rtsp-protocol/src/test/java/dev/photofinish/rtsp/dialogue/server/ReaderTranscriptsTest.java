package dev.photofinish.rtsp.dialogue.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.message.Received;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers as they speak, from their first request to TEARDOWN. */
class ReaderTranscriptsTest {
  private final ServerScript script = new ServerScript();
  private final EmbeddedChannel decoder = new EmbeddedChannel(new RtspDecoder());

  /** Each paragraph is a request; the session is filled in. */
  private void says(String text) {
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf("\n\n", start);
      end = end < 0 ? text.length() : end + 2;
      String request = text.substring(start, end).strip() + "\n\n";
      say(request.replace("{session}", session()).replace("\n", "\r\n"));
      start = end;
    }
  }

  private void say(String request) {
    decoder.writeInbound(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
    for (Object next = decoder.readInbound(); next != null; next = decoder.readInbound()) {
      script.send(((Received) next).message());
    }
  }

  private String session() {
    return script.answers().stream()
        .filter(answer -> answer.headers().has("Session"))
        .map(ServerScript::session)
        .findFirst()
        .orElse("");
  }

  private void plays(List<String> opened) {
    assertThat(script.statuses()).containsOnly(200);
    List<String> said = script.said();
    assertThat(said).containsSubsequence(opened);
    assertThat(said)
        .containsSubsequence("prepare", "play", "close session: the reader sent TEARDOWN");
  }

  /** FFmpeg 5.1, {@code -rtsp_transport tcp}. */
  @Test
  void ffmpegOverTcp() {
    says(
        """
        OPTIONS rtsp://127.0.0.1:8554/cam RTSP/1.0
        CSeq: 1
        User-Agent: Lavf59.27.100

        DESCRIBE rtsp://127.0.0.1:8554/cam RTSP/1.0
        Accept: application/sdp
        CSeq: 2
        User-Agent: Lavf59.27.100

        SETUP rtsp://127.0.0.1:8554/cam/trackID=1 RTSP/1.0
        Transport: RTP/AVP/TCP;unicast;interleaved=0-1
        CSeq: 3
        User-Agent: Lavf59.27.100

        SETUP rtsp://127.0.0.1:8554/cam/trackID=2 RTSP/1.0
        Transport: RTP/AVP/TCP;unicast;interleaved=2-3
        CSeq: 4
        User-Agent: Lavf59.27.100
        Session: {session}

        PLAY rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        Range: npt=0.000-
        CSeq: 5
        User-Agent: Lavf59.27.100
        Session: {session}

        GET_PARAMETER rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        CSeq: 6
        User-Agent: Lavf59.27.100
        Session: {session}

        TEARDOWN rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        CSeq: 7
        User-Agent: Lavf59.27.100
        Session: {session}
        """);
    plays(List.of("open 0 Interleaved[channels=0-1]", "open 1 Interleaved[channels=2-3]"));
  }

  /** GStreamer 1.22: over UDP until no packet came, then over TCP on another connection. */
  @Test
  void gstreamerOverUdp() {
    says(
        """
        OPTIONS rtsp://127.0.0.1:8554/cam RTSP/1.0
        CSeq: 1
        ClientChallenge: 9e26d33f2984236010ef6253fb1887f7
        CompanyID: KnKV4M4I/B2FjJ1TToLycw==
        GUID: 00000000-0000-0000-0000-000000000000
        RegionData: 0
        PlayerStarttime: [28/03/2003:22:50:23 00:00]
        ClientID: Linux_2.4_6.0.9.1235_play32_RN01_EN_586
        Date: Sun, 29 Nov 2026 15:59:49 GMT

        DESCRIBE rtsp://127.0.0.1:8554/cam RTSP/1.0
        CSeq: 2
        Accept: application/sdp
        Date: Sun, 29 Nov 2026 15:59:49 GMT

        SETUP rtsp://127.0.0.1:8554/cam/trackID=1 RTSP/1.0
        CSeq: 3
        Transport: RTP/AVP;unicast;client_port=44798-44799

        SETUP rtsp://127.0.0.1:8554/cam/trackID=2 RTSP/1.0
        CSeq: 4
        Transport: RTP/AVP;unicast;client_port=56700-56701
        Session: {session}

        PLAY rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        CSeq: 5
        Range: npt=now-
        Session: {session}

        TEARDOWN rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        CSeq: 6
        Session: {session}
        """);
    plays(List.of("open 0 Udp[ports=44798-44799]", "open 1 Udp[ports=56700-56701]"));
  }

  /** GStreamer before 1.6 offers all transports in one header. */
  @Test
  void gstreamerOverWhatIsThere() {
    script.refusing(TransportOffer.Udp.class, new Refusal(461, ""));
    script.refusing(TransportOffer.Multicast.class, new Refusal(461, ""));
    says(
        """
        SETUP rtsp://127.0.0.1:8554/cam/trackID=1 RTSP/1.0
        CSeq: 3
        Transport: RTP/AVP/UDP;unicast;client_port=4000-4001,RTP/AVP/UDP;multicast,RTP/AVP/TCP;unicast;interleaved=0-1

        PLAY rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        CSeq: 4
        Session: {session}

        PAUSE rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        CSeq: 5
        Session: {session}

        PLAY rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        CSeq: 6
        Session: {session}

        TEARDOWN rtsp://127.0.0.1:8554/cam/ RTSP/1.0
        CSeq: 7
        Session: {session}
        """);
    plays(List.of("open 0 Interleaved[channels=0-1]", "pause", "prepare to resume"));
  }

  /** VLC by live555: the session with a body-less GET_PARAMETER as keep-alive. */
  @Test
  void live555() {
    says(
        """
        OPTIONS rtsp://192.0.2.9:8554/cam RTSP/1.0
        CSeq: 2
        User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media v2016.11.28)

        DESCRIBE rtsp://192.0.2.9:8554/cam RTSP/1.0
        CSeq: 3
        User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media v2016.11.28)
        Accept: application/sdp

        SETUP rtsp://192.0.2.9:8554/cam/trackID=1 RTSP/1.0
        CSeq: 4
        User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media v2016.11.28)
        Transport: RTP/AVP;unicast;client_port=60784-60785

        SETUP rtsp://192.0.2.9:8554/cam/trackID=2 RTSP/1.0
        CSeq: 5
        User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media v2016.11.28)
        Transport: RTP/AVP;unicast;client_port=60786-60787
        Session: {session}

        PLAY rtsp://192.0.2.9:8554/cam/ RTSP/1.0
        CSeq: 6
        User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media v2016.11.28)
        Session: {session}
        Range: npt=0.000-

        GET_PARAMETER rtsp://192.0.2.9:8554/cam/ RTSP/1.0
        CSeq: 7
        User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media v2016.11.28)
        Session: {session}

        TEARDOWN rtsp://192.0.2.9:8554/cam/ RTSP/1.0
        CSeq: 8
        User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media v2016.11.28)
        Session: {session}
        """);
    plays(List.of("open 0 Udp[ports=60784-60785]", "open 1 Udp[ports=60786-60787]"));
  }

  /** Media3 (ExoPlayer): the tracks below the base, PLAY and keep-alive to the URL asked for. */
  @Test
  void media3() {
    says(
        """
        OPTIONS rtsp://192.0.2.9:8554/cam RTSP/1.0
        user-agent: AndroidXMedia3/1.4.0
        cseq: 0

        DESCRIBE rtsp://192.0.2.9:8554/cam RTSP/1.0
        user-agent: AndroidXMedia3/1.4.0
        cseq: 1

        SETUP rtsp://192.0.2.9:8554/cam/trackID=1 RTSP/1.0
        user-agent: AndroidXMedia3/1.4.0
        cseq: 2
        transport: RTP/AVP/TCP;unicast;interleaved=0-1

        PLAY rtsp://192.0.2.9:8554/cam RTSP/1.0
        user-agent: AndroidXMedia3/1.4.0
        session: {session}
        cseq: 3
        range: npt=0.000-

        OPTIONS rtsp://192.0.2.9:8554/cam RTSP/1.0
        user-agent: AndroidXMedia3/1.4.0
        session: {session}
        cseq: 4

        TEARDOWN rtsp://192.0.2.9:8554/cam RTSP/1.0
        user-agent: AndroidXMedia3/1.4.0
        session: {session}
        cseq: 5
        """);
    plays(List.of("open 0 Interleaved[channels=0-1]"));
  }
}
