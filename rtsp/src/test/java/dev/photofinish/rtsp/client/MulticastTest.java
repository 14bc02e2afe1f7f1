package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Media as datagrams to groups: on the loopback interface, which needs no network that carries
 * them.
 */
class MulticastTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Recorder recorder = new Recorder();

  private static Camera over(SimulatedCamera camera, Consumer<ClientOptions.Builder> options) {
    ClientOptions.Builder builder = ClientOptions.builder().transport(RtspTransport.MULTICAST);
    options.accept(builder);
    return Camera.at(camera.url()).withOptions(builder.build());
  }

  private static IoHandlerFactory io(String transport) {
    return switch (transport) {
      case "nio" -> NioIoHandler.newFactory();
      case "epoll" -> EpollIoHandler.newFactory();
      default -> IoUringIoHandler.newFactory();
    };
  }

  /** In the end nothing is left open: neither a port nor a membership, which goes with it. */
  @ParameterizedTest
  @ValueSource(strings = {"nio", "epoll", "io_uring"})
  void playsByMulticastAndLeavesInOrder(String transport) throws Exception {
    Assumptions.assumeTrue(
        !transport.equals("io_uring") || IoUring.isAvailable(), "io_uring is not available");
    List<String> before = UdpSockets.ofThisProcess();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, io(transport));
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = RtspClient.builder().eventLoopGroup(loops).build()) {
      CameraStream stream = client.open(over(camera, options -> options.multicastTtl(2)), recorder);
      recorder.awaitPackets(100);
      stream.close();
      StreamStatistics end = stream.ended().toCompletableFuture().get();
      assertThat(end.packets()).isEqualTo(recorder.packets());
      assertThat(end.lost()).isZero();
      assertThat(recorder.reports()).isPositive();
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.sessionsLeftBehind()).isZero();
      assertThat(report.requests("SETUP")).isEqualTo(2);
    }
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    UdpSockets.awaitNoneBut(before, BOUND);
  }

  /** Many cameras of one make send to one group: those of another sender are not the camera's. */
  @Test
  void whatOthersSendToTheGroupDoesNotCount() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      var opening =
          client.openAsync(over(camera, options -> options.multicastSource(other)), recorder);
      recorder.await("a retry", r -> !r.retryReasons().isEmpty());
      assertThat(recorder.retryReasons().get(0))
          .contains(
              "PLAY succeeded, but no packet came by multicast within 3 s (multicast to group")
          .contains(", on network interface lo", "; multicast-interface names another)");
      assertThat(recorder.packets()).isZero();
      opening.toCompletableFuture().cancel(true);
    }
  }

  @Test
  void anInterfaceThatIsNotThereIsSaid() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      var opening =
          client.openAsync(over(camera, options -> options.multicastInterface("none0")), recorder);
      recorder.await("a retry", r -> !r.retryReasons().isEmpty());
      assertThat(recorder.retryReasons().get(0))
          .contains("cannot join: multicast to group 239.255.42.99, ports ")
          .contains(": there is no network interface 'none0'");
      opening.toCompletableFuture().cancel(true);
    }
  }

  /** As GStreamer's server has, which is played by multicast from other hosts alone. */
  @Test
  void portsThatAProgramOfThisHostHasToItselfAreSaid() throws Exception {
    InetAddress group = InetAddress.getByAddress(new byte[] {(byte) 239, (byte) 255, 42, 98});
    try (DatagramSocket held = new DatagramSocket(null)) {
      held.setReuseAddress(false);
      held.bind(new InetSocketAddress(group, 0));
      String ports = held.getLocalPort() + "-" + (held.getLocalPort() + 1);
      String transport = "RTP/AVP;multicast;destination=239.255.42.98;port=" + ports;
      try (FieldCamera camera =
              new FieldCamera() {
                @Override
                void answer(Connection connection, Request request) throws IOException {
                  if (request.method().equals("SETUP")) {
                    connection.respond(
                        request, "200 OK", "Session: abc", "Transport: " + transport);
                  } else {
                    super.answer(connection, request);
                  }
                }
              };
          RtspClient client = new RtspClient()) {
        ClientOptions options = ClientOptions.builder().transport(RtspTransport.MULTICAST).build();
        client.start(Camera.at(camera.url()).withOptions(options), recorder);
        recorder.await("a retry", r -> !r.retryReasons().isEmpty());
        assertThat(recorder.retryReasons().get(0))
            .contains("another program on this host, the server perhaps, has its ports to itself");
      }
    }
  }

  @Test
  void aCameraWithoutAGroupTakesNoMulticast() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.GROUP, "").start();
        RtspClient client = new RtspClient()) {
      var opening = client.openAsync(over(camera, options -> {}), recorder);
      recorder.await("a retry", r -> !r.retryReasons().isEmpty());
      assertThat(recorder.retryReasons().get(0))
          .contains("461", "the camera does not take media over multicast");
      opening.toCompletableFuture().cancel(true);
    }
  }
}
