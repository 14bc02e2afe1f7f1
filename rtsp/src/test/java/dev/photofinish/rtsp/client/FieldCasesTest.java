package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.rtsp.limit.ObservedHabits;
import dev.photofinish.rtsp.transport.CameraConnection;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Cameras and hostile servers as they were met in the field, one test a case. */
@Execution(ExecutionMode.CONCURRENT)
class FieldCasesTest {
  private final RtspClient client = Clients.create();
  private final Recorder recorder = new Recorder();

  @AfterEach
  void close() {
    client.close();
  }

  private CameraStream start(FieldCamera camera) {
    return client.start(Camera.at(camera.url()).withRetry(FieldCamera.AT_ONCE), recorder);
  }

  private static long packets(CameraStream stream, int media) {
    var statistics = stream.statistics().streams();
    return statistics.size() <= media ? 0 : statistics.get(media).packets();
  }

  // ---- Media

  /**
   * TP-Link and Mercury: a third media of payload type 95, whose marker makes it look like RTCP.
   */
  @Test
  void payloadTypesThatLookLikeRtcpAreRtpOnTheirChannel() throws Exception {
    try (FieldCamera camera =
        new FieldCamera() {
          @Override
          String sdp() {
            return super.sdp()
                + "m=application/TP-LINK 0 RTP/AVP smart/1/90000\r\n"
                + "a=rtpmap:95 TP-LINK/90000\r\na=control:track2\r\n";
          }

          @Override
          void play(Connection connection) throws IOException {
            for (int sequence = 1; connection.isOpen(); sequence++) {
              connection.rtp(0, 96, sequence);
              connection.rtp(2, 95, sequence, true);
              connection.pause();
            }
          }
        }) {
      CameraStream stream = start(camera);
      recorder.await("both media", r -> packets(stream, 0) >= 10 && packets(stream, 1) >= 10);
    }
  }

  /** RFC 3550 section 5.1; a camera that sends nothing else brings no media. */
  @Test
  void payloadTypesThatNobodyDescribedAreIgnored() throws Exception {
    try (FieldCamera camera =
        new FieldCamera() {
          @Override
          void play(Connection connection) throws IOException {
            for (int sequence = 1; connection.isOpen(); sequence++) {
              connection.rtp(0, 50, 7);
              if (connection.number > 1) {
                connection.rtp(0, 96, sequence);
              }
              connection.pause();
            }
          }
        }) {
      CameraStream stream =
          client.start(
              Camera.at(camera.url())
                  .withRetry(FieldCamera.AT_ONCE)
                  .withOptions(
                      ClientOptions.builder()
                          .stallSuspect(Duration.ofMillis(100))
                          .stallTimeout(Duration.ofSeconds(1))
                          .build()),
              recorder);
      recorder.awaitState(CameraState.PLAYING, 1);
      assertThat(camera.connections()).as("the first had strangers alone").isGreaterThan(1);
      recorder.awaitPackets(20);
      assertThat(stream.statistics().streams().get(0).lost()).isZero();
    }
  }

  // ---- Requests that end the connection

  @Test
  void aKeepAliveThatEndsTheConnectionTwiceIsNotSentAThirdTime() throws Exception {
    try (FieldCamera camera =
        new FieldCamera() {
          @Override
          void answer(Connection connection, Request request) throws IOException {
            if (request.method().equals("GET_PARAMETER")) {
              connection.socket.close();
            } else {
              super.answer(connection, request);
            }
          }
        }) {
      start(camera);
      recorder.await(
          "three keep-alives by OPTIONS on the third connection",
          r -> camera.requests().stream().filter(q -> q.startsWith("OPTIONS")).count() >= 3 + 3);
      assertThat(camera.requests().stream().filter(q -> q.startsWith("GET_PARAMETER")).count())
          .isEqualTo(2);
      assertThat(camera.connections()).isEqualTo(3);
      assertThat(client.profile(Camera.at(camera.url()))).as("a limit").isEmpty();
    }
  }

  @Test
  void aMediaWhoseSetupEndsTheConnectionTwiceIsLeftOut() throws Exception {
    try (FieldCamera camera =
        new FieldCamera() {
          @Override
          String sdp() {
            return super.sdp()
                + "m=application 0 RTP/AVP 107\r\na=rtpmap:107 vnd.onvif.metadata/90000\r\n"
                + "a=control:metadata\r\n";
          }

          @Override
          void answer(Connection connection, Request request) throws IOException {
            if (request.method().equals("SETUP") && request.uri().endsWith("metadata")) {
              connection.socket.close();
            } else {
              super.answer(connection, request);
            }
          }
        }) {
      CameraStream stream = start(camera);
      recorder.awaitState(CameraState.PLAYING, 1);
      assertThat(camera.connections()).isEqualTo(3);
      assertThat(stream.streams())
          .singleElement()
          .extracting(MediaStream::media)
          .isEqualTo("video");
      assertThat(recorder.leftOut())
          .containsExactly(
              new LeftOutMedia(
                  "application", "VND.ONVIF.METADATA", "its SETUP ended the connection twice"));
      assertThat(recorder.retryReasons().get(0)).contains("SETUP").contains("was not answered");
      assertThat(client.profile(Camera.at(camera.url()))).as("a limit").isEmpty();
    }
  }

  @Test
  void aMediaWhoseSetupIsRefusedIsNamedInWhatIsDescribed() throws Exception {
    try (FieldCamera camera =
        new TwoMedia() {
          @Override
          void answer(Connection connection, Request request) throws IOException {
            if (request.uri().endsWith("track2")) {
              connection.respond(request, "404 Not Found");
            } else {
              super.answer(connection, request);
            }
          }
        }) {
      CameraStream stream = start(camera);
      recorder.awaitState(CameraState.PLAYING, 1);
      assertThat(recorder.leftOut())
          .singleElement()
          .satisfies(
              left -> {
                assertThat(left.media() + " " + left.codec()).isEqualTo("audio PCMU");
                assertThat(left.reason()).startsWith("404 Not Found to SETUP");
              });
      stream.close();
      client.open(Camera.at(camera.url()).withMedia("video"), recorder);
      assertThat(recorder.leftOut()).as("it was not asked for").isEmpty();
      assertThat(camera.requests().stream().filter(r -> r.endsWith("track2"))).hasSize(1);
    }
  }

  // ---- Requests that are sent ahead

  /** Describes audio, too. */
  private static class TwoMedia extends FieldCamera {
    TwoMedia() throws IOException {}

    TwoMedia(ServerSocket unbound) throws IOException {
      super(unbound);
    }

    @Override
    String sdp() {
      return super.sdp() + "m=audio 0 RTP/AVP 0\r\na=control:track2\r\n";
    }
  }

  /** SETUP of the second media and PLAY come in one write, once, and one by one from then on. */
  @Test
  void aCameraThatHangsUpAtPipelinedRequestsIsAskedOneByOne() throws Exception {
    try (FieldCamera camera =
        new TwoMedia() {
          @Override
          void answer(Connection connection, Request request) throws IOException {
            if (connection.hasMore()) {
              connection.socket.close();
            } else {
              super.answer(connection, request);
            }
          }
        }) {
      CameraStream stream = start(camera);
      recorder.awaitState(CameraState.PLAYING, 1);
      assertThat(camera.connections()).isEqualTo(2);
      assertThat(stream.streams()).hasSize(2);
      stream.close();
      client.open(Camera.at(camera.url()), recorder).close();
      assertThat(camera.connections()).as("known from then on").isEqualTo(3);
    }
  }

  /** GStreamer's server reads one request of a TLS record, and the next when another comes. */
  @Test
  void overTlsEachRequestThatIsSentAheadHasARecordOfItsOwn() throws Exception {
    List<String> followed = new CopyOnWriteArrayList<>();
    try (FieldCamera camera =
        new TwoMedia(tls()) {
          @Override
          void answer(Connection connection, Request request) throws IOException {
            if (connection.hasMore()) {
              followed.add(request.method());
            }
            super.answer(connection, request);
          }
        }) {
      String url = camera.url().replace("rtsp:", "rtsps:");
      client.open(Camera.at(url).withTlsInsecure(true), recorder).close();
      assertThat(followed).isEmpty();
      assertThat(camera.requests()).anyMatch(request -> request.startsWith("PLAY"));
    }
  }

  private static ServerSocket tls() throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=camera")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
    return context.getServerSocketFactory().createServerSocket();
  }

  @Test
  void aCameraThatRefusesPipelinedRequestsIsAskedAgainOnTheSameConnection() throws Exception {
    try (FieldCamera camera =
        new TwoMedia() {
          private boolean pipelined;

          @Override
          void answer(Connection connection, Request request) throws IOException {
            boolean refused = pipelined || connection.hasMore();
            pipelined = connection.hasMore();
            if (refused) {
              connection.respond(request, "400 Bad Request");
            } else {
              super.answer(connection, request);
            }
          }
        }) {
      CameraStream stream = start(camera);
      recorder.awaitState(CameraState.PLAYING, 1);
      assertThat(camera.connections()).isEqualTo(1);
      assertThat(stream.streams()).hasSize(2);
      assertThat(camera.requests().stream().filter(r -> r.startsWith("SETUP"))).hasSize(3);
    }
  }

  /** Twice at the first request, and never again: an OPTIONS before it. */
  @Test
  void aCameraThatHangsUpAtAFirstDescribeIsAskedForItsMethodsBefore() throws Exception {
    try (FieldCamera camera =
        new FieldCamera() {
          private int prepared;

          @Override
          void answer(Connection connection, Request request) throws IOException {
            if (request.method().equals("OPTIONS")) {
              prepared = connection.number;
            }
            if (prepared == connection.number) {
              super.answer(connection, request);
            } else {
              connection.socket.close();
            }
          }
        }) {
      start(camera);
      recorder.awaitState(CameraState.PLAYING, 1);
      assertThat(camera.connections()).isEqualTo(3);
    }
  }

  @Test
  void aTeardownThatIsAnsweredByAResetEndsAsAsked() throws Exception {
    try (FieldCamera camera = FieldCamera.endingAt("TEARDOWN", true)) {
      CameraStream stream = start(camera);
      recorder.awaitState(CameraState.PLAYING, 1);
      stream.close();
      stream.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(recorder.states()).containsExactly("PLAYING", "CLOSED");
      assertThat(camera.connections()).isEqualTo(1);
    }
  }

  // ---- The schedule

  @Test
  void onePacketBeforeEachRedirectIsNoWayPastTheSchedule() throws Exception {
    try (FieldCamera camera =
        new FieldCamera() {
          @Override
          void play(Connection connection) throws IOException {
            connection.rtp(0, 96, 1);
            connection.send(
                ("REDIRECT * RTSP/1.0\r\nCSeq: 1\r\nLocation: " + url() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
          }
        }) {
      client.start(Camera.at(camera.url()), recorder);
      recorder.await("a retry that waits", r -> !r.retries().isEmpty());
      assertThat(camera.connections()).isLessThanOrEqualTo(6);
      assertThat(recorder.retryReasons().get(0)).contains("max-redirects is 5");
    }
  }

  /** A camera that wakes up: the race of 5 s is too short for it, and the next one is longer. */
  @Test
  void aSlowFirstAnswerGetsMoreTime() throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder().answerDelay(Duration.ofSeconds(6)).start()) {
      CameraStream stream =
          client.start(Camera.at(camera.url()).withRetry(FieldCamera.AT_ONCE), recorder);
      recorder.await("the second race", r -> r.races().size() >= 2);
      assertThat(recorder.retryReasons().get(0))
          .contains("but the first request (DESCRIBE) was not answered within")
          .contains("the next race has up to 10000 ms");
      assertThat(recorder.races().get(1).winner()).isNotNull();
      stream.close();
    }
  }

  /** How far it came is said, and not further. */
  @ParameterizedTest
  @CsvSource({
    "rtsp, the first request (DESCRIBE) was not answered",
    "rtsps, the TLS handshake was not completed",
    "rtsph, 'the tunnel was not opened, or the first request (DESCRIBE) was not answered'"
  })
  void aServerThatAcceptsAndSaysNothingIsNamedByWhatItLeftUndone(String scheme, String undone)
      throws Exception {
    RaceOptions soon = RaceOptions.builder().racingTimeout(Duration.ofSeconds(1)).build();
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = scheme + "://127.0.0.1:" + mute.getLocalPort() + "/x";
      client.start(Camera.at(url).withRace(soon), recorder);
      recorder.await("a retry", r -> !r.retries().isEmpty());
      assertThat(recorder.retryReasons().get(0))
          .contains(
              "connected to 127.0.0.1:" + mute.getLocalPort() + ", but " + undone + " within");
    }
  }

  /** It is we who close it, when the race is over. */
  @Test
  void aCameraThatNeverAnswersIsNotSaidToHangUpAtItsFirstRequest() throws Exception {
    RaceOptions soon = RaceOptions.builder().racingTimeout(Duration.ofMillis(500)).build();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger habits = (Logger) LoggerFactory.getLogger(ObservedHabits.class);
    log.start();
    habits.setLevel(Level.INFO);
    habits.addAppender(log);
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "rtsp://127.0.0.1:" + mute.getLocalPort() + "/x";
      client.start(Camera.at(url).withRace(soon).withRetry(FieldCamera.AT_ONCE), recorder);
      recorder.await("three races", r -> r.retries().size() >= 3);
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .noneMatch(line -> line.contains(":" + mute.getLocalPort()));
    } finally {
      habits.detachAppender(log);
      habits.setLevel(null);
    }
  }

  // ---- What a server may make us keep and say

  @Test
  void requestsOfAServerThatReadsNothingAreNotReadWithoutEnd() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (FieldCamera camera =
        new FieldCamera() {
          @Override
          void play(Connection connection) throws IOException {
            String number = "1".repeat(4000); // comes back: few answers fill what holds them
            byte[] requests =
                ("OPTIONS * RTSP/1.0\r\nCSeq: " + number + "\r\n\r\n")
                    .repeat(10)
                    .getBytes(StandardCharsets.UTF_8);
            connection.rtp(0, 96, 1);
            while (connection.number == 1) {
              connection.send(requests);
              sent.addAndGet(requests.length);
            }
            super.play(connection);
          }

          @Override
          void answer(Connection connection, Request request) throws IOException {
            super.answer(connection, request);
            while (request.method().equals("PLAY")
                && connection.number == 1
                && connection.isOpen()) {
              connection.pause(); // reads nothing more
            }
          }
        }) {
      client.start(
          Camera.at(camera.url())
              .withRetry(FieldCamera.AT_ONCE)
              .withOptions(ClientOptions.builder().stallSuspect(Duration.ofMillis(500)).build()),
          recorder);
      recorder.await("the next connection", r -> camera.connections() > 1);
      assertThat(sent.get()).isLessThan(64L << 20);
    }
  }

  /** What connections log while this is open. */
  private static final class ClientLog implements AutoCloseable {
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger =
        (Logger) LoggerFactory.getLogger(CameraConnection.class.getPackageName());

    ClientLog() {
      lines.start();
      logger.addAppender(lines);
    }

    /** Others log beside it. */
    List<String> about(FieldCamera camera) {
      String remote = URI.create(camera.url()).getAuthority();
      synchronized (lines) {
        return lines.list.stream()
            .map(ILoggingEvent::getFormattedMessage)
            .filter(line -> line.contains(remote))
            .toList();
      }
    }

    @Override
    public void close() {
      logger.detachAppender(lines);
    }
  }

  @Test
  void malformedMessagesAreSaidOnceAndEndTheConnection() throws Exception {
    try (ClientLog log = new ClientLog();
        FieldCamera camera =
            new FieldCamera() {
              @Override
              void play(Connection connection) throws IOException {
                connection.rtp(0, 96, 1);
                byte[] wrong = "RTSP/1.0 XYZ\r\n\r\n".repeat(500).getBytes(StandardCharsets.UTF_8);
                while (connection.number == 1 && connection.isOpen()) {
                  connection.send(wrong);
                }
                super.play(connection);
              }
            }) {
      start(camera);
      recorder.await("the next connection", r -> camera.connections() > 1);
      assertThat(log.about(camera)).isNotEmpty().hasSizeLessThan(10);
      assertThat(recorder.reasons().toString()).contains("that break the protocol");
    }
  }

  /** The log says what is left out of a stream that plays; of one that does not, the retry does. */
  @Test
  void mediaThatAreLeftOutAreSaidOnceAndOnlyWhereOthersPlay() throws Exception {
    try (ClientLog log = new ClientLog();
        FieldCamera camera =
            new TwoMedia() {
              @Override
              void answer(Connection connection, Request request) throws IOException {
                boolean refused = connection.number < 3 || request.uri().endsWith("track2");
                if (refused && request.method().equals("SETUP")) {
                  connection.respond(request, "403 No");
                } else {
                  super.answer(connection, request);
                }
              }
            }) {
      start(camera);
      recorder.awaitState(CameraState.PLAYING, 1);

      String remote = URI.create(camera.url()).getAuthority();
      assertThat(log.about(camera))
          .filteredOn(line -> line.startsWith(remote) && line.contains("is left out"))
          .singleElement()
          .asString()
          .contains("audio is left out: 403 No to SETUP");
      assertThat(recorder.retryReasons()).allMatch(why -> why.contains("403 No to SETUP"));
    }
  }

  // ---- Callbacks

  @Test
  void listenersMayCloseEachOthersStreams() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      CyclicBarrier together = new CyclicBarrier(2);
      CompletableFuture<CameraStream> first = new CompletableFuture<>();
      CompletableFuture<CameraStream> second = new CompletableFuture<>();
      CameraStream one = client.start(Camera.at(camera.url()), closing(second, together));
      CameraStream other = client.start(Camera.at(camera.url()), closing(first, together));
      one.playing().toCompletableFuture().get(60, TimeUnit.SECONDS);
      other.playing().toCompletableFuture().get(60, TimeUnit.SECONDS);
      first.complete(one);
      second.complete(other);
      CompletableFuture.anyOf(
              one.ended().toCompletableFuture(), other.ended().toCompletableFuture())
          .get(60, TimeUnit.SECONDS);
      // One that was closed before its listener had its turn has closed nothing.
      one.closeAsync().toCompletableFuture().get(60, TimeUnit.SECONDS);
      other.closeAsync().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  /** Closes {@code other} in the moment in which its listener closes this one. */
  private static CameraListener closing(
      CompletableFuture<CameraStream> other, CyclicBarrier together) {
    return new CameraListener() {
      private boolean done;

      @Override
      public void packet(CameraStream stream, RtpPacket packet) {
        if (other.isDone() && !done) {
          done = true;
          try {
            together.await(2, TimeUnit.SECONDS);
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            // Both are on one event loop: they cannot meet, nor wait for each other.
          }
          other.join().close();
        }
      }
    };
  }

  @Test
  void openInAListenerSaysWhatToCallInstead() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.start(
          Camera.at(camera.url()),
          new CameraListener() {
            @Override
            public void packet(CameraStream stream, RtpPacket packet) {
              try {
                client.open(Camera.at(camera.url()), recorder);
              } catch (IllegalStateException | IOException | InterruptedException e) {
                thrown.complete(e);
              }
            }
          });
      assertThat(thrown.get(60, TimeUnit.SECONDS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("call openAsync()");
    }
  }

  @Test
  void aClientClosedInAListenerDoesNotHoldItsLoop() throws Exception {
    CompletableFuture<Duration> took = new CompletableFuture<>();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      CameraStream stream =
          client.start(
              Camera.at(camera.url()),
              new CameraListener() {
                @Override
                public void packet(CameraStream from, RtpPacket packet) {
                  long before = System.nanoTime();
                  client.close();
                  took.complete(Duration.ofNanos(System.nanoTime() - before));
                }
              });
      assertThat(took.get(60, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(4));
      stream.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThatThrownBy(() -> client.start(Camera.at(camera.url()), recorder))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aCancelledOpenClosesItsConnections() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().mute().start()) {
      CompletableFuture<CameraStream> open =
          client.openAsync(Camera.at(camera.url()), recorder).toCompletableFuture();
      camera.await(seen -> seen.connections() > 0, Duration.ofSeconds(10));
      assertThat(open.cancel(true)).isTrue();
      camera.awaitConnections(0, Duration.ofSeconds(10));
      recorder.awaitState(CameraState.CLOSED, 1);
    }
  }

  @Test
  void aReaderTellsTimeFromTheEnd() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().mute().start();
        PacketReader reader = client.read(Camera.at(camera.url()), 10, recorder)) {
      assertThatThrownBy(() -> reader.next(Duration.ofMillis(1)))
          .isInstanceOf(TimeoutException.class)
          .hasMessage("nothing came within 1 ms");
      reader.stream().close();
      assertThat(reader.next(Duration.ofSeconds(10))).isEmpty();
    }
  }
}
