package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A {@link UdpSink} on loopback. */
class UdpSinkTest {

  private static final byte[] RECEIVER_REPORT = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1};

  @Test
  void hearsReportsAndNothingElse() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket peer = new DatagramSocket(0, loopback)) {
      InetSocketAddress address = new InetSocketAddress(loopback, peer.getLocalPort());
      UdpSink sink = UdpSink.open(loopback, address, address);
      sink.rtcp(RECEIVER_REPORT);
      DatagramPacket seen = new DatagramPacket(new byte[100], 100);
      peer.receive(seen);
      assertThat(heard(sink)).isEmpty();
      peer.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, seen.getSocketAddress()));
      peer.send(new DatagramPacket(RECEIVER_REPORT, 8, seen.getSocketAddress()));
      assertThat(awaitReport(sink)).containsExactly(RECEIVER_REPORT);
      assertThat(heard(sink)).as("once").isEmpty();
      sink.close();
    }
  }

  private static List<byte[]> heard(UdpSink sink) {
    List<byte[]> heard = new ArrayList<>();
    sink.heard(heard::add);
    return heard;
  }

  private static List<byte[]> awaitReport(UdpSink sink) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    List<byte[]> heard = heard(sink);
    while (heard.isEmpty() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
      heard = heard(sink);
    }
    return heard;
  }
}
