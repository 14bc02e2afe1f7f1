package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.TrackStart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 2326 appendix B: numbers and timestamps go on over a pause, and none is sent twice. */
class ReaderSlotTest {
  private static final int VIDEO = 0;
  private static final int AUDIO = 1;
  private static final List<NextPacket> NEXT =
      List.of(new NextPacket(VIDEO, 900, 12_600, 90_000), new NextPacket(AUDIO, 800, 500, 8_000));

  private final List<String> sent = new ArrayList<>();
  private final List<TrackStart> starts = new ArrayList<>();
  private final List<OutgoingPacket> group = new ArrayList<>();
  private boolean room = true;

  private final SourceReader reader =
      new SourceReader() {
        @Override
        public void started(List<TrackStart> at) {
          starts.clear();
          starts.addAll(at);
        }

        @Override
        public boolean hasRoom() {
          return room;
        }

        @Override
        public void send(OutgoingPacket packet) {
          sent.add((packet.track() == VIDEO ? "video " : "audio ") + packet.sequence());
        }

        @Override
        public void send(PacketBatch batch) {
          batch.packets().forEach(this::send);
        }

        @Override
        public void report(int track, ByteBuf rtcp) {}

        @Override
        public void flush() {}

        @Override
        public void ended(String reason) {}
      };

  private final ReaderSlot slot = new ReaderSlot(reader, Set.of(VIDEO), () -> {});

  private static OutgoingPacket packet(int track, int sequence) {
    long timestamp = 3_600L * sequence;
    ByteBuf bytes = Unpooled.buffer().writeZero(4 + 2).writeShort(sequence);
    bytes.writeInt((int) timestamp).writeZero(8);
    return new OutgoingPacket(track, timestamp, bytes);
  }

  /** The camera's next packet of the video, which its group keeps. */
  private void video(int sequence) {
    OutgoingPacket packet = packet(VIDEO, sequence);
    group.add(packet);
    slot.packets(new PacketBatch(packet), VIDEO);
  }

  private void begin() {
    slot.begin(group, NEXT, VIDEO);
  }

  private void pauseAndForget() {
    slot.pause();
    sent.clear();
  }

  @Test
  void whatWasSentBeforeAPauseIsNotSentAgain() {
    group.add(packet(VIDEO, 1));
    begin();
    video(2);
    pauseAndForget();
    video(3);
    video(4);
    begin();
    assertThat(starts).extracting(TrackStart::sequence).containsExactly(3);
    video(5);
    assertThat(sent).containsExactly("video 3", "video 4", "video 5");
  }

  @Test
  void whoMissedNothingGoesOnWithTheNextPacket() {
    group.add(packet(VIDEO, 1));
    begin();
    pauseAndForget();
    begin();
    assertThat(starts).extracting(TrackStart::sequence).containsExactly(900);
    video(2);
    assertThat(sent).containsExactly("video 2");
  }

  @Test
  void aGroupThatBeganMeanwhileIsSentWhole() {
    group.add(packet(VIDEO, 1));
    begin();
    pauseAndForget();
    group.clear();
    video(7);
    video(8);
    begin();
    assertThat(sent).containsExactly("video 7", "video 8");
  }

  @Test
  void whatWasDroppedBeforeThePauseIsMadeUpFor() {
    group.add(packet(VIDEO, 1));
    begin();
    room = false;
    video(2);
    room = true;
    pauseAndForget();
    begin();
    video(3);
    assertThat(sent).containsExactly("video 2", "video 3");
  }

  @Test
  void withoutAGroupItWaitsForTheNextKeyFrame() {
    group.add(packet(VIDEO, 1));
    begin();
    pauseAndForget();
    group.clear();
    begin();
    video(2);
    assertThat(sent).isEmpty();
    slot.keyFrame(List.of(packet(VIDEO, 3)), VIDEO);
    pauseAndForget();
    group.clear();
    group.add(packet(VIDEO, 3));
    begin();
    video(4);
    assertThat(sent).containsExactly("video 4");
  }

  /** RFC 2326 section 12.33: what RTP-Info says of the tracks is of one instant. */
  @Test
  void allTracksBeginWithTheFirstOfTheGroup() {
    slot.tracks(Set.of(VIDEO, AUDIO));
    group.add(packet(VIDEO, 1));
    begin();
    assertThat(starts)
        .containsExactly(
            new TrackStart(VIDEO, 1, 3_600), new TrackStart(AUDIO, 800, 0xffff_ffffL & -300));
  }

  @Test
  void aGroupOfBeforeAnOutageSaysNothingOfTheOtherTracks() {
    slot.tracks(Set.of(VIDEO, AUDIO));
    group.add(packet(VIDEO, 65_000));
    begin();
    assertThat(starts)
        .containsExactly(
            new TrackStart(VIDEO, 65_000, 234_000_000), new TrackStart(AUDIO, 800, 500));
  }

  @Test
  void withoutAGroupAllTracksBeginNow() {
    slot.tracks(Set.of(VIDEO, AUDIO));
    begin();
    assertThat(starts)
        .containsExactly(new TrackStart(VIDEO, 900, 12_600), new TrackStart(AUDIO, 800, 500));
  }

  @Test
  void aTrackThatWasSetUpInThePauseComesWithTheRest() {
    group.add(packet(VIDEO, 1));
    begin();
    slot.packets(new PacketBatch(packet(AUDIO, 1)), VIDEO);
    assertThat(sent).containsExactly("video 1");
    pauseAndForget();
    slot.tracks(Set.of(VIDEO, AUDIO));
    begin();
    assertThat(starts).extracting(TrackStart::track).containsExactly(VIDEO, AUDIO);
    slot.packets(new PacketBatch(packet(AUDIO, 2)), VIDEO);
    assertThat(sent).containsExactly("audio 2");
  }
}
