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

  private void packet(int track) throws Exception {
    byte[] packet = new byte[20];
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    ReceivedPacket received = new ReceivedPacket();
    received.set(Unpooled.wrappedBuffer(packet), 0, packet.length);
    record.packet(track, received, 0);
  }

  @Test
  void theSameMediaGoesOnCounting() throws Exception {
    for (int connection = 0; connection < 3; connection++) {
      record.assign(List.of(media(0, "H264")), Optional.empty());
      packet(0);
    }
    assertThat(kept()).singleElement().satisfies(m -> assertThat(m.packets()).isEqualTo(3));
  }

  /** A connection may send until the one that takes its place does. */
  @Test
  void aTrackThatTheNextConnectionDoesNotHaveIsNotCounted() throws Exception {
    record.assign(List.of(media(0, "H264"), media(1, "H265")), Optional.empty());
    record.assign(List.of(media(0, "H264")), Optional.empty());
    packet(1);
    record.control(1, List.of(), 0);
    assertThat(record.report(1, 0)).isNull();
    assertThat(kept()).allSatisfy(m -> assertThat(m.packets()).isZero());
  }

  @Test
  void whatTheKernelDroppedIsCountedByMedia() {
    record.assign(List.of(media(0, "H264"), media(1, "H265")), Optional.empty());
    record.droppedByKernel(1, 3);
    record.droppedByKernel(1, 4);
    record.droppedByKernel(2, 5);
    assertThat(kept()).extracting(MediaStatistics::droppedByKernel).containsExactly(0L, 7L);
  }

  @Test
  void theDescriptionIsThatOfTheLatestConnection() {
    assertThat(record.description()).isEmpty();
    record.assign(List.of(media(0, "H264")), Optional.of("v=0 1"));
    record.assign(List.of(media(0, "H264")), Optional.of("v=0 2"));
    assertThat(record.description()).contains("v=0 2");
  }

  @Test
  void whatSrtpRejectedIsCountedByMedia() {
    record.assign(List.of(media(0, "H264"), media(1, "H265")), Optional.empty());
    record.rejected(1);
    record.rejected(1);
    record.rejected(2);
    assertThat(kept()).extracting(MediaStatistics::rejected).containsExactly(0L, 2L);
  }

  @Test
  void mediaThatAreDescribedWithoutEndAreNotKeptWithoutEnd() throws Exception {
    for (int connection = 0; connection < 10_000; connection++) {
      record.assign(List.of(media(0, "H264"), media(1, "X" + connection)), Optional.empty());
      packet(0);
      packet(1);
    }
    assertThat(kept()).hasSize(StreamRecord.MOST_MEDIA);
    assertThat(kept()).first().satisfies(m -> assertThat(m.packets()).isEqualTo(10_000));
    assertThat(kept()).last().satisfies(m -> assertThat(m.stream().codec()).isEqualTo("X9999"));
  }
}
