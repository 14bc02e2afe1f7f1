package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
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
      assertThat(sink.heard()).isFalse();
      peer.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, seen.getSocketAddress()));
      peer.send(new DatagramPacket(RECEIVER_REPORT, 8, seen.getSocketAddress()));
      assertThat(heard(sink)).isTrue();
      assertThat(sink.heard()).as("once").isFalse();
      sink.close();
    }
  }

  private static boolean heard(UdpSink sink) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    boolean heard = sink.heard();
    while (!heard && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
      heard = sink.heard();
    }
    return heard;
  }
}
