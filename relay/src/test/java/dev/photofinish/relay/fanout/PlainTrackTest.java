package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlainTrackTest {
  private static final long SECOND = 1_000_000_000L;
  private static final MediaStream PCMU =
      new MediaStream(0, "audio", "PCMU", 0, 8000, 1, "", false);

  private static final SourceTrack TRACK = new SourceTrack(0, PCMU, 7);

  private final TrackOutput output = new TrackOutput(TRACK, 1, 1000);
  private final List<OutgoingPacket> sent = new ArrayList<>();
  private final List<RtpPacket> camera = new ArrayList<>();
  private final PlainTrack track = track(TRACK);

  private PlainTrack track(SourceTrack of) {
    return new PlainTrack(output, of, UnpooledByteBufAllocator.DEFAULT, sent::add);
  }

  @AfterEach
  void nothingLeaks() {
    track.release();
    output.release();
    sent.forEach(OutgoingPacket::release);
    assertThat(sent).allMatch(packet -> packet.refCnt() == 0);
    camera.forEach(RtpPacket::release);
    assertThat(camera).allMatch(packet -> packet.refCnt() == 0);
  }

  private RtpPacket put(PlainTrack to, int sequence, long timestamp, long now) throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    bytes.writeByte(0x80).writeByte(0).writeShort(sequence).writeInt((int) timestamp).writeInt(5);
    RtpPacket packet = RtpPacket.of(PCMU, bytes.writeZero(160));
    camera.add(packet);
    to.packet(packet, now);
    return packet;
  }

  private void frame(RtpPacket packet, double due, long now) {
    List<Frame> frames = new ArrayList<>();
    Depacketizer depacketizer =
        PayloadFormats.depacketizer(0, PCMU.payloadFormat(), frames::add).orElseThrow();
    depacketizer.packet(packet, packet.content(), packet.content().readerIndex(), now);
    assertThat(frames).hasSize(1);
    track.frame(frames.get(0), (long) (due * 0x1p32), now);
    output.timed(packet.timestamp(), (long) (due * 0x1p32), now);
    frames.forEach(Frame::release);
  }

  private List<Long> timestamps() {
    return sent.stream().map(OutgoingPacket::timestamp).toList();
  }

  @Test
  void packetsPassAsTheyCome() throws Exception {
    put(track, 1, 500, 0);
    put(track, 2, 660, 0);
    assertThat(timestamps()).containsExactly(1000L, 1160L);
  }

  @Test
  void behindAnInterruptionTheyWaitForTheTimeOfAFrame() throws Exception {
    frame(put(track, 1, 500, 0), 10, 0);
    track.interrupted(0);
    put(track, 70, 9000, SECOND + SECOND / 10);
    assertThat(sent).hasSize(1);
    frame(put(track, 71, 9160, SECOND + SECOND / 10), 11, SECOND + SECOND / 10);
    assertThat(timestamps()).containsExactly(1000L, 8840L, 9000L);
    put(track, 72, 9320, 2 * SECOND);
    assertThat(timestamps()).hasSize(4).endsWith(9160L);
  }

  /** Video, a second after it began at 10 s. */
  private void videoBegan() {
    TrackTimes video = new TrackTimes(5_000, 90_000);
    video.sent(new SentTime(95_000, (long) (11 * 0x1p32), SECOND));
    output.times().began(video);
  }

  /** RTP-Info said that both begin at once. */
  @Test
  void whatBeginsLaterThanAReaderIsWhereThatWasToldThatItIs() throws Exception {
    assertThat(output.next(OptionalLong.empty(), 0).timestamp()).isEqualTo(1000);
    videoBegan();
    put(track, 1, 500, SECOND + SECOND / 5);
    assertThat(sent).isEmpty();
    frame(put(track, 2, 660, SECOND + SECOND / 5), 11, SECOND + SECOND / 5);
    assertThat(timestamps()).containsExactly(8840L, 9000L);
    OptionalLong later = OptionalLong.of((long) (12 * 0x1p32));
    assertThat(output.next(later, 2 * SECOND).timestamp()).isEqualTo(17_000);
  }

  /** One that is due before the other. */
  @Test
  void whatBeginsLaterMayBeOfBefore() throws Exception {
    videoBegan();
    frame(put(track, 1, 500, SECOND / 5), 9.9, SECOND / 5);
    assertThat(timestamps()).containsExactly(200L);
  }

  @Test
  void whatBeginsLaterWithoutAFrameIsPlacedByItsArrival() throws Exception {
    PlainTrack unknown =
        track(new SourceTrack(0, new MediaStream(0, "audio", "G729", 0, 8000, 1, "", false), 7));
    videoBegan();
    put(unknown, 1, 500, 2 * SECOND);
    assertThat(timestamps()).containsExactly(17_000L);
  }

  @Test
  void withoutFramesTheyDoNotWaitForLong() throws Exception {
    frame(put(track, 1, 500, 0), 10, 0);
    track.interrupted(0);
    for (int i = 0; i < 64; i++) {
      put(track, 100 + i, 9000 + i * 160, SECOND);
    }
    assertThat(sent).hasSize(65);
    assertThat(sent.get(1).timestamp()).isEqualTo(9000);
  }

  @Test
  void whatIsNotUnderstoodDoesNotWait() throws Exception {
    PlainTrack unknown =
        track(new SourceTrack(0, new MediaStream(0, "audio", "G729", 0, 8000, 1, "", false), 7));
    put(unknown, 1, 500, 0);
    unknown.interrupted(0);
    put(unknown, 70, 9000, SECOND);
    assertThat(timestamps()).containsExactly(1000L, 9000L);
  }
}
