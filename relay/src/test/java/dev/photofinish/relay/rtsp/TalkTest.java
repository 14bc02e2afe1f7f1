package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.rtsp.client.BackChannel;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.RtspTransport;
import dev.photofinish.rtsp.dialogue.server.Access;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Readers that talk to the camera through the relay's one connection. */
class TalkTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int HEADER = 12;
  private static final int PAYLOAD = 160;

  private static final Logger LOGGER =
      (Logger) LoggerFactory.getLogger(Relay.class.getPackageName() + ".Talkers");

  private final Lines log = new Lines();
  private final BlockingQueue<RelayState> states = new LinkedBlockingQueue<>();
  private SimulatedCamera camera;
  private Relay relay;

  @BeforeEach
  void open() {
    log.start();
    LOGGER.addAppender(log);
    LOGGER.setLevel(Level.INFO);
    LOGGER.setAdditive(false);
    camera = SimulatedCamera.builder().set(Knob.BACKCHANNEL, true).start();
    relay = Relay.start();
    relay.addListener(
        new RelayListener() {
          @Override
          public void state(RelayedCamera of, RelayState from, RelayState to, String reason) {
            states.add(to);
          }
        });
    Duration minute = Duration.ofMinutes(1); // this machine may stand still
    ClientOptions patient =
        ClientOptions.builder().stallSuspect(minute).stallTimeout(minute).build();
    relay.add(
        "cam",
        Camera.at(camera.url()).withOptions(patient).withBackChannel(true),
        RelayedCameraOptions.defaults().withWhileAway(WhileAway.KEEP));
  }

  @AfterEach
  void close() {
    relay.close();
    camera.close();
    LOGGER.setAdditive(true);
    LOGGER.setLevel(null);
    LOGGER.detachAppender(log);
  }

  private RtspServer serve(Access access) throws Exception {
    return serve(access, UnaryOperator.identity());
  }

  private RtspServer serve(Access access, UnaryOperator<RtspServer.Builder> settings)
      throws Exception {
    return settings.apply(LoopbackServer.of(relay)).access(access).build().start();
  }

  private static String url(RtspServer server, String login) {
    return "rtsp://" + login + "127.0.0.1:" + server.address().getPort() + "/cam";
  }

  private static Viewer talker(String url, RtspTransport transport) {
    return new Viewer(talking(url, transport));
  }

  private static Camera talking(String url, RtspTransport transport) {
    return Camera.at(url)
        .withOptions(ClientOptions.builder().transport(transport).build())
        .withBackChannel(true);
  }

  /** A talker over TCP, whose PLAY was answered. */
  private static Viewer talker(RtspServer server) throws Exception {
    Viewer talker = talker(url(server, ""), RtspTransport.TCP);
    talker.await("a picture", v -> !v.numbers(0).isEmpty());
    return talker;
  }

  /** Bytes of which no two packets are the same. */
  private static byte[] voice(int packets, int seed) {
    byte[] voice = new byte[PAYLOAD * packets];
    for (int i = 0; i < voice.length; i++) {
      voice[i] = (byte) (seed + i * 7 + i / PAYLOAD);
    }
    return voice;
  }

  private void awaitHeard(byte[] voice) throws Exception {
    int packets = voice.length / PAYLOAD;
    camera.await(report -> report.backchannelPackets() >= packets, BOUND);
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    for (byte[] packet : camera.backchannelAudio()) {
      heard.write(packet, HEADER, packet.length - HEADER);
    }
    assertThat(heard.toByteArray()).isEqualTo(voice);
  }

  private void awaitState(RelayState state) throws InterruptedException {
    RelayState next = null;
    while (next != state) {
      next = states.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("the state %s", state).isNotNull();
    }
  }

  private void awaitLog(String text) {
    TestServer.await(() -> log.lines.stream().anyMatch(line -> line.contains(text)));
  }

  /** The lines of the log, from any thread. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RtspTransport.class,
      names = {"TCP", "UDP", "HTTP"})
  void whatAReaderSaysReachesTheCamera(RtspTransport transport) throws Exception {
    byte[] voice = voice(10, 1);
    try (RtspServer server = serve(Access.open());
        Viewer talker = talker(url(server, ""), transport)) {
      talker.await("a picture", v -> !v.numbers(0).isEmpty());
      BackChannel back = talker.stream().backChannel();
      assertThat(back.format().map(format -> format.codec())).contains("PCMU");
      assertThat(back.send(voice)).isTrue();
      awaitHeard(voice);

      assertThatEachContinuesTheOneBefore(camera.backchannelAudio());
      assertThat(camera.report().events(CameraEvent.Kind.PLAYING)).hasSize(1);
    }
    awaitLog("no longer talks to cam: 10 packets, 0 dropped");
  }

  /** But after a pause, as a machine that stands still makes it too: there the marker is set. */
  private static void assertThatEachContinuesTheOneBefore(List<byte[]> audio) {
    for (int i = 1; i < audio.size(); i++) {
      ByteBuffer packet = ByteBuffer.wrap(audio.get(i));
      int step = packet.getInt(4) - ByteBuffer.wrap(audio.get(i - 1)).getInt(4);
      boolean talkspurt = packet.get(1) < 0;
      assertThat(talkspurt ? step > PAYLOAD : step == PAYLOAD)
          .as("packet %d: %d", i, step)
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RtspTransport.class,
      names = {"TCP", "UDP"})
  void whatAReaderSaysEncryptedReachesTheCamera(RtspTransport transport) throws Exception {
    byte[] voice = voice(10, 1);
    SslContext certificate = TestServer.certificate();
    try (RtspServer server = serve(Access.open(), builder -> builder.tls(certificate));
        Viewer talker =
            new Viewer(
                talking(url(server, "").replace("rtsp:", "rtsps:") + "?srtp", transport)
                    .withTlsInsecure(true))) {
      talker.await("a picture", v -> !v.numbers(0).isEmpty());
      assertThat(talker.stream().backChannel().send(voice)).isTrue();
      awaitHeard(voice);
    }
  }

  @Test
  void talkersFollowEachOtherOverOneConnection() throws Exception {
    try (RtspServer server = serve(Access.open());
        Viewer second = talker(server)) {
      try (Viewer first = talker(server)) {
        first.stream().backChannel().send(voice(2, 1));
        awaitHeard(voice(2, 1));
      }
      awaitLog("no longer talks to cam: 2 packets, 0 dropped");
      second.stream().backChannel().send(voice(4, 90));
      byte[] all = new byte[6 * PAYLOAD];
      System.arraycopy(voice(2, 1), 0, all, 0, 2 * PAYLOAD);
      System.arraycopy(voice(4, 90), 0, all, 2 * PAYLOAD, 4 * PAYLOAD);
      awaitHeard(all);
      assertThat(camera.report().events(CameraEvent.Kind.PLAYING)).hasSize(1);
    }
  }

  @Test
  void aTalkerStaysWhileTheCameraIsAway() throws Exception {
    try (RtspServer server = serve(Access.open());
        Viewer talker = talker(server)) {
      camera.dropAll();
      awaitState(RelayState.AWAY);
      awaitState(RelayState.PLAYING);
      byte[] voice = voice(3, 1);
      talker.stream().backChannel().send(voice);
      awaitHeard(voice);
      assertThat(talker.states()).noneMatch(state -> state.startsWith("RECONNECTING"));
    }
  }

  /** The users of {@link TestServer#login} may see, and no more. */
  @Test
  void whoMayNotTalkSeesThePicture() throws Exception {
    try (RtspServer server = serve(TestServer.login());
        Viewer viewer = talker(url(server, "viewer:secret@"), RtspTransport.TCP)) {
      viewer.await("a picture", v -> !v.numbers(0).isEmpty());
      BackChannel back = viewer.stream().backChannel();
      assertThat(back.unavailable()).contains("the camera describes none");
      assertThat(back.send(voice(1, 1))).isFalse();
    }
  }

  @Test
  void aCameraWithoutItIsServedAsBefore() throws Exception {
    relay.add("plain", Camera.at(camera.url()), RelayedCameraOptions.defaults());
    try (RtspServer server = serve(Access.open());
        Viewer viewer = talker(url(server, "").replace("cam", "plain"), RtspTransport.TCP)) {
      viewer.await("a picture", v -> !v.numbers(0).isEmpty());
      assertThat(viewer.stream().backChannel().unavailable()).contains("the camera describes none");
    }
  }

  /** Nothing counts before PLAY, on another channel, of another payload type, or empty. */
  @Test
  void onlyAudioOfAPlayingBackChannelIsHandedOn() throws Exception {
    try (RtspServer server = serve(Access.open());
        RawReader reader = new RawReader(server.address())) {
      String url = url(server, "");
      String setUp =
          reader.ask("SETUP", url + "/trackID=3", "Transport: RTP/AVP/TCP;unicast;interleaved=4-5");
      reader.send(frame(4, 0, 1, PAYLOAD));
      reader.playOf(setUp, url);
      reader.send(frame(6, 0, 2, PAYLOAD));
      reader.send(frame(4, 8, 3, PAYLOAD));
      reader.send(frame(4, 0, 4, 0));
      reader.send(frame(4, 0, 5, PAYLOAD));
      awaitHeard(voice(1, 5));
      assertThat(reader.ask("PAUSE", url)).startsWith("RTSP/1.0 200");
      reader.send(frame(4, 0, 6, PAYLOAD));
      assertThat(reader.ask("TEARDOWN", url)).startsWith("RTSP/1.0 200");
      awaitLog("no longer talks to cam: 1 packets, 1 dropped");
      assertThat(camera.report().backchannelPackets()).isEqualTo(1);
    }
  }

  private static byte[] frame(int channel, int type, int number, int bytes) {
    byte[] voice = voice(1, number);
    return ByteBuffer.allocate(4 + HEADER + bytes)
        .put((byte) '$')
        .put((byte) channel)
        .putShort((short) (HEADER + bytes))
        .put((byte) 0x80)
        .put((byte) type)
        .putShort((short) number)
        .putInt(PAYLOAD * number)
        .putInt(77)
        .put(voice, 0, bytes)
        .array();
  }
}
