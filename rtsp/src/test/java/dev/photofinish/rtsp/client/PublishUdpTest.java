package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtp.RtcpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A publisher whose media go as datagrams. */
class PublishUdpTest implements PublishListener {
  private static final MediaStream AUDIO =
      new MediaStream(0, "audio", "PCMU", 0, 8_000, 1, "", false);
  private static final long SSRC = 77;

  private final BlockingQueue<StreamPublisher> recording = new LinkedBlockingQueue<>();
  private final CountDownLatch loopGoesOn = new CountDownLatch(1);
  private final RtspClient client = new RtspClient();
  private boolean holdsLoop;

  @AfterEach
  void close() {
    client.close();
  }

  /** A server with a pair of ports, which takes only some transports. */
  private static final class Server extends FieldCamera {
    private final String taken;
    private final List<String> asked = new ArrayList<>();
    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;

    Server(String taken) throws IOException {
      this.taken = taken;
      rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      rtp.setSoTimeout(20_000);
      rtcp.setSoTimeout(20_000);
    }

    @Override
    void answer(Connection connection, Request request) throws IOException {
      if (!request.method().equals("SETUP")) {
        connection.usual(request);
        return;
      }
      String transport = Objects.requireNonNull(request.headers().get("transport"));
      synchronized (asked) {
        asked.add(transport);
      }
      if (!transport.startsWith(taken + ";")) {
        connection.respond(request, "461 Unsupported Transport");
        return;
      }
      String ports =
          taken.endsWith("TCP") ? "" : ";server_port=%d-%d".formatted(port(rtp), port(rtcp));
      connection.respond(request, "200 OK", "Session: abc", "Transport: " + transport + ports);
    }

    List<String> asked() {
      synchronized (asked) {
        return asked.stream().map(each -> each.substring(0, each.indexOf(';'))).toList();
      }
    }

    private static int port(DatagramSocket socket) {
      return socket.getLocalPort();
    }

    static DatagramPacket next(DatagramSocket socket) throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
      socket.receive(packet);
      return packet;
    }

    @Override
    public void close() throws IOException {
      super.close();
      rtp.close();
      rtcp.close();
    }
  }

  @Override
  public void recording(StreamPublisher publisher, String remote) {
    recording.add(publisher);
    try {
      assertThat(!holdsLoop || loopGoesOn.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private StreamPublisher publish(Server server, RtspTransport transport) throws Exception {
    RetryOptions retry =
        RetryOptions.builder()
            .initialRetryDelay(Duration.ofMillis(10))
            .reconnectionTimeout(Duration.ofMillis(10))
            .build();
    Camera to =
        Camera.at(server.url())
            .withRetry(retry)
            .withOptions(ClientOptions.builder().transport(transport).build());
    StreamPublisher publisher = client.publish(to, List.of(AUDIO), this);
    assertThat(recording.poll(60, TimeUnit.SECONDS)).isSameAs(publisher);
    return publisher;
  }

  private static ByteBuf packet() {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x80).writeByte(0).writeShort(5).writeInt(160).writeInt((int) SSRC);
    return packet.writeZero(160);
  }

  @Test
  void packetsGoToThePortsOfTheServerAndReportsComeBack() throws Exception {
    try (Server server = new Server("RTP/AVP")) {
      StreamPublisher publisher = publish(server, RtspTransport.UDP);
      ByteBuf packet = packet();
      assertThat(publisher.send(RtpPacket.of(AUDIO, packet))).isTrue();
      DatagramPacket came = Server.next(server.rtp);
      assertThat(came.getLength()).isEqualTo(172);
      assertThat(came.getPort() % 2).isZero();

      byte[] report =
          RtcpPacket.write(
              List.of(
                  new RtcpPacket.SenderReport(SSRC, 1, 2, 3, 4, List.of()),
                  RtcpPacket.SourceDescription.of(SSRC, "x")));
      assertThat(publisher.sendControl(0, Unpooled.wrappedBuffer(report))).isTrue();
      DatagramPacket control = Server.next(server.rtcp);
      assertThat(control.getLength()).isEqualTo(report.length);
      assertThat(control.getPort()).isEqualTo(came.getPort() + 1);

      byte[] answer =
          RtcpPacket.write(
              List.of(
                  new RtcpPacket.ReceiverReport(
                      1, List.of(new RtcpPacket.ReportBlock(SSRC, 10, 7, 5, 0, 0, 0))),
                  RtcpPacket.SourceDescription.of(1, "y")));
      server.rtcp.send(new DatagramPacket(answer, answer.length, control.getSocketAddress()));
      for (long end = System.nanoTime() + 20_000_000_000L; publisher.lost() != 7; ) {
        assertThat(System.nanoTime() - end).isNegative();
        Thread.onSpinWait();
      }
      packet.release();
      publisher.close();
      // Its ports are closed with it: both can be bound.
      for (int port = came.getPort(); port <= came.getPort() + 1; port++) {
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).close();
      }
    }
  }

  /** As much may wait as on the connection: a key frame is more than 64 KiB. */
  @Test
  void aBurstWaitsForTheEventLoop() throws Exception {
    holdsLoop = true;
    try (Server server = new Server("RTP/AVP")) {
      StreamPublisher publisher = publish(server, RtspTransport.UDP);
      ByteBuf packet = packet();
      for (int i = 0; i < 2_000; i++) {
        assertThat(publisher.send(RtpPacket.of(AUDIO, packet))).as("packet %d", i).isTrue();
      }
      packet.release();
      loopGoesOn.countDown();
      assertThat(Server.next(server.rtp).getLength()).isEqualTo(172);
    }
  }

  @Test
  void aServerThatTakesNoDatagramsGetsFrames() throws Exception {
    try (Server server = new Server("RTP/AVP/TCP")) {
      StreamPublisher publisher = publish(server, RtspTransport.UDP);
      assertThat(server.asked()).containsExactly("RTP/AVP", "RTP/AVP/TCP");
      ByteBuf packet = packet();
      assertThat(publisher.send(RtpPacket.of(AUDIO, packet))).isTrue();
      packet.release();
    }
  }

  /** And is asked for them first when it is connected again. */
  @Test
  void aServerThatTakesNothingElseGetsDatagrams() throws Exception {
    try (Server server = new Server("RTP/AVP")) {
      publish(server, RtspTransport.AUTO).close();
      assertThat(server.asked()).containsExactly("RTP/AVP/TCP", "RTP/AVP");
    }
  }

  /** A compound packet that is cut, or none, changes nothing. */
  @Test
  void nonsenseForReportsIsPassedOver() {
    ServerReports reports = new ServerReports("x");
    byte[] report =
        RtcpPacket.write(
            List.of(
                new RtcpPacket.ReceiverReport(
                    1, List.of(new RtcpPacket.ReportBlock(SSRC, 0, -3, 5, 0, 0, 0)))));
    reports.take(Unpooled.wrappedBuffer(report, 0, report.length - 4));
    reports.take(Unpooled.wrappedBuffer(new byte[1]));
    reports.take(Unpooled.EMPTY_BUFFER);
    reports.take(Unpooled.wrappedBuffer(report)); // more than were expected: repeated packets
    assertThat(reports.lost()).isZero();
    for (int source = 0; source < 100; source++) {
      reports.take(
          Unpooled.wrappedBuffer(
              RtcpPacket.write(
                  List.of(
                      new RtcpPacket.ReceiverReport(
                          1, List.of(new RtcpPacket.ReportBlock(source, 0, 1, 5, 0, 0, 0)))))));
    }
    assertThat(reports.lost()).isEqualTo(16); // of as many sources
    reports.connected();
    assertThat(reports.lost()).isEqualTo(16);
  }
}
