package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtp.NtpTime;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sender reports of a source. */
class FanoutTest {
  private static final long SECOND = 1_000_000_000L;

  /** Of the host's clock, which is up for eight hours. */
  private static final long NOW = 8 * 3600 * SECOND;

  /** Of the clock of connections, which begins with the process. */
  private static final long ARRIVED = 3 * SECOND;

  private static final SourceTrack SOUND =
      new SourceTrack(1, new MediaStream(1, "audio", "PCMU", 0, 8000, 1, "", false), 7);

  private final EventLoop loop = new DefaultEventLoop();
  private final List<long[]> reports = new CopyOnWriteArrayList<>();

  /** By RTP-Info, the first timestamp of each track. */
  private final List<Long> told = new CopyOnWriteArrayList<>();

  private final List<Long> timestamps = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Reader implements SourceReader {
    @Override
    public void started(List<TrackStart> starts) {
      starts.forEach(start -> told.add(start.timestamp()));
    }

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void send(OutgoingPacket packet) {
      timestamps.add(packet.timestamp());
    }

    @Override
    public void report(int track, ByteBuf rtcp) {
      int at = rtcp.readerIndex();
      reports.add(new long[] {rtcp.getLong(at + 8), rtcp.getUnsignedInt(at + 16)});
    }

    @Override
    public void flush() {}

    @Override
    public void ended(String reason) {}
  }

  private final Fanout fanout =
      new Fanout(
          "door",
          loop,
          List.of(Packets.TRACK, SOUND),
          1 << 20,
          UnpooledByteBufAllocator.DEFAULT,
          new Random(1),
          new KeyFrameDemand(() -> {}));
  private final long wall = 1_700_000_000L * SECOND;

  /** A key frame comes at {@link #NOW}. */
  private void picture() throws Exception {
    picture(0, NOW);
  }

  /**
   * A key frame that comes at {@code now}.
   *
   * @param due nanoseconds after {@link #ARRIVED}
   */
  private void picture(long due, long now) throws Exception {
    RtpPacket packet = Packets.packet(1, 7_000, 9, 0x65, 0x80, 1);
    packet.content().setByte(1, 0x80 | 96);
    packet(Packets.TRACK, packet, due, now);
  }

  private void sound() throws Exception {
    ByteBuf bytes = Unpooled.buffer().writeByte(0x80).writeZero(11).writeZero(160);
    packet(SOUND, RtpPacket.of(SOUND.media(), bytes), 0, NOW);
  }

  private void packet(SourceTrack track, RtpPacket packet, long due, long now) throws Exception {
    List<Frame> frames = new ArrayList<>();
    Depacketizer depacketizer =
        PayloadFormats.depacketizer(track.index(), track.media().payloadFormat(), frames::add)
            .orElseThrow();
    fanout.packet(track.index(), packet, now);
    ByteBuf bytes = packet.content();
    depacketizer.packet(RtpPacket.of(track.media(), bytes), bytes, bytes.readerIndex(), ARRIVED);
    for (Frame frame : frames) {
      Frame timed = frame.at(new FrameTime(ARRIVED + due, true, null, false));
      fanout.frame(track.index(), timed, now, wall);
      timed.release();
    }
    packet.release();
  }

  private void join(long now) {
    fanout.add(new ReaderSlot(new Reader(), Set.of(0), () -> {}), loop, now);
  }

  private void onLoop(Callable<?> task) throws Exception {
    loop.submit(task).get();
    loop.submit(() -> {}).get();
    loop.submit(() -> {}).get();
  }

  @Test
  void sayTheTimeOfWhatIsSentNow() throws Exception {
    onLoop(
        () -> {
          picture();
          join(NOW + SECOND);
          return null;
        });
    assertThat(timestamps).hasSize(1);
    assertThat(reports).hasSize(1);
    long[] report = reports.get(0);
    assertThat(report[1]).isEqualTo((timestamps.get(0) + 90_000) & 0xffff_ffffL);
    assertThat(report[0] - NtpTime.of(wall + SECOND)).as("2^-32 s").isBetween(-9L, 9L);
    loop.submit(() -> fanout.end("over")).get();
  }

  /** Its readers know no other time of it than that, up to the next report seconds later. */
  @Test
  void comeWithTheFirstFrameOfATrackThatBeginsLaterThanItsReaders() throws Exception {
    onLoop(
        () -> {
          join(NOW - SECOND);
          picture();
          return null;
        });
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0)[1]).isEqualTo(timestamps.get(0));
    loop.submit(() -> fanout.end("over")).get();
  }

  /** The sound began when the reader was there, and the picture two seconds behind it. */
  @Test
  void aTrackThatBeginsLaterThanAnotherIsBesideIt() throws Exception {
    onLoop(
        () -> {
          fanout.add(new ReaderSlot(new Reader(), Set.of(0, 1), () -> {}), loop, NOW - SECOND);
          sound();
          picture(2 * SECOND, NOW + 2 * SECOND + SECOND / 5);
          return null;
        });
    assertThat(timestamps).containsExactly(told.get(1), (told.get(0) + 180_000) & 0xffff_ffffL);
    loop.submit(() -> fanout.end("over")).get();
  }
}
