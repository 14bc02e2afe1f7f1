package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtsp.message.MediaFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Audio for a camera over its back channel, and cameras that have none. */
class TalkTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int DAY = 86_400 * 8_000;
  private static final int HEADER = 12;

  private final Recorder recorder = new Recorder();

  private static SimulatedCamera camera() {
    return SimulatedCamera.builder().set(Knob.BACKCHANNEL, true).start();
  }

  private static Camera talkingTo(SimulatedCamera camera, RtspTransport transport) {
    return Patience.at(camera.url())
        .withOptions(Patience.options().transport(transport).build())
        .withBackChannel(true);
  }

  private static Camera talkingTo(SimulatedCamera camera) {
    return talkingTo(camera, RtspTransport.TCP);
  }

  /** Bytes of which no two packets are the same. */
  private static byte[] voice(int packets, int seed) {
    byte[] voice = new byte[160 * packets];
    for (int i = 0; i < voice.length; i++) {
      voice[i] = (byte) (seed + i * 7 + i / 160);
    }
    return voice;
  }

  private static byte[] payloads(List<byte[]> packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      all.write(packet, HEADER, packet.length - HEADER);
    }
    return all.toByteArray();
  }

  private static CameraReport awaitAudio(SimulatedCamera camera, int packets) throws Exception {
    return camera.await(report -> report.backchannelPackets() >= packets, BOUND);
  }

  private static long ssrc(byte[] packet) {
    return ByteBuffer.wrap(packet).getInt(8) & 0xffffffffL;
  }

  @ParameterizedTest
  @EnumSource(
      value = RtspTransport.class,
      names = {"TCP", "UDP", "HTTP", "WEBSOCKET"})
  void whatIsSentArrivesInOrder(RtspTransport transport) throws Exception {
    byte[] voice = voice(10, 1);
    try (SimulatedCamera camera = camera();
        RtspClient client = Clients.create();
        CameraStream stream = client.open(talkingTo(camera, transport), recorder)) {
      BackChannel back = stream.backChannel();
      assertThat(back.format().map(MediaFormat::codec)).contains("PCMU");
      assertThat(back.send(voice)).isTrue();
      awaitAudio(camera, 10);

      List<byte[]> packets = camera.backchannelAudio();
      assertThat(payloads(packets)).isEqualTo(voice);
      ByteBuffer first = ByteBuffer.wrap(packets.get(0));
      int timestamp = first.getInt(4);
      for (int n = 0; n < packets.size(); n++) {
        ByteBuffer packet = ByteBuffer.wrap(packets.get(n));
        assertThat(packet.get(1) & 0x7f).as("PCMU").isZero();
        // The first begins a talkspurt, and one that a machine that stands still has made late.
        boolean talkspurt = packet.get(1) < 0;
        assertThat(talkspurt || n > 0).isTrue();
        assertThat(packet.getInt(4) - timestamp).isBetween(0, n > 0 && talkspurt ? DAY : 0);
        timestamp = packet.getInt(4) + 160;
        assertThat(packet.getShort(2)).isEqualTo((short) (first.getShort(2) + n));
        assertThat(packet.getInt(8)).isEqualTo(first.getInt(8));
      }
      assertThat(camera.backchannelReports()).hasSize(1);
      RtcpPacket report =
          RtcpPacket.parseAll(ByteBuffer.wrap(camera.backchannelReports().get(0))).get(0);
      assertThat(report)
          .isInstanceOfSatisfying(
              RtcpPacket.SenderReport.class,
              sender -> {
                assertThat(sender.ssrc()).isEqualTo(ssrc(packets.get(0)));
                assertThat((int) sender.rtpTime()).isEqualTo(first.getInt(4));
              });
      assertThat(back.statistics()).isEqualTo(new BackChannelStatistics(10, 1600, 0));
      recorder.awaitPackets(10);
      assertThat(stream.streams()).extracting(MediaStream::media).containsExactly("video", "audio");
    }
  }

  @Test
  void afterTheEndNothingIsTakenAndNothingIsLeft() throws Exception {
    try (SimulatedCamera camera = camera();
        RtspClient client = Clients.create()) {
      CameraStream stream = client.open(talkingTo(camera), recorder);
      stream.close();
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.sessionsOpen()).isZero();
      assertThat(report.sessionsLeftBehind()).isZero();
      ByteBuf late = Unpooled.buffer().writeByte(1);
      assertThat(stream.backChannel().send(late, 160)).isFalse();
      assertThat(late.refCnt()).isZero();
      assertThat(stream.backChannel().format()).isEmpty();
    }
  }

  /** The same call goes on with the new connection; what is said meanwhile is lost, and counted. */
  @Test
  void itSurvivesAReconnect() throws Exception {
    CompletableFuture<Boolean> meanwhile = new CompletableFuture<>();
    CameraListener speaker =
        new CameraListener() {
          @Override
          public void state(CameraStream of, CameraState from, CameraState to, String reason) {
            if (to == CameraState.RECONNECTING) {
              meanwhile.complete(of.backChannel().send(voice(2, 2)));
            }
          }
        };
    try (SimulatedCamera camera = camera();
        RtspClient client = Clients.create();
        CameraStream stream =
            client.open(talkingTo(camera), CameraListener.all(speaker, recorder))) {
      BackChannel back = stream.backChannel();
      back.send(voice(3, 1));
      awaitAudio(camera, 3);
      camera.dropAll();
      recorder.awaitState(CameraState.PLAYING, 2);
      assertThat(meanwhile.get()).isFalse();
      assertThat(back.send(voice(4, 3))).isTrue();
      awaitAudio(camera, 7);

      List<byte[]> packets = camera.backchannelAudio();
      assertThat(payloads(packets.subList(0, 3))).isEqualTo(voice(3, 1));
      assertThat(payloads(packets.subList(3, 7))).isEqualTo(voice(4, 3));
      assertThat(ssrc(packets.get(3))).isNotEqualTo(ssrc(packets.get(0)));
      assertThat(back.statistics()).isEqualTo(new BackChannelStatistics(7, 7 * 160, 2));
    }
  }

  @Test
  void whilePausedNothingIsTaken() throws Exception {
    try (SimulatedCamera camera = camera();
        RtspClient client = Clients.create();
        CameraStream stream = client.open(talkingTo(camera), recorder)) {
      stream.pause().toCompletableFuture().get();
      assertThat(stream.backChannel().send(voice(1, 1))).isFalse();
      stream.resume().toCompletableFuture().get();
      assertThat(stream.backChannel().send(voice(1, 2))).isTrue();
      awaitAudio(camera, 1);
      assertThat(payloads(camera.backchannelAudio())).isEqualTo(voice(1, 2));
    }
  }

  // ---- Cameras without one

  @Test
  void aCameraThatRefusesItIsPlayedWithoutAndThatIsSaidOnce() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(CameraStream.class);
    log.start();
    logger.addAppender(log);
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = Clients.create();
        CameraStream stream = client.open(talkingTo(camera), recorder)) {
      assertThat(stream.backChannel().format()).isEmpty();
      assertThat(stream.backChannel().unavailable().orElse(""))
          .contains("551", "to DESCRIBE", "which requires it");
      assertThat(stream.backChannel().send(voice(1, 1))).isFalse();
      camera.dropAll();
      recorder.awaitState(CameraState.PLAYING, 2);
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .filteredOn(line -> line.contains(camera.url()) && line.contains("audio cannot be sent"))
          .hasSize(1);
      assertThat(camera.report().connections()).isEqualTo(2);
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  void aBackChannelThatAnotherClientHasIsNoReasonNotToPlay() throws Exception {
    try (SimulatedCamera camera = camera();
        RtspClient client = Clients.create();
        CameraStream first = client.open(talkingTo(camera), CameraListener.NONE);
        CameraStream second = client.open(talkingTo(camera), recorder)) {
      assertThat(first.backChannel().format()).isPresent();
      assertThat(second.backChannel().unavailable().orElse("")).contains("453", "to SETUP");
      recorder.awaitPackets(10);
      assertThat(recorder.leftOut()).isEmpty();
    }
  }

  @Test
  void withoutTheOptionNothingIsRequiredOrSetUp() throws Exception {
    List<String> paths = new ArrayList<>();
    try (SimulatedCamera camera = camera();
        RtspClient client = Clients.create();
        CameraStream stream = client.open(Patience.at(camera.url()), recorder)) {
      camera.report().events(CameraEvent.Kind.REQUEST).forEach(e -> paths.add(e.detail()));
      assertThat(stream.backChannel().format()).isEmpty();
      assertThat(stream.backChannel().unavailable()).isEmpty();
    }
    assertThat(paths).filteredOn(path -> path.startsWith("SETUP")).hasSize(2);
    assertThat(paths).noneMatch(path -> path.contains("trackID=3"));
  }
}
