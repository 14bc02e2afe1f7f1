package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.transport.CameraConnection;
import dev.photofinish.rtsp.transport.CameraHandler;
import dev.photofinish.rtsp.transport.ConnectionListener;
import dev.photofinish.rtsp.transport.ReceivedPacket;
import dev.photofinish.rtsp.transport.TestConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The cost of one packet on its way from the bytes that were read to the listeners. */
class PacketPathTest {
  /** In one read, so that what a read costs does not count. */
  private static final int PACKETS = 10_000;

  private static final int PAYLOAD = 100;

  /** {@link RtpPacket}, and what a read costs beside the packets. */
  private static final long MOST_BYTES = 57;

  private final StreamRecord records = new StreamRecord(0);
  private final CameraListener listeners =
      CameraListener.all(CameraListener.NONE, new LogListener(), CameraListener.NONE);
  private int sequence;

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assumeThat(threads.isThreadAllocatedMemoryEnabled()).isTrue();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static long bytesForEach(Runnable all) {
    all.run(); // loads what it needs
    long before = allocated();
    all.run();
    return (allocated() - before) / PACKETS;
  }

  private static MediaStream stream() {
    return new MediaStream(0, "video", "H264", 96, 90_000, 0, "", false);
  }

  private static void writePacket(ByteBuf to, int sequence) {
    to.writeByte(0x80).writeByte(96).writeShort(sequence).writeInt(3600 * (sequence / 14));
    to.writeInt(42).writeZero(PAYLOAD);
  }

  private ByteBuf frames() {
    ByteBuf frames = Unpooled.wrappedBuffer(new byte[PACKETS * (16 + PAYLOAD)]).clear();
    for (int count = 0; count < PACKETS; count++) {
      frames.writeByte('$').writeByte(0).writeShort(12 + PAYLOAD);
      writePacket(frames, sequence++ & 0xffff);
    }
    return frames;
  }

  @Test
  void listenersMakeNoObject() throws Exception {
    try (RtspClient client = new RtspClient()) {
      CameraStream stream = client.start(Camera.at("rtsp://127.0.0.1:1/"));
      ByteBuf bytes = Unpooled.buffer();
      writePacket(bytes, 1);
      ReceivedPacket received = new ReceivedPacket();
      received.set(bytes, 0, bytes.readableBytes());
      RtpPacket one = new RtpPacket(stream(), received, bytes, 0);
      long each =
          bytesForEach(
              () -> {
                for (int count = 0; count < PACKETS; count++) {
                  listeners.packet(stream, one);
                }
              });
      assertThat(each).isZero();
    }
  }

  @Test
  void aPacketIsOneObjectFromTheReadToTheListeners() throws Exception {
    try (RtspClient client = new RtspClient()) {
      CameraStream stream = client.start(Camera.at("rtsp://127.0.0.1:1/"));
      StreamReports reports = new StreamReports(stream, listeners);
      CameraConnection connection = connection(new Player(reports));
      EmbeddedChannel channel =
          new EmbeddedChannel(new RtspDecoder(connection), new CameraHandler(connection, null));
      play(connection, channel);
      List<ByteBuf> reads = List.of(frames(), frames());
      var read = reads.iterator();

      long each = bytesForEach(() -> channel.writeInbound(read.next()));

      System.out.println("bytes for each packet, RtpPacket: " + each);
      assertThat(records.snapshot(CameraState.PLAYING, 0).streams())
          .singleElement()
          .satisfies(media -> assertThat(media.packets()).isEqualTo(2 * PACKETS));
      assertThat(each).isBetween(1L, MOST_BYTES);
      channel.finishAndReleaseAll();
    }
  }

  private static CameraConnection connection(ConnectionListener owner) {
    return TestConnection.of(7, Ticker.systemTicker(), owner);
  }

  /** Answers every request up to PLAY. */
  private static void play(CameraConnection connection, EmbeddedChannel channel) {
    connection.begin();
    connection.choose();
    String sdp = "v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n";
    String described =
        "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp;
    for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      RtspRequest request = (RtspRequest) sent;
      boolean describes = request.method().name().equals("DESCRIBE");
      String answer =
          "RTSP/1.0 200 OK\r\nSession: abc\r\nCSeq: " + request.cseq().orElseThrow() + "\r\n";
      answer += describes ? described : "\r\n";
      channel.writeInbound(Unpooled.copiedBuffer(answer, StandardCharsets.UTF_8));
    }
  }

  /** Takes packets as the owner of a connection that plays does. */
  private final class Player implements ConnectionListener {
    private final StreamReports reports;
    private final MediaStream media = stream();
    private ConnectionRecord record = ConnectionRecord.NONE;

    Player(StreamReports reports) {
      this.reports = reports;
    }

    @Override
    public void prepared(List<Track> tracks) {
      record = records.open(List.of(media), Optional.empty());
    }

    @Override
    public void rtp(int track, ReceivedPacket packet, long now) {
      record.packet(track, packet, now);
      reports.packet(media, packet);
    }

    @Override
    public void ended(EndReason end) {}
  }
}
