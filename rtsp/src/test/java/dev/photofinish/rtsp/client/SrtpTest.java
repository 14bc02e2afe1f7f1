package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.camera.KeyExchange;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.SrtpCipher;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Encrypted media, from a camera that shares no code with the client. */
class SrtpTest {
  /** NAL units, aggregates and fragments (RFC 6184 section 5.2): what the camera's payloads are. */
  private static final Set<Integer> H264 = Set.of(1, 5, 6, 7, 8, 24, 28);

  private final Recorder recorder = new Recorder();
  private final Payloads payloads = new Payloads();

  /** The types of the video's payloads: with a wrong key stream any of 32 would come. */
  private static final class Payloads implements CameraListener {
    private final List<Integer> types = new CopyOnWriteArrayList<>();

    @Override
    public void packet(CameraStream stream, RtpPacket packet) {
      if (packet.stream().media().equals("video")) {
        types.add(packet.payload().getByte(packet.payload().readerIndex()) & 0x1f);
      }
    }
  }

  private static SimulatedCamera.Builder camera(KeyExchange exchange) {
    return SimulatedCamera.builder().set(Knob.SRTP, exchange).set(Knob.FPS, 60);
  }

  private static Camera over(SimulatedCamera camera, RtspTransport transport) {
    return Camera.at(camera.url())
        .withOptions(ClientOptions.builder().transport(transport).build());
  }

  @ParameterizedTest
  @CsvSource({
    "SDES, AES_CM_128_HMAC_SHA1_80, TCP",
    "SDES, AES_CM_128_HMAC_SHA1_80, UDP",
    "MIKEY, AES_CM_128_HMAC_SHA1_80, TCP",
    "MIKEY, AES_CM_128_HMAC_SHA1_80, UDP",
    "SDES, AES_CM_128_HMAC_SHA1_32, TCP",
    "MIKEY, AES_CM_128_HMAC_SHA1_32, UDP",
    "SDES, AEAD_AES_128_GCM, UDP",
    "MIKEY, AEAD_AES_128_GCM, TCP",
    "SDES, AEAD_AES_256_GCM, TCP",
    "MIKEY, AEAD_AES_256_GCM, UDP"
  })
  void everySuiteIsPlayed(KeyExchange exchange, SrtpCipher suite, RtspTransport transport)
      throws Exception {
    try (SimulatedCamera camera = camera(exchange).set(Knob.SRTP_SUITE, suite).start();
        RtspClient client = new RtspClient()) {
      CameraStream stream =
          client.open(over(camera, transport), CameraListener.all(recorder, payloads));
      recorder.awaitPackets(40).await("sender reports", r -> r.reports() >= 2);
      stream.close();
      assertThat(stream.statistics().lost()).isZero();
      assertThat(payloads.types).isNotEmpty().isSubsetOf(H264);
      assertThat(recorder.streams()).hasSize(2).allMatch(MediaStream::encrypted);
    }
  }

  @Test
  void lossAndAnotherOrderAreNoForgery() throws Exception {
    try (SimulatedCamera camera =
            camera(KeyExchange.SDES).set(Knob.LOSS, 10).set(Knob.REORDER, 20).start();
        RtspClient client = new RtspClient()) {
      CameraStream stream =
          client.open(over(camera, RtspTransport.UDP), CameraListener.all(recorder, payloads));
      recorder.awaitPackets(200);
      stream.close();
      assertThat(stream.statistics().lost()).isPositive();
      assertThat(payloads.types).isSubsetOf(H264);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "true, 0"})
  void eachConnectionHasKeysOfItsOwnAndOneWarningIsEnough(boolean tls, int warnings)
      throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(CameraStream.class);
    log.start();
    logger.addAppender(log);
    try (SimulatedCamera camera = camera(KeyExchange.MIKEY).set(Knob.TLS, tls).start();
        RtspClient client = new RtspClient()) {
      Camera insecure = Patience.at(camera.url()).withTlsInsecure(true);
      CameraStream stream = client.open(insecure, CameraListener.all(recorder, payloads));
      recorder.awaitState(CameraState.PLAYING, 1);
      camera.hangUp();
      recorder.awaitState(CameraState.PLAYING, 2);
      stream.close();
      assertThat(payloads.types).isSubsetOf(H264);
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .filteredOn(line -> line.contains(camera.url()) && line.contains("its keys come over"))
          .hasSize(warnings);
    } finally {
      logger.detachAppender(log);
    }
  }
}
