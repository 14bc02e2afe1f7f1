package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of an incomplete picture is let go, and what stays. */
class PacketRunTest {
  private final PacketRun<OutgoingPacket> run =
      new PacketRun<>(OutgoingPacket::timestamp, OutgoingPacket::framedBytes);
  private final List<OutgoingPacket> added = new ArrayList<>();

  /** Packets of pictures that are mixed, as after a reconnect. */
  private void add(long... timestamps) {
    for (long timestamp : timestamps) {
      OutgoingPacket packet = new OutgoingPacket(0, timestamp, Unpooled.buffer(8).writeZero(8));
      added.add(packet);
      run.add(packet);
    }
  }

  @AfterEach
  void whatIsLetGoIsReleased() {
    assertThat(added).allMatch(packet -> (packet.refCnt() == 1) == run.all().contains(packet));
    run.clear();
    assertThat(added).allMatch(packet -> packet.refCnt() == 0);
  }

  private List<Long> left() {
    return run.all().stream().map(OutgoingPacket::timestamp).toList();
  }

  @Test
  void allUpToTheLastOneOfAPictureGo() {
    add(1, 2, 1, 2, 3);
    run.dropThrough(2);
    assertThat(left()).containsExactly(3L);
    run.dropThrough(3);
    assertThat(left()).isEmpty();
  }

  @Test
  void noneGoWhereThePictureIsNotThere() {
    add(1, 2);
    run.dropThrough(7);
    assertThat(left()).containsExactly(1L, 2L);
  }

  @Test
  void thoseBeforeTheFirstOneOfAPictureGo() {
    add(1, 2, 1, 2);
    run.dropBefore(2);
    assertThat(left()).containsExactly(2L, 1L, 2L);
    run.dropBefore(7);
    assertThat(left()).isEmpty();
  }
}
