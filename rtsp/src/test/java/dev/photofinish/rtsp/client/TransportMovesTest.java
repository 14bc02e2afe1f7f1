package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras that take or play one transport alone, each in a way of its own. */
@Execution(ExecutionMode.CONCURRENT)
class TransportMovesTest {
  private final RtspClient client = Clients.create();
  private final Recorder recorder = new Recorder();

  @AfterEach
  void close() {
    client.close();
  }

  /** Sends its media to the ports of the client, if it asked for that. */
  private static class BothWays extends FieldCamera {
    private final Map<Integer, Integer> ports = new ConcurrentHashMap<>();

    /** Connections on which TCP was refused, and those that played. */
    final Set<Integer> refused = ConcurrentHashMap.newKeySet();

    final Set<Integer> played = ConcurrentHashMap.newKeySet();

    BothWays() throws IOException {}

    static boolean isTcp(Request request) {
      return request.headers().getOrDefault("transport", "").contains("interleaved");
    }

    boolean isOverTcp(Connection connection) {
      return !ports.containsKey(connection.number);
    }

    /** Where its datagrams come from. */
    DatagramSocket socket() throws IOException {
      return new DatagramSocket();
    }

    @Override
    void answer(Connection connection, Request request) throws IOException {
      keepPort(connection, request);
      super.answer(connection, request);
    }

    void keepPort(Connection connection, Request request) {
      String transport = request.headers().getOrDefault("transport", "");
      int at = transport.indexOf("client_port=");
      if (at >= 0) {
        String port = transport.substring(at + "client_port=".length()).split("-", 2)[0];
        ports.put(connection.number, Integer.parseInt(port));
      }
    }

    void refuse(Connection connection, Request request, String status) throws IOException {
      refused.add(connection.number);
      connection.respond(request, status);
    }

    @Override
    void play(Connection connection) throws IOException {
      played.add(connection.number);
      if (isOverTcp(connection)) {
        super.play(connection);
        return;
      }
      try (DatagramSocket socket = socket()) {
        for (int sequence = 1; connection.isOpen(); sequence++) {
          byte[] rtp = packet(96, sequence, 1);
          int port = Objects.requireNonNull(ports.get(connection.number));
          socket.send(
              new DatagramPacket(rtp, rtp.length, connection.socket.getInetAddress(), port));
          connection.pause();
        }
      }
    }
  }

  /** Refuses TCP, and answers so to SETUP over UDP. */
  private static class UdpAlone extends BothWays {
    private final String transport;

    UdpAlone(String transport) throws IOException {
      this.transport = transport;
    }

    @Override
    void answer(Connection connection, Request request) throws IOException {
      if (!request.method().equals("SETUP")) {
        super.answer(connection, request);
      } else if (isTcp(request)) {
        refuse(connection, request, "461 Unsupported Transport");
      } else {
        if (!transport.contains("interleaved")) {
          keepPort(connection, request);
        }
        connection.respond(request, "200 OK", "Session: abc", "Transport: " + transport);
      }
    }
  }

  private void start(FieldCamera camera) {
    start(camera, RaceOptions.defaults());
  }

  private void start(FieldCamera camera, RaceOptions race) {
    ClientOptions options =
        ClientOptions.builder()
            .stallSuspect(Duration.ofMillis(100))
            .stallTimeout(Duration.ofSeconds(1))
            .build();
    CameraStream unused =
        client.start(
            Camera.at(camera.url())
                .withRace(race)
                .withRetry(FieldCamera.AT_ONCE)
                .withOptions(options),
            recorder);
  }

  /** Plays over both, and sends over UDP alone. */
  private static BothWays silentOverTcp() throws IOException {
    return new BothWays() {
      @Override
      void play(Connection connection) throws IOException {
        if (!isOverTcp(connection)) {
          super.play(connection);
        }
      }
    };
  }

  @Test
  void aCameraThatAnswers400ToSetupOverTcpPlaysOverUdpOnTheSameConnection() throws Exception {
    try (BothWays camera =
        new BothWays() {
          @Override
          void answer(Connection connection, Request request) throws IOException {
            if (request.method().equals("SETUP") && isTcp(request)) {
              refuse(connection, request, "400 Bad Request");
            } else {
              super.answer(connection, request);
            }
          }
        }) {
      start(camera);
      recorder.awaitPackets(10);
      assertThat(camera.refused).containsAnyElementsOf(camera.played);
    }
  }

  @Test
  void aCameraThatSendsNothingOverTcpIsAskedForUdpOnTheNextConnection() throws Exception {
    try (FieldCamera camera = silentOverTcp()) {
      start(camera);
      recorder.awaitPackets(10);
      assertThat(camera.connections()).isGreaterThan(1);
    }
  }

  /** The race ends for want of media: by {@code stall-timeout}, or by its own end before that. */
  @ParameterizedTest
  @ValueSource(longs = {10_000, 1_200})
  void soIsOneWhoseRaceEndsAtItsMedia(long racingTimeout) throws Exception {
    RaceOptions race =
        RaceOptions.builder()
            .finishLine(FinishLine.MEDIA)
            .racingTimeout(Duration.ofMillis(racingTimeout))
            .build();
    try (FieldCamera camera = silentOverTcp()) {
      start(camera, race);
      recorder.awaitPackets(10);
      assertThat(camera.connections()).isGreaterThan(1);
      assertThat(recorder.retryReasons()).element(0).asString().contains("media");
    }
  }

  @Test
  void mediaOverUdpMayComeFromTheHostThatTheCameraNames() throws Exception {
    try (BothWays camera =
        new UdpAlone("RTP/AVP;unicast;source=127.0.0.2") {
          @Override
          DatagramSocket socket() throws IOException {
            return new DatagramSocket(0, InetAddress.getByName("127.0.0.2"));
          }
        }) {
      start(camera);
      recorder.awaitPackets(10);
    }
  }

  /** RFC 2326 section 12.39 leaves the choice to the camera, among what it was offered. */
  @Test
  void mediaComesOverTcpWhereThatIsWhatTheCameraGivesForUdp() throws Exception {
    try (BothWays camera = new UdpAlone("RTP/AVP/TCP;unicast;interleaved=0-1")) {
      start(camera);
      recorder.awaitPackets(10);
      assertThat(camera.refused).containsAnyElementsOf(camera.played);
    }
  }

  @Test
  void aCameraThatAnswers461ToPlayIsAskedForTheOtherTransportNext() throws Exception {
    try (BothWays camera =
        new BothWays() {
          @Override
          void answer(Connection connection, Request request) throws IOException {
            if (request.method().equals("PLAY") && isOverTcp(connection)) {
              refuse(connection, request, "461 Unsupported Transport");
            } else {
              super.answer(connection, request);
            }
          }
        }) {
      start(camera);
      recorder.awaitPackets(10);
      assertThat(camera.refused).isNotEmpty().doesNotContainAnyElementsOf(camera.played);
    }
  }
}
