package dev.photofinish.relay.fanout;

import static dev.photofinish.relay.fanout.Packets.SECOND;
import static dev.photofinish.relay.fanout.Packets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtcpPacket.SenderReport;
import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrackOutputTest {
  private static final int FIRST = 65_534;
  private static final long FIRST_TIME = 0xffff_0000L;

  private final TrackOutput output = new TrackOutput(Packets.TRACK, FIRST, FIRST_TIME);

  @AfterEach
  void nothingIsKept() {
    output.release();
  }

  private RtpHeader take(RtpPacket packet, long now) throws Exception {
    OutgoingPacket made =
        output.packet(packet, packet.content(), 96, UnpooledByteBufAllocator.DEFAULT, now);
    RtpHeader header = RtpHeader.parse(made.rtp().nioBuffer());
    assertThat(made.sequence()).isEqualTo(header.sequence());
    assertThat(made.timestamp()).isEqualTo(header.timestamp());
    made.release();
    packet.release();
    return header;
  }

  @Test
  void thePacketsAreOfOneSourceOfTheRelays() throws Exception {
    RtpHeader header = take(packet(7, 1000, 5, 1, 2, 3), 0);
    assertThat(header.ssrc()).isEqualTo(Packets.TRACK.ssrc());
    assertThat(header.sequence()).isEqualTo(FIRST);
    assertThat(header.timestamp()).isEqualTo(FIRST_TIME);
    assertThat(header.payloadLength()).isEqualTo(3);
  }

  @Test
  void numbersAndTimesGoOnThroughTheirWrapAround() throws Exception {
    take(packet(65_535, 0xffff_ffffL, 5), 0);
    assertThat(take(packet(0, 3599, 5), SECOND / 25).sequence()).isEqualTo(65_535);
    RtpHeader third = take(packet(1, 7199, 5), 2 * SECOND / 25);
    assertThat(third.sequence()).isZero();
    assertThat(third.timestamp()).isEqualTo((FIRST_TIME + 7200) & 0xffff_ffffL);
  }

  @Test
  void whatTheCameraLostIsLostToTheReadersToo() throws Exception {
    take(packet(1, 0, 5), 0);
    assertThat(take(packet(4, 0, 5), 0).sequence()).isEqualTo((FIRST + 3) & 0xffff);
  }

  @Test
  void aLatePacketKeepsItsPlaceAndDoesNotTurnBackTheNumbers() throws Exception {
    take(packet(1, 0, 5), 0);
    take(packet(3, 7200, 5), SECOND / 12);
    assertThat(take(packet(2, 3600, 5), SECOND / 12).sequence()).isEqualTo((FIRST + 1) & 0xffff);
    output.restart();
    assertThat(take(packet(900, 55, 6), SECOND / 12).sequence()).isEqualTo((FIRST + 3) & 0xffff);
  }

  @Test
  void anotherConnectionGoesOnWithoutAGapAndLaterByTheTimeThatPassed() throws Exception {
    take(packet(100, 50_000, 5), 0);
    output.restart();
    RtpHeader after = take(packet(30_000, 9, 5), 10 * SECOND);
    assertThat(after.sequence()).isEqualTo((FIRST + 1) & 0xffff);
    assertThat(after.timestamp()).isEqualTo((FIRST_TIME + 900_000) & 0xffff_ffffL);
  }

  private boolean isDiscontinuity(RtpPacket packet, long now) {
    OutgoingPacket made =
        output.packet(packet, packet.content(), 96, UnpooledByteBufAllocator.DEFAULT, now);
    packet.release();
    made.release();
    return made.isDiscontinuity();
  }

  @Test
  void theFirstPacketOfAConnectionOrSourceIsADiscontinuity() {
    assertThat(isDiscontinuity(packet(1, 0, 5), 0)).as("the very first").isTrue();
    assertThat(isDiscontinuity(packet(4, 0, 5), 0)).as("after a loss").isFalse();
    output.restart();
    assertThat(isDiscontinuity(packet(5, 0, 5), 0)).as("another connection").isTrue();
    assertThat(isDiscontinuity(packet(6, 0, 7), 0)).as("another source").isTrue();
    assertThat(isDiscontinuity(packet(7, 0, 7), 0)).isFalse();
  }

  @Test
  void anotherSourceOfTheSameConnectionDoesTheSame() throws Exception {
    take(packet(100, 50_000, 5), 0);
    RtpHeader after = take(packet(7, 9, 6), SECOND);
    assertThat(after.sequence()).isEqualTo((FIRST + 1) & 0xffff);
    assertThat(after.timestamp()).isEqualTo((FIRST_TIME + 90_000) & 0xffff_ffffL);
  }

  @Test
  void aClockThatIsSetIsNotSeen() throws Exception {
    take(packet(1, 0, 5), 0);
    RtpHeader after = take(packet(2, 90_000L * 3600, 5), SECOND);
    assertThat(after.timestamp()).isEqualTo((FIRST_TIME + 90_000) & 0xffff_ffffL);
    assertThat(after.sequence()).isEqualTo((FIRST + 1) & 0xffff);
  }

  @Test
  void timesNeverStandStillBetweenConnections() throws Exception {
    take(packet(1, 0, 5), 0);
    output.restart();
    assertThat(take(packet(2, 0, 5), 0).timestamp()).isEqualTo(FIRST_TIME + 1);
  }

  @Test
  void aPayloadTypeThatChangedIsTheOneThatWasTold() throws Exception {
    RtpPacket packet = packet(1, 0, 5);
    packet.content().setByte(1, 0x80 | 97);
    RtpPacket of97 = RtpPacket.of(Packets.H264, packet.content().retain());
    OutgoingPacket made =
        output.packet(of97, of97.content(), 97, UnpooledByteBufAllocator.DEFAULT, 0);
    RtpHeader header = RtpHeader.parse(made.rtp().nioBuffer());
    assertThat(header.payloadType()).isEqualTo(96);
    assertThat(header.marker()).isTrue();
    made.release();
    of97.release();
    packet.release();
  }

  @Test
  void aFrameAgainIsOfNow() throws Exception {
    RtpPacket packet = packet(1, 0, 5, 0x65);
    OutgoingPacket made =
        output.packet(packet, packet.content(), 96, UnpooledByteBufAllocator.DEFAULT, 0);
    List<OutgoingPacket> again =
        output.repeat(List.of(), List.of(made, made), UnpooledByteBufAllocator.DEFAULT, SECOND);
    assertThat(again).extracting(OutgoingPacket::sequence).containsExactly(65_535, 0);
    assertThat(again)
        .extracting(OutgoingPacket::timestamp)
        .containsOnly((FIRST_TIME + 90_000) & 0xffff_ffffL);
    assertThat(take(packet(2, 3600, 5), SECOND).sequence()).isEqualTo(1);
    again.forEach(OutgoingPacket::release);
    made.release();
    packet.release();
  }

  @Test
  void anInsertedPacketMovesThoseAfterIt() throws Exception {
    RtpPacket next = packet(40, 3600, 5);
    OutgoingPacket made =
        output.insert(
            Unpooled.wrappedBuffer(new byte[] {0x67, 1}),
            next,
            UnpooledByteBufAllocator.DEFAULT,
            0);
    assertThat(made.sequence()).isEqualTo(FIRST);
    RtpHeader header = take(next, 0);
    assertThat(header.sequence()).isEqualTo(FIRST + 1);
    assertThat(header.timestamp()).isEqualTo(made.timestamp());
    made.release();
  }

  @Test
  void aReportSaysWhichTimestampIsNow() throws Exception {
    assertThat(output.isReportable()).isFalse();
    take(packet(1, 5000, 5, 1, 2, 3), 0);
    output.timed(5000, 10L << 32, 0);
    byte[] compound = output.report("photofinish/door", SECOND / 2);
    SenderReport report = (SenderReport) RtcpPacket.parseAll(ByteBuffer.wrap(compound)).get(0);
    assertThat(report.ssrc()).isEqualTo(Packets.TRACK.ssrc());
    assertThat(report.ntpTime()).isEqualTo((10L << 32) | 0x8000_0000L);
    assertThat(report.rtpTime()).isEqualTo((FIRST_TIME + 45_000) & 0xffff_ffffL);
    assertThat(report.packets()).isEqualTo(1);
    assertThat(report.octets()).isEqualTo(3);
  }

  private static long ntp(double seconds) {
    return (long) (seconds * 0x1p32);
  }

  /** FFmpeg takes the times of each report at once: packets behind it were before those it had. */
  @Test
  void timesThatWouldGoBackAreMovedButForACreep() throws Exception {
    take(packet(1, 5000, 5), 0);
    assertThat(output.timed(5000, ntp(10), 0)).isZero();
    take(packet(2, 95_000, 5), SECOND);
    assertThat(output.timed(95_000, ntp(10.9995), SECOND)).as("half a thousandth").isZero();
    take(packet(3, 185_000, 5), 2 * SECOND);
    long moved = output.timed(185_000, ntp(11.8), 2 * SECOND);
    assertThat(moved).isBetween(198_000_000L, 199_000_000L);
    assertThat(sayAt(2 * SECOND).ntpTime()).isBetween(ntp(11.998), ntp(11.999));
  }

  @Test
  void timesGoAheadAsTheyAre() throws Exception {
    take(packet(1, 5000, 5), 0);
    output.timed(5000, ntp(10), 0);
    assertThat(output.timed(5000, ntp(10.5), 0)).isZero();
    assertThat(sayAt(0).ntpTime()).isEqualTo(ntp(10.5));
  }

  private SenderReport sayAt(long now) throws Exception {
    byte[] compound = output.report("photofinish/door", now);
    return (SenderReport) RtcpPacket.parseAll(ByteBuffer.wrap(compound)).get(0);
  }

  @Test
  void theNextPacketIsOfTheInstantThatAllHaveInCommon() throws Exception {
    take(packet(1, 5000, 5), 0);
    output.timed(5000, ntp(10), 0);
    assertThat(output.times().due(SECOND)).hasValue(ntp(11));
    NextPacket next = output.next(OptionalLong.of(ntp(11.5)), SECOND);
    assertThat(next.timestamp()).isEqualTo((FIRST_TIME + 135_000) & 0xffff_ffffL);
    assertThat(next.sequence()).isEqualTo((FIRST + 1) & 0xffff);
  }

  private RtpHeader begin(RtpPacket packet, double due, long moved, long now) throws Exception {
    long ntp = (long) (due * 0x1p32);
    assertThat(output.begin(packet, packet.timestamp(), ntp, 0, now)).isEqualTo(moved);
    return take(packet, now);
  }

  @Test
  void theFirstOfAConnectionKeepsItsPlaceBesideTheOtherTracks() throws Exception {
    take(packet(1, 5000, 5), 0);
    output.timed(5000, 10L << 32, 0);
    output.restart();
    RtpHeader after = begin(packet(900, 77, 6), 11, 0, SECOND + SECOND / 10);
    assertThat(after.timestamp()).isEqualTo((FIRST_TIME + 90_000) & 0xffff_ffffL);
    assertThat(after.sequence()).isEqualTo((FIRST + 1) & 0xffff);
  }

  @Test
  void whatWouldBeBeforeSomethingThatWasSentIsMoved() throws Exception {
    take(packet(1, 5000, 5), 0);
    output.timed(5000, 10L << 32, 0);
    take(packet(2, 5000 + 9000, 5), SECOND / 10);
    output.restart();
    long moved = SECOND / 50 + Math.round(SECOND / 90_000.0);
    RtpHeader after = begin(packet(900, 77, 6), 10.08, moved, SECOND / 5);
    assertThat(after.timestamp()).isEqualTo((FIRST_TIME + 9001) & 0xffff_ffffL);
  }

  /** The leading pictures of an open group are shown before its first. */
  @Test
  void whatFollowsTheFirstMayBeBeforeIt() throws Exception {
    take(packet(1, 5000, 5), 0);
    output.timed(5000, 10L << 32, 0);
    output.restart();
    RtpPacket key = packet(900, 70_000, 6);
    assertThat(output.begin(key, 70_000, ntp(10.1), 0.5, SECOND / 10)).isPositive();
    assertThat(take(key, SECOND / 10).timestamp()).isEqualTo((FIRST_TIME + 45_001) & 0xffff_ffffL);
    assertThat(take(packet(901, 70_000 - 45_000, 6), SECOND / 10).timestamp())
        .isEqualTo((FIRST_TIME + 1) & 0xffff_ffffL);
  }

  @Test
  void aTimeOfAnotherClockIsNotFollowed() throws Exception {
    take(packet(1, 5000, 5), 0);
    output.timed(5000, 10L << 32, 0);
    output.restart();
    RtpHeader after = begin(packet(900, 77, 6), 15, -4 * SECOND, SECOND);
    assertThat(after.timestamp()).isEqualTo((FIRST_TIME + 90_000) & 0xffff_ffffL);
  }

  @Test
  void beforeThereWereFramesATrackBeginsAsItComes() throws Exception {
    take(packet(1, 5000, 5), 0);
    output.restart();
    RtpHeader after = begin(packet(900, 77, 6), 15, 0, SECOND);
    assertThat(after.timestamp()).isEqualTo((FIRST_TIME + 90_000) & 0xffff_ffffL);
  }
}
