package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.srtp.SrtpKey;
import dev.photofinish.rtp.srtp.SrtpReceiver;
import dev.photofinish.rtp.srtp.SrtpSuite;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.SessionRequest;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audio that one connection sends, on a virtual clock and without a socket. */
class OutgoingAudioTest {
  private static final long OURS = 0x87654321L;
  private static final byte[] VOICE = {1, 2, 3, 4, 5};

  private final MockTicker clock = Ticker.newMockTicker();
  private final List<String> reported = new ArrayList<>();
  private final CameraConnection connection = TestConnection.of(OURS, true, clock, new Notes());
  private final OutgoingAudio audio = connection.audio();
  private final EmbeddedChannel channel =
      EmbeddedChannel.builder().ticker(clock).handlers(new CameraHandler(connection, null)).build();

  /** One RTP packet that was sent. */
  private record Rtp(boolean marker, int payloadType, int sequence, int timestamp, long ssrc) {}

  private final class Notes implements ConnectionListener {
    @Override
    public void rtp(int track, ReceivedPacket packet, long now) {
      reported.add("rtp " + track);
    }

    @Override
    public void rtcp(int track, ByteBuf packet, long now) {
      reported.add("rtcp " + track);
    }

    @Override
    public void writable() {
      reported.add("writable");
    }

    @Override
    public void silent(EndReason end) {
      reported.add("silent");
    }

    @Override
    public void ended(EndReason end) {
      reported.add("ended");
    }
  }

  @AfterEach
  void nothingIsLeft() {
    channel.finishAndReleaseAll();
  }

  private static String sdp(String protocol, String more) {
    return "v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=control:v\nm=audio 0 "
        + protocol
        + " 0\na=sendonly\na=control:a\n"
        + more;
  }

  private void setUp(String sdp) {
    connection.begin();
    connection.choose();
    answer("DESCRIBE", Headers.of("Content-Type", "application/sdp"), sdp);
    answer("SETUP", Headers.of("Session", "abc"), "");
    answer("SETUP", Headers.of("Session", "abc"), "");
  }

  private void play() {
    play(sdp("RTP/AVP", ""));
  }

  private void play(String sdp) {
    setUp(sdp);
    answer("PLAY", Headers.empty(), "");
    answer("OPTIONS", Headers.empty(), "");
  }

  private void answer(String method, Headers headers, String body) {
    RtspRequest request = channel.readOutbound();
    assertThat(request.method().name()).isEqualTo(method);
    String cseq = String.valueOf(request.cseq().orElseThrow());
    RtspResponse response = new RtspResponse(200, "OK", headers.plus("CSeq", cseq), Body.of(body));
    channel.writeInbound(new Received(response, 0));
  }

  private void pass(long millis) {
    clock.advance(millis, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  /** In steps, with media that comes meanwhile, so that nothing else is to be said. */
  private void passPlaying(long millis) {
    for (long passed = 0; passed < millis; passed += 100) {
      pass(100);
      frame(0, rtp(96));
    }
  }

  private static ByteBuf rtp(int payloadType) {
    return Unpooled.buffer().writeByte(0x80).writeByte(payloadType).writeZero(20);
  }

  private void frame(int number, ByteBuf content) {
    channel.writeInbound(new InterleavedFrame(number, content));
  }

  private byte[] sent(int expectedChannel) {
    InterleavedFrame frame = channel.readOutbound();
    assertThat(frame).isNotNull();
    assertThat(frame.channel()).isEqualTo(expectedChannel);
    byte[] content = ByteBufUtil.getBytes(frame.content());
    frame.release();
    return content;
  }

  private Rtp packet() {
    return packet(sent(2));
  }

  private static Rtp packet(byte[] bytes) {
    ByteBuffer of = ByteBuffer.wrap(bytes);
    assertThat(of.get(0)).isEqualTo((byte) 0x80);
    assertThat(Arrays.copyOfRange(bytes, 12, bytes.length)).isEqualTo(VOICE);
    return new Rtp(
        of.get(1) < 0,
        of.get(1) & 0x7f,
        of.getShort(2) & 0xffff,
        of.getInt(4),
        of.getInt(8) & 0xffffffffL);
  }

  private RtcpPacket.SenderReport report() throws Exception {
    return report(sent(3));
  }

  private static RtcpPacket.SenderReport report(byte[] compound) throws Exception {
    List<RtcpPacket> packets = RtcpPacket.parseAll(ByteBuffer.wrap(compound));
    assertThat(packets).hasSize(2);
    assertThat(packets.get(1)).isInstanceOf(RtcpPacket.SourceDescription.class);
    return (RtcpPacket.SenderReport) packets.get(0);
  }

  // ---- Packets

  @Test
  void packetsAreNumberedAndTimedBehindAReport() throws Exception {
    play();
    assertThat(audio.format().map(MediaFormat::codec)).contains("PCMU");
    audio.send(VOICE, 160);
    RtcpPacket.SenderReport report = report();
    Rtp first = packet();
    assertThat(first).isEqualTo(new Rtp(true, 0, first.sequence, first.timestamp, OURS));
    assertThat(report.ssrc()).isEqualTo(OURS);
    assertThat(report.packets()).isZero();
    assertThat((int) report.rtpTime()).isEqualTo(first.timestamp);
    for (int n = 1; n <= 3; n++) {
      pass(20);
      audio.send(VOICE, 160);
      int sequence = (first.sequence + n) & 0xffff;
      int timestamp = first.timestamp + 160 * n;
      assertThat(packet()).isEqualTo(new Rtp(false, 0, sequence, timestamp, OURS));
    }
  }

  @Test
  void whatIsSentAtOnceFollowsWithoutAGap() throws Exception {
    play();
    audio.send(VOICE, 160);
    audio.send(VOICE, 80);
    audio.send(VOICE, 160);
    report();
    Rtp first = packet();
    assertThat(packet().timestamp).isEqualTo(first.timestamp + 160);
    Rtp third = packet();
    assertThat(third.timestamp).isEqualTo(first.timestamp + 240);
    assertThat(third.marker).isFalse();
  }

  @Test
  void behindASilenceATalkspurtBeginsAndItsTimestampSaysHowLongItWas() throws Exception {
    play();
    audio.send(VOICE, 160);
    report();
    Rtp first = packet();
    pass(220);
    audio.send(VOICE, 160);
    assertThat(packet().marker).as("200 ms late").isFalse();
    passPlaying(1000);
    audio.send(VOICE, 160);
    Rtp later = packet();
    assertThat(later.marker).isTrue();
    assertThat(later.timestamp - first.timestamp).isEqualTo(1220 * 8);
  }

  // ---- Reports

  @Test
  void senderReportsGoOutEveryFiveSecondsInWhichAudioWasSent() throws Exception {
    play();
    passPlaying(1000);
    audio.send(VOICE, 160);
    report();
    Rtp first = packet();
    passPlaying(4100);
    RtcpPacket.SenderReport report = report();
    assertThat(report.packets()).isEqualTo(1);
    assertThat(report.octets()).isEqualTo(VOICE.length);
    // On the clock of the samples: 4 s after the first, at 8 kHz.
    assertThat((int) report.rtpTime() - first.timestamp).isEqualTo(4000 * 8);
    assertThat(report.ntpTime() >>> 32).as("1970").isEqualTo(2_208_988_800L);
    passPlaying(5100);
    assertThat(channel.<Object>readOutbound()).as("nothing was sent").isNull();
  }

  // ---- When

  @Test
  void nothingIsSentBeforePlayIsAnsweredAndWhilePaused() {
    setUp(sdp("RTP/AVP", ""));
    assertThat(audio.isReady()).isFalse();
    answer("PLAY", Headers.empty(), "");
    assertThat(audio.isReady()).isTrue();
    answer("OPTIONS", Headers.empty(), "");
    connection.request(new SessionRequest.Pause(1));
    answer("PAUSE", Headers.empty(), "");
    assertThat(audio.isReady()).isFalse();
    audio.send(VOICE, 160);
    assertThat(channel.<Object>readOutbound()).isNull();
  }

  @Test
  void whileTheCameraDoesNotReadNothingIsSent() {
    play();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    channel.runPendingTasks();
    assertThat(audio.isReady()).isFalse();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.runPendingTasks();
    assertThat(audio.isReady()).isTrue();
    assertThat(reported).containsExactly("writable");
  }

  // ---- What comes

  @Test
  void whatTheCameraSendsOnTheBackChannelIsNoMedia() {
    play();
    frame(2, rtp(0));
    frame(3, Unpooled.wrappedBuffer(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 7}));
    assertThat(reported).isEmpty();
    assertThat(connection.arrivals().any()).isFalse();
    assertThat(connection.tracks()).hasSize(1);
  }

  // ---- SRTP

  @Test
  void whereItIsEncryptedPacketsAndReportsAre() throws Exception {
    SrtpSuite suite = SrtpSuite.AES_CM_128_HMAC_SHA1_80;
    byte[] joined = new byte[suite.keyLength() + suite.saltLength()];
    Arrays.fill(joined, (byte) 9);
    String inline = Base64.getEncoder().encodeToString(joined);
    play(sdp("RTP/SAVP", "a=crypto:1 " + suite + " inline:" + inline + "\n"));
    audio.send(VOICE, 160);
    SrtpReceiver receiver =
        new SrtpReceiver(
            List.of(
                new SrtpKey(
                    suite,
                    Arrays.copyOf(joined, suite.keyLength()),
                    Arrays.copyOfRange(joined, suite.keyLength(), joined.length),
                    new byte[0])),
            Map.of());
    byte[] control = sent(3);
    int length = receiver.rtcp(ByteBuffer.wrap(control));
    assertThat(report(Arrays.copyOf(control, length)).ssrc()).isEqualTo(OURS);
    byte[] rtp = sent(2);
    length = receiver.rtp(ByteBuffer.wrap(rtp));
    assertThat(length).isPositive().isLessThan(rtp.length);
    assertThat(packet(Arrays.copyOf(rtp, length)).ssrc).isEqualTo(OURS);
  }
}
