package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures of one packet each, whose times are pictures at 25 a second. */
class GroupStartTest {
  private static final int PICTURE = 3_600;

  private final List<ByteBuf> made = new ArrayList<>();

  @AfterEach
  void nothingLeaks() {
    assertThat(made).extracting(ByteBuf::refCnt).containsOnly(0);
  }

  private List<OutgoingPacket> group(int... pictures) {
    List<OutgoingPacket> group = new ArrayList<>();
    for (int picture : pictures) {
      long time = ((long) picture * PICTURE) & 0xffff_ffffL;
      ByteBuf bytes = Unpooled.buffer().writeZero(4 + 2).writeShort(group.size());
      bytes.writeInt((int) time).writeZero(8);
      made.add(bytes);
      group.add(new OutgoingPacket(0, time, bytes));
    }
    return group;
  }

  /** The times that a reader gets, in pictures. */
  private static List<Double> times(List<OutgoingPacket> group, int sent) {
    List<OutgoingPacket> begun = GroupStart.compress(group, sent);
    group.forEach(OutgoingPacket::release);
    List<Double> times = new ArrayList<>();
    for (OutgoingPacket packet : begun) {
      assertThat(packet.rtp().getUnsignedInt(4)).isEqualTo(packet.timestamp());
      times.add((int) packet.timestamp() / (double) PICTURE);
      packet.release();
    }
    return times;
  }

  @Test
  void picturesAreDrawnTogetherUpToTheOneBeforeTheLatest() {
    assertThat(times(group(0, 16, 32, 33), 0)).containsExactly(30.0, 31.0, 32.0, 33.0);
  }

  @Test
  void theyAreOverTheWrapOfTimestampsToo() {
    assertThat(times(group(-32, -16, 0, 1), 0)).containsExactly(-2.0, -1.0, 0.0, 1.0);
  }

  @Test
  void whatIsShownBeforeTheLatestPictureComesAfterAllThatWasDrawnTogether() {
    // 4 is the latest; 2 and 3, of which 3 is yet to come, are shown before it
    assertThat(times(group(-15, -31, 1, 4, 2), 0)).containsExactly(0.0, -1.0, 1.0, 4.0, 2.0);
  }

  @Test
  void aSinglePictureKeepsItsTime() {
    assertThat(times(group(7), 0)).containsExactly(7.0);
  }

  @Test
  void whatTheReaderHasIsLeftOut() {
    assertThat(times(group(0, 16, 32, 33), 2)).containsExactly(32.0, 33.0);
    assertThat(times(group(0, 16, 32, 33), 4)).isEmpty();
  }

  @Test
  void theRestOfAPictureThatTheReaderHasInPartHasTheSameTime() {
    assertThat(times(group(0, 16, 16, 48, 49), 2)).containsExactly(16.0, 48.0, 49.0);
  }

  @Test
  void whatIsShownBeforeAPictureThatTheReaderHasStaysBeforeIt() {
    assertThat(times(group(0, 4, 2, 20, 21), 2)).containsExactly(2.0, 20.0, 21.0);
  }
}
