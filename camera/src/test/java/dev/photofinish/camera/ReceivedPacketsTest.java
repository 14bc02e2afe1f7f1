package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The packets that a camera keeps of what clients send. */
class ReceivedPacketsTest {

  @Test
  void theLastFourMebibytesAreKept() {
    ReceivedPackets packets = new ReceivedPackets();
    for (byte number = 0; number < 5; number++) {
      byte[] packet = new byte[1 << 20];
      packet[0] = number;
      packets.add(packet);
    }
    assertThat(packets.copies()).extracting(packet -> (int) packet[0]).containsExactly(1, 2, 3, 4);
  }

  @Test
  void whatIsHandedOutIsTheReadersOwn() {
    ReceivedPackets packets = new ReceivedPackets();
    packets.add(new byte[] {1});
    packets.copies().get(0)[0] = 2;
    assertThat(packets.copies().get(0)).containsExactly(1);
  }
}
