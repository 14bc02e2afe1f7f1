package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UdpOrderTest {
  private static final long WINDOW = 50;

  private static ByteBuf packet(int ssrc, int sequence) {
    return Unpooled.buffer(12).writeShort(0x8060).writeShort(sequence).writeInt(0).writeInt(ssrc);
  }

  /** The packets that leave at once, each as its source and its sequence number. */
  private static List<String> came(UdpOrder order, int[]... packets) {
    List<String> left = new ArrayList<>();
    for (int[] each : packets) {
      ByteBuf packet = packet(each[0], each[1]);
      order.add(packet, 0);
      packet.release();
      for (ByteBuf next = order.poll(0); next != null; next = order.poll(0)) {
        left.add(next.getInt(8) + ":" + next.getUnsignedShort(2));
        assertThat(next.release()).isTrue();
      }
    }
    return left;
  }

  private static int[] of(int source, int sequence) {
    return new int[] {source, sequence};
  }

  @Test
  void packetsOfSeveralSourcesAreNeitherTwiceNorLate() {
    UdpOrder order = new UdpOrder(OptionalLong.empty(), WINDOW);
    assertThat(came(order, of(1, 7), of(2, 7), of(1, 8), of(2, 8), of(2, 6), of(1, 6)))
        .containsExactly("1:7", "2:7", "1:8", "2:8", "1:6");
  }

  @Test
  void whatWaitsLeavesWhenAnotherSourceBegins() {
    UdpOrder order = new UdpOrder(OptionalLong.empty(), WINDOW);
    assertThat(came(order, of(1, 7), of(1, 9))).containsExactly("1:7");
    assertThat(came(order, of(2, 8))).containsExactly("1:9", "2:8");
    assertThat(order.deadline()).isEmpty();
  }

  @Test
  void theSourceThatWasAnnouncedCountsAloneWhereItCame() {
    UdpOrder right = new UdpOrder(OptionalLong.of(1), WINDOW);
    assertThat(came(right, of(1, 7), of(2, 8), of(1, 8))).containsExactly("1:7", "1:8");
    UdpOrder wrong = new UdpOrder(OptionalLong.of(3), WINDOW);
    assertThat(came(wrong, of(1, 7), of(2, 8))).containsExactly("1:7", "2:8");
  }
}
