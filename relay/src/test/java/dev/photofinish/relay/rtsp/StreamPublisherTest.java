package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.FrameReader;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.PublishListener;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.RtspTransport;
import dev.photofinish.rtsp.client.StreamPublisher;
import dev.photofinish.rtsp.dialogue.server.Access;
import dev.photofinish.rtsp.dialogue.server.Purpose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client publishes to our relay. */
class StreamPublisherTest implements PublishListener {
  private static final MediaStream AUDIO =
      new MediaStream(0, "audio", "PCMU", 0, 8_000, 1, "", false);

  /** Of 320 by 240 pixels. */
  private static final String SPS = "6742c00dd90141fb0110000003001000000303c0f1429900";

  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
  private Relay relay;
  private RtspClient client;
  private int sequence;

  private static ByteBuf set(String hex) {
    return FrameFormat.parameterSet(HexFormat.of().parseHex(hex));
  }

  @BeforeEach
  void open() {
    relay = Relay.start();
    relay.addPublished("cam", RelayedCameraOptions.defaults());
    client = RtspClient.builder().build();
  }

  @AfterEach
  void close() {
    client.close();
    relay.close();
  }

  private RtspServer serve(int port, Access access) throws Exception {
    return RtspServer.builder(relay)
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .access(access)
        .eventLoopGroup(relay.eventLoops())
        .build()
        .start();
  }

  private static String url(RtspServer server, String login) {
    return "rtsp://" + login + "127.0.0.1:" + server.address().getPort() + "/cam";
  }

  private StreamPublisher publish(String url) {
    return publish(url, RtspTransport.AUTO);
  }

  private StreamPublisher publish(String url, RtspTransport transport) {
    ClientOptions options = ClientOptions.builder().transport(transport).build();
    RetryOptions retry =
        RetryOptions.builder()
            .initialRetryDelay(Duration.ofMillis(10))
            .reconnectionTimeout(Duration.ofMillis(50))
            .build();
    return client.publish(
        Camera.at(url).withRetry(retry).withOptions(options), List.of(AUDIO), this);
  }

  private boolean send(StreamPublisher to) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x80).writeByte(0).writeShort(++sequence);
    packet.writeInt(sequence * 160).writeInt(77).writeInt(sequence).writeZero(156);
    try {
      return to.send(RtpPacket.of(AUDIO, packet));
    } catch (RtpFormatException e) {
      throw new AssertionError(e);
    } finally {
      packet.release();
    }
  }

  private void awaitReport(String text) throws InterruptedException {
    String report = "";
    while (!report.contains(text)) {
      report = reports.poll(60, TimeUnit.SECONDS);
      assertThat(report).as("a report of %s", text).isNotNull();
    }
  }

  @Override
  public void recording(StreamPublisher publisher, String remote) {
    reports.add("recording at " + remote);
  }

  @Override
  public void retry(StreamPublisher publisher, int attempt, Duration delay, String reason) {
    reports.add("retry: " + reason);
  }

  @Override
  public void failed(StreamPublisher publisher, String reason) {
    reports.add("failed: " + reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UDP"})
  void readersGetWhatIsSent(RtspTransport transport) throws Exception {
    try (RtspServer server = serve(0, Access.open());
        StreamPublisher publisher = publish(url(server, ""), transport)) {
      awaitReport("recording at 127.0.0.1:" + server.address().getPort());
      assertThat(send(publisher)).isTrue();
      try (Viewer viewer = new Viewer(Camera.at(url(server, "")))) {
        viewer.awaitFirst(() -> assertThat(send(publisher)).isTrue());
        assertThat(send(publisher)).isTrue();
        viewer.await("the last packet", v -> v.numbers(0).contains(sequence));
        assertThat(viewer.stream().streams()).extracting(s -> s.codec()).containsExactly("PCMU");
      }
      assertThat(publisher.sent()).isEqualTo(sequence);
      assertThat(publisher.dropped()).isZero();
      assertThat(publisher.lost()).isZero();
    }
  }

  /** Access units come out as they went in, with their timestamps. */
  @Test
  void readersGetTheFramesThatAreSent() throws Exception {
    FrameFormat format =
        FrameFormat.video(Codec.H264, 90_000)
            .withParameterSets(List.of(set(SPS), set("68cb83cb20")));
    List<MediaStream> media = List.of(MediaStream.of(0, format));
    try (RtspServer server = serve(0, Access.open());
        StreamPublisher publisher = client.publish(Camera.at(url(server, "")), media, this)) {
      awaitReport("recording");
      try (FrameReader reader = client.readFrames(Camera.at(url(server, "")))) {
        Frame first = first(reader, publisher, format);
        int firstNumber = sequence;
        for (int number = firstNumber + 1; number < firstNumber + 20; number++) {
          assertThat(send(publisher, format, number)).isTrue();
        }
        for (int number = number(first) + 1; number < firstNumber + 20; number++) {
          Frame frame = reader.next(Duration.ofSeconds(20)).orElseThrow();
          assertThat(number(frame)).isEqualTo(number);
          assertThat(frame.unit(frame.unitCount() - 1).readableBytes()).isEqualTo(2_996);
          assertThat(frame.isKeyFrame()).isEqualTo(number <= firstNumber || number % 10 == 0);
          // Their times on the reader's clock follow the relay's reports: these come faster.
          assertThat((frame.timestamp() - first.timestamp()) & 0xffff_ffffL)
              .isEqualTo((number - number(first)) * 3_600L);
          frame.release();
        }
        first.release();
        assertThat(publisher.sentFrames()).isEqualTo(firstNumber + 19);
      }
      assertThat(publisher.sent()).isGreaterThan(3 * publisher.sentFrames()); // parameter sets
      assertThat(publisher.droppedFrames()).isZero();
    }
  }

  /** Sends key frames until one comes back. */
  private Frame first(FrameReader reader, StreamPublisher publisher, FrameFormat format)
      throws Exception {
    while (true) {
      assertThat(send(publisher, format, ++sequence)).isTrue();
      try {
        return reader.next(Duration.ofMillis(20)).orElseThrow();
      } catch (TimeoutException e) {
        // The reader is not there yet.
      }
    }
  }

  private static int number(Frame frame) {
    return frame.content().getUnsignedByte(frame.content().writerIndex() - 1);
  }

  /** A picture of 3000 bytes, the last of which is its number; each tenth is a key frame. */
  private boolean send(StreamPublisher to, FrameFormat format, int number) {
    boolean key = number <= sequence || number % 10 == 0;
    byte[] unit = new byte[3_000];
    Arrays.fill(unit, (byte) 0x55);
    System.arraycopy(new byte[] {0, 0, 0, 1, (byte) (key ? 0x65 : 0x41)}, 0, unit, 0, 5);
    unit[unit.length - 1] = (byte) number;
    Frame frame =
        Frame.of(
                0,
                format,
                Unpooled.wrappedBuffer(unit),
                new int[] {0},
                0,
                key ? RandomAccess.IDR : RandomAccess.NONE,
                false)
            .at(new FrameTime(number * 40_000_000L, true, null, false));
    boolean sent = to.send(frame);
    frame.release();
    return sent;
  }

  @Test
  void itPublishesAgainWhenTheServerIsBack() throws Exception {
    RtspServer first = serve(0, Access.open());
    int port = first.address().getPort();
    try (StreamPublisher publisher = publish(url(first, ""))) {
      awaitReport("recording");
      first.close();
      awaitReport("retry: the stream dropped before it was stable: the server sent TEARDOWN");
      assertThat(send(publisher)).isFalse();
      assertThat(publisher.dropped()).isEqualTo(1);
      try (RtspServer second = serve(port, Access.open())) {
        awaitReport("recording at 127.0.0.1:" + second.address().getPort());
        assertThat(send(publisher)).isTrue();
      }
    }
  }

  @Test
  void itLeavesInOrder() throws Exception {
    try (RtspServer server = serve(0, Access.open())) {
      try (StreamPublisher publisher = publish(url(server, ""))) {
        awaitReport("recording");
        assertThat(send(publisher)).isTrue();
        TestServer.await(() -> state().equals("PLAYING"));
      }
      TestServer.await(() -> state().equals("AWAY"));
      assertThat(relay.camera("cam").orElseThrow().status().reason())
          .isEqualTo("the publisher sent TEARDOWN");
      assertThat(reports).isEmpty();
    }
  }

  private String state() {
    return relay.camera("cam").orElseThrow().status().state().toString();
  }

  @Test
  void itLogsInAndGivesUpWithAWrongPassword() throws Exception {
    try (RtspServer server = serve(0, TestServer.login(Set.of(Purpose.READ, Purpose.PUBLISH)));
        StreamPublisher right = publish(url(server, "viewer:secret@"))) {
      awaitReport("recording");
      try (StreamPublisher wrong = publish(url(server, "viewer:wrong@"))) {
        awaitReport("failed: the credentials are wrong");
        assertThat(wrong.isRecording()).isFalse();
      }
      assertThat(right.isRecording()).isTrue();
    }
  }
}
