package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.transport.ReceivedPacket;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statistics of media that come and go. */
class StreamRecordTest {
  private final StreamRecord record = new StreamRecord(0);

  private static MediaStream media(int index, String codec) {
    return new MediaStream(index, "video", codec, 96, 90_000, 0, "", false);
  }

  private List<MediaStatistics> kept() {
    return record.snapshot(CameraState.PLAYING, 0).streams();
  }

  private ConnectionRecord open(List<MediaStream> streams) {
    return record.open(streams, Optional.empty());
  }

  private static void packet(ConnectionRecord connection, int track, int sequence)
      throws Exception {
    byte[] packet = new byte[20];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[3] = (byte) sequence;
    ReceivedPacket received = new ReceivedPacket();
    received.set(Unpooled.wrappedBuffer(packet), 0, packet.length);
    connection.packet(track, received, 0);
  }

  @Test
  void theSameMediaGoesOnCounting() throws Exception {
    for (int connection = 0; connection < 3; connection++) {
      packet(open(List.of(media(0, "H264"))), 0, 0);
    }
    assertThat(kept()).singleElement().satisfies(m -> assertThat(m.packets()).isEqualTo(3));
  }

  /**
   * A connection may send until the one that takes its place does, which may be described alike.
   */
  @Test
  void aConnectionThatIsBeingReplacedCountsItsOwnMedia() throws Exception {
    ConnectionRecord old = open(List.of(media(0, "H264"), media(1, "PCMU")));
    packet(old, 0, 1);
    ConnectionRecord next = open(List.of(media(0, "H265")));
    packet(next, 0, 100);
    packet(old, 0, 2);
    packet(old, 1, 7);
    packet(next, 0, 101);
    assertThat(record.streams()).extracting(MediaStream::codec).containsExactly("H265");
    assertThat(kept()).extracting(MediaStatistics::packets).containsExactly(2L, 1L, 2L);
    assertThat(kept()).allSatisfy(m -> assertThat(m.lost()).isZero());
  }

  @Test
  void whatTwoConnectionsLostIsTheSum() throws Exception {
    ConnectionRecord old = open(List.of(media(0, "H264")));
    ConnectionRecord next = open(List.of(media(0, "H264")));
    packet(old, 0, 1);
    packet(next, 0, 101);
    packet(old, 0, 4);
    packet(next, 0, 103);
    record.end(old);
    record.end(old);
    assertThat(kept()).extracting(MediaStatistics::lost).containsExactly(3L);
    assertThat(kept()).extracting(MediaStatistics::packets).containsExactly(4L);
  }

  @Test
  void whatTheKernelDroppedIsCountedByMedia() {
    ConnectionRecord connection = open(List.of(media(0, "H264"), media(1, "H265")));
    connection.tracks().get(1).droppedByKernel(3);
    connection.tracks().get(1).droppedByKernel(4);
    assertThat(kept()).extracting(MediaStatistics::droppedByKernel).containsExactly(0L, 7L);
  }

  @Test
  void theDescriptionIsThatOfTheLatestConnection() {
    assertThat(record.description()).isEmpty();
    record.open(List.of(media(0, "H264")), Optional.of("v=0 1"));
    record.open(List.of(media(0, "H264")), Optional.of("v=0 2"));
    assertThat(record.description()).contains("v=0 2");
  }

  @Test
  void whatSrtpRejectedIsCountedByMedia() {
    ConnectionRecord connection = open(List.of(media(0, "H264"), media(1, "H265")));
    connection.tracks().get(1).rejected();
    record.end(connection);
    open(List.of(media(0, "H264"), media(1, "H265"))).tracks().get(1).rejected();
    assertThat(kept()).extracting(MediaStatistics::rejected).containsExactly(0L, 2L);
  }

  @Test
  void mediaThatAreDescribedWithoutEndAreNotKeptWithoutEnd() throws Exception {
    for (int number = 0; number < 10_000; number++) {
      ConnectionRecord connection = open(List.of(media(0, "H264"), media(1, "X" + number)));
      packet(connection, 0, 0);
      packet(connection, 1, 0);
      record.end(connection);
    }
    assertThat(kept()).hasSize(StreamRecord.MOST_MEDIA);
    assertThat(kept()).first().satisfies(m -> assertThat(m.packets()).isEqualTo(10_000));
    assertThat(kept()).last().satisfies(m -> assertThat(m.stream().codec()).isEqualTo("X9999"));
  }
}
