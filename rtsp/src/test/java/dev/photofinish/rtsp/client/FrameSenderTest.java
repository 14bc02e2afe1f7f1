package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import dev.photofinish.rtsp.client.FrameSender.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames to the packets and reports of a publisher. */
class FrameSenderTest {
  private static final FrameFormat VIDEO = FrameFormat.video(Codec.H264, 90_000);
  private static final FrameFormat AUDIO = FrameFormat.audio(Codec.PCMU, 8_000, 8_000, 1);
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final FrameSender sender =
      new FrameSender(
          List.of(MediaStream.of(0, VIDEO), MediaStream.of(1, AUDIO)),
          new Random(20_261_129),
          InstantSource.fixed(NOW));
  private final Outlet outlet = new Outlet();

  /** Keeps what is written. */
  private static final class Outlet implements FrameSender.Outlet {
    private final List<RtpHeader> packets = new ArrayList<>();
    private final List<RtcpPacket> reports = new ArrayList<>();
    private boolean full;

    @Override
    public boolean isFull() {
      return full;
    }

    @Override
    public void write(int track, boolean control, ByteBuf packet) {
      try {
        if (control) {
          reports.addAll(RtcpPacket.parseAll(packet.nioBuffer()));
        } else {
          packets.add(RtpHeader.parse(packet.nioBuffer()));
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    List<RtcpPacket.SenderReport> senderReports() {
      return reports.stream()
          .filter(RtcpPacket.SenderReport.class::isInstance)
          .map(RtcpPacket.SenderReport.class::cast)
          .toList();
    }
  }

  private Outcome video(long millis, boolean key, Outlet to) {
    byte[] unit = {0, 0, 0, 1, (byte) (key ? 0x65 : 0x41), 7};
    return send(0, VIDEO, millis, unit, key ? RandomAccess.IDR : RandomAccess.NONE, to);
  }

  private Outcome audio(long millis, Outlet to) {
    return send(1, AUDIO, millis, new byte[160], RandomAccess.IDR, to);
  }

  private Outcome send(
      int track, FrameFormat format, long millis, byte[] bytes, RandomAccess access, Outlet to) {
    int[] units = track == 0 ? new int[] {0} : new int[0];
    Frame frame =
        Frame.of(track, format, Unpooled.wrappedBuffer(bytes), units, 0, access, false)
            .at(new FrameTime(millis * 1_000_000, true, null, false));
    try {
      return sender.send(frame, to);
    } finally {
      assertThat(frame.refCnt()).isEqualTo(1);
      frame.release();
    }
  }

  /** Ticks of each media's own clock, whatever it begins with. */
  @Test
  void timestampsFollowTheFramesTime() {
    video(1_000, true, outlet);
    video(1_040, false, outlet);
    video(1_020, false, outlet); // decoding order
    long first = outlet.packets.get(0).timestamp();
    assertThat(outlet.packets)
        .extracting(p -> (p.timestamp() - first) & 0xffff_ffffL)
        .containsExactly(0L, 3_600L, 1_800L);
    assertThat(outlet.packets).allMatch(RtpHeader::marker);
    int number = outlet.packets.get(0).sequence();
    assertThat(outlet.packets)
        .extracting(p -> (p.sequence() - number) & 0xffff)
        .containsExactly(0, 1, 2);
  }

  /** RFC 3550 section 6.4.1: one time of day for all media, and one name (section 6.5.1). */
  @Test
  void reportsSayWhichTimeOfDayItIs() {
    video(1_000, true, outlet);
    audio(1_500, outlet);
    List<RtcpPacket.SenderReport> reports = outlet.senderReports();
    assertThat(reports).hasSize(2);
    assertThat(reports.get(0).ntpTime() >>> 32).isEqualTo(NOW.getEpochSecond() + 2_208_988_800L);
    assertThat(reports.get(1).ntpTime() - reports.get(0).ntpTime()).isEqualTo(1L << 31);
    assertThat(reports.get(1).rtpTime()).isEqualTo(outlet.packets.get(1).timestamp());
    assertThat(
            outlet.reports.stream()
                .filter(RtcpPacket.SourceDescription.class::isInstance)
                .map(p -> ((RtcpPacket.SourceDescription) p).chunks().get(0).items())
                .distinct())
        .hasSize(1);
  }

  @Test
  void reportsComeEachFiveSecondsAndOnEachConnection() {
    for (int second = 0; second <= 10; second++) {
      video(1_000L * second, true, outlet);
    }
    assertThat(outlet.senderReports())
        .extracting(RtcpPacket.SenderReport::packets)
        .containsExactly(0L, 5L, 10L);
    Outlet next = new Outlet();
    video(11_000, true, next);
    assertThat(next.senderReports()).hasSize(1);
    assertThat(next.senderReports().get(0).octets()).isEqualTo(22);
  }

  @Test
  void eachConnectionBeginsWithAKeyFrame() {
    assertThat(video(0, false, outlet)).isEqualTo(Outcome.DROPPED);
    assertThat(audio(0, outlet)).isEqualTo(Outcome.SENT);
    assertThat(video(40, true, outlet)).isEqualTo(Outcome.SENT);
    assertThat(video(80, false, outlet)).isEqualTo(Outcome.SENT);
    assertThat(sender.send(keyFrame(), null)).isEqualTo(Outcome.DROPPED);
    Outlet next = new Outlet();
    assertThat(video(160, false, next)).isEqualTo(Outcome.DROPPED);
    assertThat(video(200, true, next)).isEqualTo(Outcome.SENT);
    assertThat(sender.sent()).isEqualTo(4);
    assertThat(sender.dropped()).isEqualTo(3);
    assertThat(sender.packets()).isEqualTo(4);
  }

  private static Frame keyFrame() {
    byte[] unit = {0, 0, 0, 1, 0x65, 7};
    return Frame.of(
        0, VIDEO, Unpooled.wrappedBuffer(unit), new int[] {0}, 0, RandomAccess.IDR, false);
  }

  /** What does not fit is left out up to the next key frame, and said once. */
  @Test
  void aSlowServerGetsTheNextKeyFrame() {
    video(0, true, outlet);
    outlet.full = true;
    assertThat(video(40, false, outlet)).isEqualTo(Outcome.FELL_BEHIND);
    assertThat(audio(40, outlet)).isEqualTo(Outcome.DROPPED);
    assertThat(video(80, true, outlet)).isEqualTo(Outcome.DROPPED);
    outlet.full = false;
    assertThat(audio(80, outlet)).isEqualTo(Outcome.SENT);
    assertThat(video(120, false, outlet)).isEqualTo(Outcome.DROPPED);
    assertThat(video(160, true, outlet)).isEqualTo(Outcome.SENT);
    assertThat(video(200, false, outlet)).isEqualTo(Outcome.SENT);
    outlet.full = true;
    assertThat(video(240, false, outlet)).isEqualTo(Outcome.FELL_BEHIND);
  }

  @Test
  void whatWasNotAnnouncedIsRefused() {
    assertThatThrownBy(() -> send(2, AUDIO, 0, new byte[1], RandomAccess.IDR, outlet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frame: media 2 was not announced; expected 0 to 1");
    assertThatThrownBy(() -> send(1, VIDEO, 0, new byte[1], RandomAccess.IDR, outlet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frame: H264 is not valid; expected PCMU");
    assertThatThrownBy(() -> MediaStream.of(0, FrameFormat.video(Codec.VP8, 90_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("format: VP8 cannot be sent; expected H264,");
  }
}
