package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpReception;
import dev.photofinish.rtp.srtp.SrtpKey;
import dev.photofinish.rtp.srtp.SrtpReceiver;
import dev.photofinish.rtp.srtp.SrtpSender;
import dev.photofinish.rtp.srtp.SrtpSuite;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Encrypted media of one connection: what is taken, what is dropped, and what we send. */
class SecuredConnectionTest {
  private static final int CAMERA = 42;
  private static final int OURS = 7;
  private static final byte[] NO_MKI = {};

  private final MockTicker clock = Ticker.newMockTicker();
  private final List<String> reported = new ArrayList<>();
  private final ReceiverReports reports = new ReceiverReports(OURS);
  private final RtpReception reception = new RtpReception(90000);
  private final CameraConnection connection = connection();
  private final EmbeddedChannel channel =
      EmbeddedChannel.builder().ticker(clock).handlers(new CameraHandler(connection, null)).build();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private int rejected;
  private final Logger logger = (Logger) LoggerFactory.getLogger(RejectedPackets.class);
  private SrtpSender camera = new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, NO_MKI));

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void nothingIsLeft() {
    channel.finishAndReleaseAll();
    logger.detachAppender(log);
  }

  private CameraConnection connection() {
    return TestConnection.of(OURS, clock, new Notes());
  }

  private static SrtpKey key(SrtpSuite suite, byte[] mki) {
    byte[] joined = joined(suite);
    return new SrtpKey(
        suite,
        Arrays.copyOf(joined, suite.keyLength()),
        Arrays.copyOfRange(joined, suite.keyLength(), joined.length),
        mki);
  }

  private static byte[] joined(SrtpSuite suite) {
    byte[] joined = new byte[suite.keyLength() + suite.saltLength()];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = (byte) (3 * i + 1);
    }
    return joined;
  }

  private static String sdp(String protocol, SrtpSuite suite, String more) {
    String inline = Base64.getEncoder().encodeToString(joined(suite));
    return "v=0\nm=video 0 "
        + protocol
        + " 96\na=rtpmap:96 H264/90000\na=crypto:1 "
        + suite
        + " inline:"
        + inline
        + more
        + "\n";
  }

  private void play() {
    play(sdp("RTP/SAVP", SrtpSuite.AES_CM_128_HMAC_SHA1_80, ""));
  }

  private void play(String sdp) {
    connection.begin();
    connection.choose();
    answer("DESCRIBE", Headers.of("Content-Type", "application/sdp"), sdp);
    answer("SETUP", Headers.of("Session", "abc"), "");
    answer("PLAY", Headers.empty(), "");
    answer("OPTIONS", Headers.empty(), "");
  }

  private void answer(String method, Headers headers, String body) {
    RtspRequest request = channel.readOutbound();
    assertThat(request.method().name()).isEqualTo(method);
    String cseq = String.valueOf(request.cseq().orElseThrow());
    channel.writeInbound(
        new Received(new RtspResponse(200, "OK", headers.plus("CSeq", cseq), Body.of(body)), 0));
  }

  private void pass(long millis) {
    clock.advance(millis, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  private static byte[] rtp(int sequence) {
    return ByteBuffer.allocate(20)
        .putShort((short) 0x8060)
        .putShort((short) sequence)
        .putInt(3600 * sequence)
        .putInt(CAMERA)
        .putLong(0x0102030405060700L + (sequence & 0xff))
        .array();
  }

  private static byte[] rtcp() {
    return RtcpPacket.write(List.of(new RtcpPacket.ReceiverReport(CAMERA, List.of())));
  }

  private void frame(int interleaved, byte[] content) {
    channel.writeInbound(new InterleavedFrame(interleaved, Unpooled.copiedBuffer(content)));
  }

  private static byte[] tampered(byte[] packet) {
    byte[] other = packet.clone();
    other[14] ^= 1;
    return other;
  }

  /** By this test alone: others may run beside it. */
  private List<String> logged() {
    return log.list.stream()
        .filter(event -> event.getThreadName().equals(Thread.currentThread().getName()))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  // ---- What is taken

  @ParameterizedTest
  @EnumSource
  void rtpAndRtcpOfEachSuiteAreDecrypted(SrtpSuite suite) {
    play(sdp("RTP/SAVP", suite, ""));
    camera = new SrtpSender(key(suite, NO_MKI));
    frame(0, camera.rtp(rtp(1)));
    frame(1, camera.rtcp(rtcp()));
    frame(0, camera.rtcp(rtcp())); // on the channel of RTP, as some cameras send it
    assertThat(reported).containsExactly("rtp 1 0102030405060701", "rtcp 8 bytes", "rtcp 8 bytes");
  }

  /** A packet that came in two reads lies in two pieces. */
  @Test
  void aPacketInPiecesIsDecryptedWhereItLies() {
    play();
    byte[] packet = camera.rtp(rtp(1));
    ByteBuf pieces =
        Unpooled.wrappedBuffer(
            Arrays.copyOf(packet, 15), Arrays.copyOfRange(packet, 15, packet.length));
    channel.writeInbound(new InterleavedFrame(0, pieces));
    assertThat(reported).containsExactly("rtp 1 0102030405060701");
  }

  @Test
  void theRolloverCounterFollowsAcrossLossAndReordering() {
    play();
    int[] sequences = {65_000, 65_400, 1, 65_500, 30, 30_000, 60_000, 300, 65_530, 301};
    for (int sequence : sequences) {
      frame(0, camera.rtp(rtp(sequence)));
    }
    assertThat(reported).hasSize(sequences.length);
  }

  // ---- What is dropped

  @Test
  void whatIsForgedReplayedOrInTheClearIsDroppedAndCounted() {
    play();
    byte[] first = camera.rtp(rtp(1));
    frame(0, tampered(first));
    frame(0, first);
    frame(0, first);
    frame(0, rtp(2));
    frame(1, rtcp());
    frame(1, tampered(camera.rtcp(rtcp())));
    assertThat(reported).containsExactly("rtp 1 0102030405060701");
    assertThat(rejected).isEqualTo(5);
    assertThat(logged())
        .singleElement()
        .asString()
        .contains("a packet of video was dropped", "not authentic", "said once");
    connection.abandon(new EndReason(EndReason.Kind.DEAD, "test"));
    assertThat(logged())
        .hasSize(2)
        .last()
        .asString()
        .contains("4 not authentic, 1 replayed, 0 under unknown keys");
  }

  @Test
  void packetsUnderAnUnknownKeyAreCountedAsSuch() {
    play(sdp("RTP/SAVP", SrtpSuite.AES_CM_128_HMAC_SHA1_80, "|2^31|1:1"));
    SrtpSender other = new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new byte[] {2}));
    frame(0, other.rtp(rtp(1)));
    assertThat(reported).isEmpty();
    assertThat(logged()).singleElement().asString().contains("names a key (MKI)");
    frame(0, new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new byte[] {1})).rtp(rtp(1)));
    assertThat(reported).hasSize(1);
  }

  @Test
  void whatIsDroppedIsNoSignOfLife() {
    play();
    frame(0, camera.rtp(rtp(1)));
    pass(900);
    frame(0, tampered(camera.rtp(rtp(2))));
    frame(1, tampered(camera.rtcp(rtcp())));
    assertThat(connection.arrivals().last()).isEqualTo(connection.arrivals().first());
    pass(100);
    assertThat(((RtspRequest) channel.readOutbound()).method().name()).isEqualTo("OPTIONS");
    pass(1000);
    assertThat(reported).endsWith("silent DEAD");
  }

  // ---- Media that is not called encrypted, though it has keys

  @Test
  void mediaThatIsNotCalledEncryptedIsTakenInTheClear() {
    play(sdp("RTP/AVP", SrtpSuite.AES_CM_128_HMAC_SHA1_80, ""));
    for (int sequence = 0; sequence < 2 * SecuredTrack.TRIES; sequence++) {
      frame(0, rtp(sequence));
    }
    assertThat(reported).hasSize(2 * SecuredTrack.TRIES);
    assertThat(logged()).isEmpty();
  }

  @Test
  void orEncryptedFromTheFirstAuthenticPacketOn() {
    play(sdp("RTP/AVP", SrtpSuite.AES_CM_128_HMAC_SHA1_80, ""));
    frame(0, camera.rtp(rtp(1)));
    frame(0, rtp(2));
    assertThat(reported).containsExactly("rtp 1 0102030405060701");
  }

  // ---- Our reports

  @ParameterizedTest
  @EnumSource
  void reportsAreEncrypted(SrtpSuite suite) throws Exception {
    play(sdp("RTP/SAVP", suite, ""));
    camera = new SrtpSender(key(suite, NO_MKI));
    SrtpReceiver receiver = new SrtpReceiver(List.of(key(suite, NO_MKI)));
    for (int sequence = 0; sequence < 51; sequence++) {
      pass(100);
      frame(0, camera.rtp(rtp(sequence)));
    }
    InterleavedFrame report = channel.readOutbound();
    ByteBuffer bytes = report.content().nioBuffer();
    int length = receiver.rtcp(bytes);
    assertThat(report.channel()).isEqualTo(1);
    assertThat(RtcpPacket.parseAll(bytes.slice(bytes.position(), length)).get(0))
        .isInstanceOfSatisfying(
            RtcpPacket.ReceiverReport.class, r -> assertThat(r.ssrc()).isEqualTo(OURS));
    report.release();
  }

  /** Writes down what is reported to the owner. */
  private final class Notes implements ConnectionListener {
    @Override
    public void rejected(int track) {
      assertThat(track).isZero();
      rejected++;
    }

    @Override
    public void rtp(int track, ReceivedPacket packet, long now) {
      reception.packet(packet.sequence(), packet.timestamp(), packet.ssrc(), packet.length(), now);
      int payload = packet.index() + packet.headerLength();
      assertThat(packet.payloadLength()).isEqualTo(8);
      reported.add(
          "rtp " + packet.sequence() + String.format(" %016x", packet.buffer().getLong(payload)));
    }

    @Override
    public void rtcp(int track, ByteBuf packet, long now) {
      reported.add("rtcp " + packet.readableBytes() + " bytes");
    }

    @Override
    public byte @Nullable [] report(int track, long now) {
      return reports.of(reception.report(now));
    }

    @Override
    public void silent(EndReason end) {
      reported.add("silent " + end.kind());
    }

    @Override
    public void ended(EndReason end) {}
  }
}
