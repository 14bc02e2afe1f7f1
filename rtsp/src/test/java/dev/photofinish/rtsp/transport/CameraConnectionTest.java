package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpReception;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.SessionRequest;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection's timers and frames, on a virtual clock and without a socket. */
class CameraConnectionTest {
  private static final String SDP = "v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n";
  private static final String WITH_FEEDBACK = SDP + "a=rtcp-fb:* nack pli\n";

  private final MockTicker clock = Ticker.newMockTicker();
  private final List<String> reported = new ArrayList<>();
  private final ReceiverReports reports = new ReceiverReports(7);
  private final RtpReception reception = new RtpReception(90000);
  private final CameraConnection connection = connection();
  private final EmbeddedChannel channel =
      EmbeddedChannel.builder().ticker(clock).handlers(new CameraHandler(connection, null)).build();
  private int sequence;
  private int source = 42;
  private Runnable onResponse = () -> {};
  private String lastReason = "";
  private long lastArrival;

  @AfterEach
  void nothingIsLeft() {
    channel.finishAndReleaseAll();
  }

  private CameraConnection connection() {
    return TestConnection.of(7, clock, new Notes());
  }

  /** Goes on to PLAY's answer. */
  private void play() {
    play(SDP);
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
    receive(new RtspResponse(200, "OK", headers.plus("CSeq", cseq), Body.of(body)));
  }

  private void receive(RtspResponse response) {
    channel.writeInbound(new Received(response, 0));
  }

  private void pass(long millis) {
    clock.advance(millis, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  /** In steps, so that every timer fires at its time. */
  private void passSlowly(long millis, boolean media) {
    for (long passed = 0; passed < millis; passed += 100) {
      pass(100);
      if (media) {
        rtp(0, 96);
      }
    }
  }

  private void rtp(int interleaved, int payloadType) {
    channel.writeInbound(new InterleavedFrame(interleaved, packet(payloadType)));
  }

  private ByteBuf packet(int payloadType) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x80).writeByte(payloadType).writeShort(sequence);
    return packet.writeInt(3600 * sequence++).writeInt(source).writeZero(10);
  }

  @Test
  void framesOfOneReadCameTogether() {
    play();
    ByteBuf packet = packet(96);
    connection.bytesRead();
    long read = clock.nanoTime();
    clock.advance(5, TimeUnit.MILLISECONDS); // a listener took its time
    connection.frame(0, packet, 0, packet.readableBytes());
    assertThat(lastArrival).isEqualTo(read);

    connection.bytesRead();
    connection.frame(0, packet, 0, packet.readableBytes());
    assertThat(lastArrival).isEqualTo(clock.nanoTime());
  }

  @Test
  void framesBehindAnAnswerInOneReadCameNoEarlierThanIt() {
    play();
    ByteBuf packet = packet(96);
    connection.bytesRead();
    clock.advance(5, TimeUnit.MILLISECONDS);
    receive(new RtspResponse(200, "OK", Headers.of("CSeq", "99"), Body.empty()));
    connection.frame(0, packet, 0, packet.readableBytes());
    assertThat(lastArrival).isEqualTo(clock.nanoTime());
  }

  @Test
  void receiverReportsGoOutEveryFiveSeconds() throws Exception {
    play();
    passSlowly(4900, true);
    assertThat(channel.<Object>readOutbound()).isNull();
    passSlowly(200, true);
    InterleavedFrame report = channel.readOutbound();
    assertThat(report.channel()).isEqualTo(1);
    List<RtcpPacket> compound = RtcpPacket.parseAll(report.content().nioBuffer());
    report.release();
    assertThat(compound).hasSize(2);
    assertThat(compound.get(0))
        .isInstanceOfSatisfying(
            RtcpPacket.ReceiverReport.class,
            r -> {
              assertThat(r.ssrc()).isEqualTo(7);
              assertThat(r.blocks())
                  .singleElement()
                  .satisfies(b -> assertThat(b.ssrc()).isEqualTo(42));
            });
    passSlowly(4800, true);
    assertThat(channel.<Object>readOutbound()).isNull();
    passSlowly(200, true);
    InterleavedFrame second = channel.readOutbound();
    assertThat(second.channel()).isEqualTo(1);
    second.release();
  }

  private boolean isAskedForAKeyFrame() throws Exception {
    InterleavedFrame request = channel.readOutbound();
    if (request == null) {
      return false;
    }
    assertThat(request.channel()).isEqualTo(1);
    List<RtcpPacket> compound = RtcpPacket.parseAll(request.content().nioBuffer());
    request.release();
    assertThat(compound).endsWith(new RtcpPacket.PictureLoss(7, 42));
    return true;
  }

  @Test
  void aKeyFrameIsAskedForAtOnceAndThenOnceASecond() throws Exception {
    play(WITH_FEEDBACK);
    rtp(0, 96);
    connection.requestKeyFrame();
    assertThat(isAskedForAKeyFrame()).isTrue();
    passSlowly(300, true);
    connection.requestKeyFrame();
    connection.requestKeyFrame();
    passSlowly(600, true);
    assertThat(isAskedForAKeyFrame()).isFalse();
    passSlowly(100, true);
    assertThat(isAskedForAKeyFrame()).isTrue();
    passSlowly(2000, true);
    assertThat(isAskedForAKeyFrame()).isFalse();
    connection.requestKeyFrame();
    assertThat(isAskedForAKeyFrame()).isTrue();
  }

  @Test
  void aKeyFrameThatIsWantedBeforeThereAreTracksIsAskedForBehindTheFirstPacket() throws Exception {
    connection.requestKeyFrame();
    play(WITH_FEEDBACK);
    assertThat(isAskedForAKeyFrame()).isFalse();
    rtp(0, 96);
    assertThat(isAskedForAKeyFrame()).isTrue();
    passSlowly(2000, true);
    assertThat(isAskedForAKeyFrame()).isFalse();
  }

  @Test
  void aKeyFrameThatIsWantedBeforeTheFirstPacketIsAskedForBehindIt() throws Exception {
    play(WITH_FEEDBACK);
    passSlowly(900, false);
    connection.requestKeyFrame();
    assertThat(isAskedForAKeyFrame()).isFalse();
    rtp(0, 96);
    assertThat(isAskedForAKeyFrame()).isTrue();
    connection.requestKeyFrame();
    passSlowly(1000, true);
    assertThat(isAskedForAKeyFrame()).isTrue();
  }

  @Test
  void aKeyFrameIsAskedForOnlyWhereTheDescriptionTakesThat() throws Exception {
    play();
    connection.requestKeyFrame();
    passSlowly(1000, true);
    connection.requestKeyFrame();
    assertThat(isAskedForAKeyFrame()).isFalse();
  }

  @Test
  void silenceIsNotJudgedWhileItIsPaused() {
    play();
    passSlowly(500, true);
    connection.request(new SessionRequest.Pause(1));
    answer("PAUSE", Headers.empty(), "");
    rtp(0, 96);
    passSlowly(20_000, false);
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(reported).doesNotContain("stalled", "silent DEAD");
    connection.request(new SessionRequest.Play(2, PlayRequest.LIVE.withRange(null)));
    answer("PLAY", Headers.empty(), "");
    passSlowly(2000, false);
    answer("OPTIONS", Headers.empty(), "");
    assertThat(reported).endsWith("stalled");
  }

  @Test
  void silenceIsAskedAboutAfterOneSecondAndFatalAfterTwo() {
    play();
    rtp(0, 96);
    pass(999);
    assertThat(channel.<Object>readOutbound()).isNull();
    pass(1);
    RtspRequest probe = channel.readOutbound();
    assertThat(probe.method().name()).isEqualTo("OPTIONS");
    pass(999);
    assertThat(reported).doesNotContain("silent DEAD");
    pass(1);
    assertThat(reported).endsWith("silent DEAD");
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void anAnswerToTheProbeMakesItAStall() {
    play();
    pass(1000);
    answer("OPTIONS", Headers.empty(), "");
    assertThat(reported).endsWith("stalled");
    rtp(0, 96);
    pass(1000);
    assertThat(((RtspRequest) channel.readOutbound()).method().name()).isEqualTo("OPTIONS");
  }

  @Test
  void pausedReadingIsNoSilence() {
    play();
    connection.reading(false);
    assertThat(channel.config().isAutoRead()).isFalse();
    pass(29_000);
    assertThat(channel.<Object>readOutbound()).isNull();
    connection.reading(true);
    pass(1000);
    assertThat(((RtspRequest) channel.readOutbound()).method().name()).isEqualTo("OPTIONS");
  }

  @Test
  void framesBeforePlayIsAnsweredCount() {
    connection.begin();
    connection.choose();
    answer("DESCRIBE", Headers.empty(), SDP);
    answer("SETUP", Headers.of("Session", "abc"), "");
    rtp(0, 96);
    assertThat(reported).contains("rtp 0");
  }

  @Test
  void strayFramesHarmNothing() {
    play();
    rtp(9, 96);
    channel.writeInbound(new InterleavedFrame(0, Unpooled.EMPTY_BUFFER));
    channel.writeInbound(new InterleavedFrame(0, Unpooled.wrappedBuffer(new byte[] {1, 2, 3})));
    assertThat(reported).doesNotContain("rtp 0");
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void rtcpOnTheRtpChannelIsRtcp() {
    play();
    channel.writeInbound(
        new InterleavedFrame(
            0,
            Unpooled.wrappedBuffer(
                RtcpPacket.write(List.of(new RtcpPacket.ReceiverReport(9, List.of()))))));
    assertThat(reported).endsWith("rtcp 0");
  }

  @Test
  void leavingEndsOnce() {
    play();
    connection.leave(null);
    rtp(0, 96);
    assertThat(((RtspRequest) channel.readOutbound()).method().name()).isEqualTo("TEARDOWN");
    assertThat(reported).doesNotContain("rtp 0");
    pass(1000);
    assertThat(reported).endsWith("ended LEFT");
    assertThat(channel.isOpen()).isFalse();
    pass(60_000);
    assertThat(reported.stream().filter(t -> t.startsWith("ended"))).hasSize(1);
  }

  @Test
  void abandoningTearsDownWithoutWaiting() {
    play();
    connection.abandon(new EndReason(EndReason.Kind.DEAD, "test"));
    assertThat(((RtspRequest) channel.readOutbound()).method().name()).isEqualTo("TEARDOWN");
    assertThat(channel.isOpen()).isFalse();
    assertThat(reported).endsWith("ended DEAD");
  }

  @Test
  void oneUnreadableMessageIsForgivenWhilePlayingAndFatalBefore() {
    play();
    channel.pipeline().fireExceptionCaught(new RtspFormatException("status line", "x", "y"));
    assertThat(channel.isOpen()).isTrue();
    connection.leave(null);
    channel.pipeline().fireExceptionCaught(new RtspFormatException("status line", "x", "y"));
    assertThat(reported).endsWith("ended BROKEN");
  }

  // ---- Demultiplexing

  /** The second byte of type 95 with the marker is 223, as of an RTCP packet. */
  @Test
  void aDescribedPayloadTypeIsRtpEvenWhereItLooksLikeRtcp() {
    play("v=0\nm=application 0 RTP/AVP 95\na=rtpmap:95 X/90000\n");
    rtp(0, 0x80 | 95);
    assertThat(reported).endsWith("rtp 0");
  }

  @Test
  void undescribedPayloadTypesAreNoSignOfLife() {
    play();
    assertThat(connection.arrivals().any()).isFalse();
    rtp(0, 96);
    assertThat(connection.arrivals().any()).isTrue();
    pass(900);
    rtp(0, 50);
    assertThat(connection.arrivals().last()).isEqualTo(connection.arrivals().first());
    assertThat(reported).containsOnlyOnce("rtp 0");
    pass(100);
    assertThat(((RtspRequest) channel.readOutbound()).method().name()).isEqualTo("OPTIONS");
  }

  @Test
  void rtpOnTheRtcpChannelIsNothing() {
    play();
    rtp(1, 96);
    assertThat(reported).doesNotContain("rtp 0", "rtcp 0");
  }

  /** Of which the second has channels 2 and 3. */
  private void playTwo(int payloadType) {
    connection.begin();
    connection.choose();
    String audio = "m=audio 0 RTP/AVP " + payloadType + "\na=rtpmap:" + payloadType + " L16/8000\n";
    answer("DESCRIBE", Headers.of("Content-Type", "application/sdp"), SDP + audio);
    answer("SETUP", Headers.of("Session", "abc"), "");
    answer("SETUP", Headers.of("Session", "abc"), "");
    answer("PLAY", Headers.empty(), "");
  }

  /** Some send all media by the channels of the first, whatever they said. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aPayloadTypeThatOneMediaAloneHasSaysWhoseAPacketIs(int interleaved) {
    playTwo(97);
    rtp(interleaved, 97);
    assertThat(reported).endsWith("rtp 1");
  }

  @Test
  void whereBothHaveItTheChannelSays() {
    playTwo(96);
    rtp(0, 96);
    assertThat(reported).endsWith("rtp 0");
    rtp(2, 96);
    assertThat(reported).endsWith("rtp 1");
  }

  /** live555 before 2015 (Reolink, scottlamb/retina#17). */
  @Test
  void anOldSessionsPacketsAreNoMediaOfTheNewOne() {
    connection.begin();
    connection.choose();
    rtp(0, 96);
    answer("DESCRIBE", Headers.of("Content-Type", "application/sdp"), SDP);
    answer("SETUP", Headers.of("Session", "abc"), "");
    rtp(0, 96);
    answer("PLAY", Headers.empty(), "");
    rtp(0, 96);
    assertThat(reported).doesNotContain("rtp 0");
    assertThat(connection.arrivals().any()).isFalse();
    source = 43;
    rtp(0, 96);
    assertThat(reported).endsWith("rtp 0");
  }

  /** RFC 5761 section 4: one channel for both is agreed, and type 95 with a marker is RTCP. */
  @Test
  void onOneChannelForBothRtcpComesBeforeThePayloadTypes() {
    connection.begin();
    connection.choose();
    answer("DESCRIBE", Headers.empty(), "m=application 0 RTP/AVP 95\na=rtpmap:95 X/90000\n");
    String muxed = "RTP/AVP/TCP;unicast;interleaved=0-0";
    answer("SETUP", Headers.of("Session", "abc", "Transport", muxed), "");
    answer("PLAY", Headers.empty(), "");
    rtp(0, 0x80 | 95);
    assertThat(reported).endsWith("rtcp 0");
    rtp(0, 95);
    assertThat(reported).endsWith("rtp 0");
  }

  // ---- Our own slowness

  @Test
  void aLateLoopLooksAtWhatHasArrivedBeforeItConcludesAnything() {
    play();
    rtp(0, 96);
    pass(1000);
    assertThat(((RtspRequest) channel.readOutbound()).method().name()).isEqualTo("OPTIONS");
    pass(1500); // the answer was due after 1000
    assertThat(reported).doesNotContain("silent DEAD");
    rtp(0, 96);
    pass(250);
    assertThat(reported).doesNotContain("silent DEAD");
  }

  @Test
  void theGraceOfALateLoopIsBounded() {
    play();
    rtp(0, 96);
    pass(1000);
    pass(1500);
    pass(249);
    assertThat(reported).doesNotContain("silent DEAD");
    pass(1);
    assertThat(reported).endsWith("silent DEAD");
  }

  @Test
  void anAnswerThatWaitedWhileTheLoopWasLateIsInTime() {
    connection.begin();
    pass(12_000); // response-timeout is 10 s
    answer("DESCRIBE", Headers.empty(), SDP);
    pass(250);
    assertThat(reported).isEmpty();
  }

  // ---- What arrives meanwhile

  /** The race is decided, and its winner chosen, from within the response that decides it. */
  @Test
  void aChoiceFromWithinTheFirstResponseWaitsUntilThatIsHandled() {
    onResponse = connection::choose;
    connection.begin();
    answer("DESCRIBE", Headers.empty(), SDP);
    RtspRequest next = channel.readOutbound();
    assertThat(next.method().name()).isEqualTo("SETUP");
  }

  @Test
  void abandonedFromWithinTheFirstResponseItEndsOnce() {
    onResponse = () -> connection.abandon(new EndReason(EndReason.Kind.DEAD, "test"));
    connection.begin();
    answer("DESCRIBE", Headers.empty(), SDP);
    assertThat(reported).containsOnlyOnce("ended DEAD");
    assertThat(channel.isOpen()).isFalse();
  }

  // ---- What a peer cannot spend

  @Test
  void aThousandMalformedMessagesWithinAMinuteAreEnough() {
    play();
    for (int count = 0; count < MalformedMessages.MOST; count++) {
      channel.pipeline().fireExceptionCaught(new RtspFormatException("status line", "x", "y"));
    }
    assertThat(channel.isOpen()).isTrue();
    channel.pipeline().fireExceptionCaught(new RtspFormatException("status line", "x", "y"));
    assertThat(reported).endsWith("ended BROKEN");
  }

  @Test
  void nothingIsReadWhileOurAnswersAreNot() {
    play();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    channel.runPendingTasks();
    assertThat(channel.config().isAutoRead()).isFalse();
    connection.reading(false);
    connection.reading(true);
    assertThat(channel.config().isAutoRead()).isFalse();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.runPendingTasks();
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void aCameraThatReadsNothingIsNamedAsSuch() {
    play();
    rtp(0, 96);
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    pass(1000);
    pass(1000);
    assertThat(reported).endsWith("silent DEAD");
    assertThat(lastReason).contains("nor does the camera read");
  }

  /** Writes down what is reported to the owner. */
  private final class Notes implements ConnectionListener {
    @Override
    public void responded() {
      onResponse.run();
    }

    @Override
    public void rtp(int track, ReceivedPacket packet, long now) {
      reception.packet(packet.sequence(), packet.timestamp(), packet.ssrc(), packet.length(), now);
      lastArrival = now;
      reported.add("rtp " + track);
    }

    @Override
    public void rtcp(int track, ByteBuf packet, long now) {
      reported.add("rtcp " + track);
    }

    @Override
    public byte @Nullable [] report(int track, long now) {
      return reports.of(reception.report(now));
    }

    @Override
    public byte @Nullable [] keyFrameRequest(int track, long now) {
      RtcpPacket.ReportBlock block = reception.report(now);
      return block == null ? null : reports.pictureLoss(block);
    }

    @Override
    public void stalled() {
      reported.add("stalled");
    }

    @Override
    public void silent(EndReason end) {
      reported.add("silent " + end.kind());
      lastReason = end.reason();
    }

    @Override
    public void ended(EndReason end) {
      reported.add("ended " + end.kind());
    }
  }
}
