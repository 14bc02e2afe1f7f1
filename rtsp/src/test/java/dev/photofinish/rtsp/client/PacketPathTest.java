package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.photofinish.rtp.RtpHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cost of one packet on its way from the receiver to the listeners. */
class PacketPathTest {
  private static final int PACKETS = 10_000;

  private final StreamRecord record = new StreamRecord(0);
  private final RtpHeader header = new RtpHeader(false, 96, 1, 0, 42, 0, 0, 12, 10);
  private final ByteBuf packet = Unpooled.buffer().writeZero(22);
  private final CameraListener listeners =
      CameraListener.all(CameraListener.NONE, new LogListener(), CameraListener.NONE);

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assumeThat(threads.isThreadAllocatedMemoryEnabled()).isTrue();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static long bytesForEach(Runnable one) {
    one.run(); // loads what it needs
    long before = allocated();
    for (int count = 0; count < PACKETS; count++) {
      one.run();
    }
    return (allocated() - before) / PACKETS;
  }

  @Test
  void listenersMakeNoObject() throws Exception {
    try (RtspClient client = new RtspClient()) {
      CameraStream stream = client.start(Camera.at("rtsp://127.0.0.1:1/"));
      RtpPacket one = new RtpPacket(stream(), header, packet);
      assertThat(bytesForEach(() -> listeners.packet(stream, one))).isZero();
    }
  }

  @Test
  void aPacketIsOneObject() throws Exception {
    try (RtspClient client = new RtspClient()) {
      CameraStream stream = client.start(Camera.at("rtsp://127.0.0.1:1/"));
      StreamReports reports = new StreamReports(stream, listeners);
      record.assign(List.of(stream()));
      long bytes =
          bytesForEach(
              () -> {
                MediaStream of = record.packet(0, header, packet.readableBytes(), 1);
                reports.packet(of, header, packet);
              });
      System.out.println("bytes for each packet, RtpPacket: " + bytes);
      assertThat(bytes).isBetween(1L, 40L);
    }
  }

  private static MediaStream stream() {
    return new MediaStream(0, "video", "H264", 96, 90_000, 0, "");
  }
}
