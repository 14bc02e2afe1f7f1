package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtp.RtpHeader;
import io.netty.channel.WriteBufferWaterMark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what a host sees of the process, over a real Unix socket. */
@Timeout(120)
class SourceProcessTest {
  private static final int TRACKS = 66;
  private static final int PACKETS = 67;
  private static final int RTCP = 68;
  private static final int EVENT = 69;
  private static final int ERROR = 70;
  private static final int EOS = 71;
  private static final int CLOSED = 72;
  private static final int STATS = 73;
  private static final int DESCRIPTION = 74;
  private static final int PARAMETER_ANSWER = 75;
  private static final int BACK_CHANNEL = 76;
  private static final int CERTIFICATE = 77;

  private static final Map<String, String> AT_ONCE =
      Map.of("initial-retry-delay", "10ms", "max-reconnection-attempts", "-1");

  private static List<RtpHeader> headers(Host.Message packets) throws Exception {
    List<RtpHeader> all = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(packets.payload()).position(2);
    while (bytes.hasRemaining()) {
      int length = bytes.getShort() & 0xffff;
      all.add(RtpHeader.parse(bytes.slice(bytes.position(), length)));
      bytes.position(bytes.position() + length);
    }
    return all;
  }

  private static Host.Message packets(Host host, int track) throws IOException {
    return host.await(m -> m.type() == PACKETS && m.track() == track);
  }

  private static String member(Host.Message event, String member) {
    return event.type() == EVENT ? Host.parse(event.text()).path(member).asText() : "";
  }

  // ---- hello

  @Test
  void answersWithItsVersionWhateverHigherOneTheHostSpeaks() throws Exception {
    try (Host host = new Host(Map.of())) {
      host.send(1, 0, new byte[] {0, 9, '1', '.', '0'});
      assertThat(host.next().payload()).isEqualTo("\0\2test 1".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000007 01 00000000 0001 00000009 08 00000001 00000001", // an answer that says nothing
        "00000004 01 00000000", // shorter than a header
        "00400001 01 00000000", // longer than the most
        "ffffffff 01 00000000",
        "00000005 01 00000000", // a hello without a version
        "00000007 01 00000000 0000", // of version 0
        "00000005 03 00000001", // not the first
        "00000007 01 00000000 0001 00000007 01 00000000 0001", // twice
        "00000007 01 00000000 0001 00000007 02 00000001 7b7b", // no JSON
        "00000007 01 00000000 0001 00000007 02 00000001 7b7d", // no location
        "00000007 01 00000000 0001 00000006 05 00000001 00", // no number
        "00000007 01 00000000 0001 00000005 04 00000001", // no track
        "00000007 01 00000000 0001 00000005 06 00000001", // a parameter without a number
        "00000007 01 00000000 0001 0000000a 06 00000001 00000001 7b", // that is no JSON
        "00000007 01 00000000 0001 0000000b 06 00000001 00000001 7b7d" // without a method
      })
  void aMessageThatBreaksARuleEndsTheConnection(String hex) throws Exception {
    try (Host host = new Host(Map.of())) {
      host.raw(HexFormat.of().parseHex(hex.replace(" ", "")));
      assertThat(host.isAtEnd()).isTrue();
      assertThat(host.process().isMalformed()).isTrue();
    }
  }

  @Test
  void aTypeThatIsNotKnownIsSkipped() throws Exception {
    try (Host host = Host.greeted()) {
      host.send(40, 7, new byte[] {1, 2, 3});
      host.send(3, 7, new byte[0]);
      assertThat(host.next()).extracting(Host.Message::type).isEqualTo(CLOSED);
    }
  }

  /** From the camera's socket to the host's, packets would go from thread to thread. */
  @Test
  void oneThreadDoesItAll() throws Exception {
    try (Host host = Host.greeted()) {
      assertThat(host.process().relay().eventLoops()).hasSize(1);
    }
  }

  // ---- open

  @Test
  void tracksComeBeforeTheirPacketsWithCapsAndThePacketsSsrc() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of());
      Host.Message tracks = host.await(m -> m.type() == TRACKS || m.type() == PACKETS);
      assertThat(tracks.type()).isEqualTo(TRACKS);
      assertThat(tracks.element()).isEqualTo(7);
      JsonNode all = Host.parse(tracks.text()).path("tracks");
      assertThat(all).hasSize(2);
      assertThat(all.path(0).path("media").asText()).isEqualTo("video");
      Host.Message first = packets(host, 0);
      assertThat(first.isAfterGap()).as("the very first").isTrue();
      assertThat(all.path(0).path("caps").asText())
          .contains("encoding-name=(string)\"H264\"")
          .contains("ssrc=(uint)" + headers(first).get(0).ssrc());
      assertThat(packets(host, 0).isAfterGap()).isFalse();
      assertThat(packets(host, 1).element()).isEqualTo(7);
    }
  }

  @Test
  void senderReportsOfAllTracksAreOnOneClock() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of());
      Map<Integer, Long> seconds = new TreeMap<>();
      while (seconds.size() < 2) {
        Host.Message report = host.await(RTCP);
        assertThat(report.payload()[2] & 0xff).as("a sender report").isEqualTo(200);
        seconds.put(report.track(), ByteBuffer.wrap(report.payload()).getInt(9) & 0xffff_ffffL);
      }
      assertThat(Collections.max(seconds.values()) - Collections.min(seconds.values()))
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void eventsAreTheLinesOfWatch() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of("connection-racing", "first-wins"));
      JsonNode race = Host.parse(host.await(EVENT).text());
      assertThat(race.path("event").asText()).isEqualTo("race");
      assertThat(race.path("strategy").asText()).isEqualTo("first-wins");
      assertThat(race.path("camera").asText()).isEqualTo(camera.url());
      host.await(m -> member(m, "to").equals("PLAYING"));
    }
  }

  @Test
  void optionsThatTheHostDoesNotSetAreThoseOfTheEnvironment() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted(Map.of("PHOTOFINISH_CONNECTION_RACING", "hybrid"))) {
      host.open(7, camera.url(), Map.of());
      assertThat(member(host.await(EVENT), "strategy")).isEqualTo("hybrid");
    }
  }

  @Test
  void theCredentialsAreThoseOfTheHost() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().credentials("me", "right").start();
        Host host = Host.greeted()) {
      host.send(
          2, 7, Host.json(Map.of("location", camera.url(), "user-id", "me", "user-pw", "right")));
      assertThat(packets(host, 0).element()).isEqualTo(7);
    }
  }

  // ---- Certificates

  private static void openTls(Host host, int element, SimulatedCamera camera, String certificates)
      throws IOException {
    Map<String, Object> open =
        Map.of(
            "location",
            camera.url(),
            "certificates",
            certificates,
            "options",
            Map.of("connection-racing", "first-wins", "max-reconnection-attempts", "0"));
    host.send(2, element, Host.json(open));
  }

  /** Answers a question about a certificate. */
  private static void accept(Host host, Host.Message question, boolean accepted)
      throws IOException {
    byte[] answer = Arrays.copyOf(question.payload(), 5);
    answer[4] = (byte) (accepted ? 1 : 0);
    host.send(8, question.element(), answer);
  }

  private static JsonNode question(Host.Message question) {
    return Host.parse(question.text().substring(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"untrusted", "all"})
  void theHostIsAskedOnceAboutACertificate(String certificates) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().tls().start();
        Host host = Host.greeted()) {
      openTls(host, 7, camera, certificates);
      Host.Message asked = host.await(CERTIFICATE);
      assertThat(question(asked).path("host").asText()).isEqualTo("127.0.0.1");
      byte[] pem =
          question(asked).path("certificates").asText().getBytes(StandardCharsets.US_ASCII);
      assertThat(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(pem)))
          .singleElement()
          .isEqualTo(camera.certificate().orElseThrow());
      accept(host, asked, true);
      Host.Message next = host.await(m -> m.type() == CERTIFICATE || m.type() == PACKETS);
      assertThat(next.type()).isEqualTo(PACKETS);
    }
  }

  @Test
  void aCertificateThatTheHostDoesNotAcceptIsAnError() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().tls().start();
        Host host = Host.greeted()) {
      openTls(host, 7, camera, "untrusted");
      accept(host, host.await(CERTIFICATE), false);
      assertThat(Host.parse(host.await(ERROR).text()).path("text").asText())
          .contains("the camera's certificate is not trusted");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rtsp://192.0.2.1/ | racing-delay-ms | 50    | racing-delay-ms | racing-delay-ms: '50 ms' is not valid; expected whole
          rtsp://192.0.2.1/ | colour          | red   | colour          | colour: 'red' is not valid; expected one of
          http://192.0.2.1/ | redial          | on    | location        | location: 'http://192.0.2.1/' is not valid
          rtsp://u:p/w@h/   | redial          | on    | location        | given apart from the URL (user-pw)
          """)
  void aWrongValueIsAnErrorWithItsOption(
      String url, String option, String value, String named, String text) throws Exception {
    try (Host host = Host.greeted()) {
      host.open(7, url, Map.of(option, value));
      JsonNode error = Host.parse(host.await(ERROR).text());
      assertThat(error.path("kind").asText()).isEqualTo("settings");
      assertThat(error.path("option").asText()).isEqualTo(named);
      assertThat(error.path("text").asText()).contains(text);
      host.send(3, 7, new byte[0]);
      assertThat(host.next().type()).isEqualTo(CLOSED);
    }
  }

  @Test
  void aStreamThatGivesUpIsAnErrorOfItsKind() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().credentials("me", "right").start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of());
      JsonNode error = Host.parse(host.await(ERROR).text());
      assertThat(error.path("kind").asText()).isEqualTo("not-authorized");
      assertThat(error.path("text").asText()).contains("user and a password");
    }
  }

  /** The default retries for two and a half minutes. */
  @ParameterizedTest
  @CsvSource({"max-reconnection-attempts, 0", "reconnection-timeout, 250ms"})
  void aPathThatTheCameraDoesNotKnowIsAnErrorAsSoonAsAnOptionSays(String option, String value)
      throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url() + "/nowhere", Map.of(option, value));
      JsonNode error = Host.parse(host.await(ERROR).text());
      assertThat(error.path("kind").asText()).isEqualTo("not-found");
      assertThat(error.path("text").asText()).contains("no stream at this address");
    }
  }

  @Test
  void theEndOfARecordingIsTheEndOfTheStream() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set("recording", "1s").start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of("range", "npt=0-"));
      host.await(EOS);
      host.send(3, 7, new byte[0]);
      assertThat(host.next().type()).isEqualTo(CLOSED);
    }
  }

  // ---- A camera that drops

  @Test
  void aTrackGoesOnOverAReconnectAsOneStreamOfRtp() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.FPS, 60).start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), AT_ONCE);
      List<RtpHeader> video = new ArrayList<>(headers(packets(host, 0)));
      video.addAll(headers(packets(host, 0)));
      camera.dropAll();
      Host.Message next = packets(host, 0);
      while (!next.isAfterGap()) {
        video.addAll(headers(next));
        next = packets(host, 0);
      }
      RtpHeader last = video.get(video.size() - 1);
      RtpHeader first = headers(next).get(0);
      assertThat(first.ssrc()).isEqualTo(last.ssrc());
      assertThat(first.sequence()).isEqualTo((last.sequence() + 1) & 0xffff);
      assertThat((int) (first.timestamp() - last.timestamp())).isBetween(1, 90_000 * 20);
      assertThat(packets(host, 1).element()).isEqualTo(7);
    }
  }

  @Test
  void statisticsAreOfTheStreamSoFar() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of());
      packets(host, 0);
      host.send(5, 7, new byte[] {0, 0, 1, 2});
      Host.Message answer = host.await(STATS);
      assertThat(ByteBuffer.wrap(answer.payload()).getInt()).isEqualTo(0x102);
      JsonNode stats = Host.parse(answer.text().substring(4));
      assertThat(stats.path("state").asText()).isEqualTo("PLAYING");
      assertThat(stats.path("last-race").path("result").asText()).isEqualTo("won");
      assertThat(stats.path("tracks")).hasSize(2);
      assertThat(stats.path("tracks").path(0).path("packets").asInt()).isPositive();
    }
  }

  // ---- What goes to the camera

  @Test
  void theDescriptionComesAsTheCameraSentItBeforeTheTracksAndOnceForAsLongAsItIsTheSame()
      throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), AT_ONCE);
      Host.Message description = host.await(m -> m.type() == DESCRIPTION || m.type() == TRACKS);
      assertThat(description.type()).isEqualTo(DESCRIPTION);
      assertThat(description.text()).startsWith("v=0\r\n").contains("m=video", "a=control:");
      assertThat(host.await(TRACKS).text()).contains("a-framerate=(string)\\\"25");
      packets(host, 0);
      camera.dropAll();
      Host.Message again = host.await(m -> m.type() == DESCRIPTION || isAfterGap(m));
      assertThat(again.type()).isEqualTo(PACKETS);
    }
  }

  private static boolean isAfterGap(Host.Message message) {
    return message.type() == PACKETS && message.track() == 0 && message.isAfterGap();
  }

  private static JsonNode parameter(Host host, String method, String body) throws Exception {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(new byte[] {0, 0, 1, 3});
    payload.write(
        Host.json(Map.of("method", method, "content-type", "text/parameters", "body", body)));
    host.send(6, 7, payload.toByteArray());
    Host.Message answer = host.await(PARAMETER_ANSWER);
    assertThat(ByteBuffer.wrap(answer.payload()).getInt()).isEqualTo(0x103);
    return Host.parse(answer.text().substring(4));
  }

  @Test
  void parametersGoToTheCameraAndItsAnswerComesBack() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of());
      packets(host, 0);
      JsonNode answer = parameter(host, "GET_PARAMETER", "light:\r\n");
      assertThat(answer.path("status").asInt()).isEqualTo(200);
      assertThat(answer.has("error")).isFalse();
      assertThat(camera.report().requests("GET_PARAMETER")).isPositive();
      JsonNode refused = parameter(host, "SET_PARAMETER", "light: on\r\n");
      assertThat(refused.path("status").asInt()).isEqualTo(405);
      assertThat(refused.path("error").asText()).contains("405");
    }
  }

  @Test
  void withoutAConnectionParametersAreRefusedAtOnce() throws Exception {
    try (Host host = Host.greeted()) {
      host.open(7, "rtsp://127.0.0.1:1/", Map.of());
      assertThat(parameter(host, "SET_PARAMETER", "a: b").path("status").asInt()).isZero();
      assertThat(parameter(host, "GET_PARAMETER", "x".repeat(70_000)).path("error").asText())
          .isNotEmpty();
    }
  }

  @Test
  void audioGoesToACameraThatTakesIt() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.BACKCHANNEL, true).start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of("back-channel", "on"));
      JsonNode taken = Host.parse(host.await(BACK_CHANNEL).text());
      assertThat(taken.path("track").asInt()).as("behind those that come").isEqualTo(2);
      assertThat(taken.path("caps").asText())
          .contains("encoding-name=(string)\"PCMU\"", "a-sendonly=(string)\"\"");
      packets(host, 0);
      host.send(7, 7, new byte[] {1}); // no packet
      byte[] packet = new byte[12 + 160];
      packet[0] = (byte) 0x80;
      packet[12] = 42;
      host.send(7, 7, packet);
      camera.await(report -> report.backchannelPackets() > 0, Host.BOUND);
      byte[] heard = camera.backchannelAudio().get(0);
      assertThat(Arrays.copyOfRange(heard, 12, heard.length)).hasSize(160).startsWith(42);
    }
  }

  // ---- The end

  @Test
  void afterCloseNothingIsSentOfTheElementAndOthersGoOn() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of());
      host.open(8, camera.url(), Map.of());
      host.await(m -> m.type() == PACKETS && m.element() == 7);
      host.send(3, 7, new byte[0]);
      host.await(CLOSED);
      for (int packets = 0; packets < 20; packets++) {
        assertThat(host.await(PACKETS).element()).isEqualTo(8);
      }
      camera.awaitSessions(1, Host.BOUND);
    }
  }

  @Test
  void anElementMayNotBeOpenedTwice() throws Exception {
    try (Host host = Host.greeted()) {
      host.open(7, "rtsp://192.0.2.1/", Map.of());
      host.open(7, "rtsp://192.0.2.1/", Map.of());
      assertThat(host.isAtEnd()).isTrue();
    }
  }

  @Test
  void nothingIsLeftWhenTheSocketCloses() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Host host = Host.greeted()) {
      host.open(7, camera.url(), Map.of());
      packets(host, 0);
      host.hangUp();
      camera.awaitConnections(0, Host.BOUND);
      assertThat(camera.report().requests("TEARDOWN")).isEqualTo(1);
      assertThat(host.process().relay().cameras()).isEmpty();
      host.process().close();
      assertThat(host.process().relay().eventLoops().isTerminated()).isTrue();
    }
  }

  // ---- A host that is slow

  @Test
  void aHostThatDoesNotReadLosesPacketsUpToTheNextKeyFrame() throws Exception {
    WriteBufferWaterMark little = new WriteBufferWaterMark(1 << 10, 2 << 10);
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.FPS, 60).start();
        Host host = Host.greeted(Map.of(), little)) {
      host.open(1, camera.url(), Map.of("media", "video"));
      int last = last(packets(host, 0));
      // More than the buffers of the socket hold.
      camera.await(report -> report.rtpPackets() > 150, Host.BOUND);
      Host.Message next = packets(host, 0);
      while (!next.isAfterGap()) {
        last = last(next);
        next = packets(host, 0);
      }
      RtpHeader first = headers(next).get(0);
      assertThat((first.sequence() - last) & 0xffff).as("packets are missing").isGreaterThan(1);
      assertThat(nalType(next)).as("the parameter sets of a key frame").isEqualTo(24);
      host.send(5, 1, new byte[4]);
      assertThat(Host.parse(host.await(STATS).text().substring(4)).path("dropped").asInt())
          .isPositive();
    }
  }

  private static int last(Host.Message packets) throws Exception {
    List<RtpHeader> all = headers(packets);
    return all.get(all.size() - 1).sequence();
  }

  /** Of the first packet. */
  private static int nalType(Host.Message packets) {
    return packets.payload()[2 + Short.BYTES + 12] & 0x1f;
  }
}
