package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.Publication;
import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A published track without a network: order, strangers, reports. */
class ReceivedTrackTest implements Publication, TrackInput {
  private static final MediaStream MEDIA =
      new MediaStream(0, "video", "H264", 96, 90_000, 0, "", false);

  private final List<Integer> sequences = new ArrayList<>();
  private final List<Long> clocks = new ArrayList<>();
  private final List<byte[]> reports = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private boolean unordered;
  private boolean stopped;

  private ReceivedTrack track() {
    return new ReceivedTrack(
        MEDIA, this, this, channel.eventLoop(), Ticker.systemTicker(), new ReceiverReports(5));
  }

  private static void send(ReceivedTrack to, int type, int... sequences) {
    for (int sequence : sequences) {
      ByteBuf packet = Unpooled.buffer();
      packet.writeByte(0x80).writeByte(type).writeShort(sequence).writeInt(9_000).writeInt(77);
      to.rtp(packet.writeByte(0x61));
      packet.release();
    }
  }

  @Test
  void packetsComeInOrder() {
    unordered = true;
    ReceivedTrack track = track();
    send(track, 96, 1, 3, 2, 2, 4);
    assertThat(sequences).containsExactly(1, 2, 3, 4);
  }

  @Test
  void overTcpTheyComeAsTheyAre() {
    send(track(), 96, 1, 3, 2);
    assertThat(sequences).containsExactly(1, 3, 2);
  }

  /** What waits is let go: the leak detector would say it. */
  @Test
  void nothingComesBehindItsEnd() {
    unordered = true;
    ReceivedTrack track = track();
    send(track, 96, 1, 3);
    track.close();
    assertThat(stopped).isTrue();
    assertThat(channel.runScheduledPendingTasks()).isNegative();
    assertThat(sequences).containsExactly(1);
  }

  @Test
  void whatWasNotAnnouncedIsIgnored() {
    ReceivedTrack track = track();
    send(track, 97, 1);
    track.rtp(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
    assertThat(sequences).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatComesIsReportedOn(boolean udp) throws Exception {
    unordered = udp;
    ReceivedTrack track = track();
    track.report();
    assertThat(reports).isEmpty();
    send(track, 96, 1, 2, 4);
    track.rtcp(
        Unpooled.wrappedBuffer(
            RtcpPacket.write(
                List.of(
                    new RtcpPacket.SenderReport(
                        77, 0x1111_2222_3333_4444L, 9_000, 3, 3, List.of())))));
    track.report();
    RtcpPacket.ReceiverReport report =
        (RtcpPacket.ReceiverReport) RtcpPacket.parseAll(ByteBuffer.wrap(reports.get(0))).get(0);
    RtcpPacket.ReportBlock block = report.blocks().get(0);
    assertThat(report.ssrc()).isEqualTo(5);
    assertThat(block.ssrc()).isEqualTo(77);
    assertThat(block.cumulativeLost()).isEqualTo(1);
    assertThat(block.lastReport()).isEqualTo(0x2222_3333L);
    assertThat(clocks).containsExactly(0x1111_2222_3333_4444L, 9_000L);
  }

  // ---- As the source

  @Override
  public void packet(RtpPacket packet) {
    sequences.add(packet.sequence());
  }

  @Override
  public void reported(int media, long ntp, long rtpTime) {
    clocks.add(ntp);
    clocks.add(rtpTime);
  }

  @Override
  public void close(String reason) {}

  // ---- As the transport

  @Override
  public boolean isUnordered() {
    return unordered;
  }

  @Override
  public void open(Receiver receiver) {}

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public boolean frame(int number, ByteBuf content) {
    return false;
  }

  @Override
  public void report(byte[] rtcp) {
    reports.add(rtcp);
  }

  @Override
  public void close() {}
}
