package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.Transports;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Media as datagrams, and the choice between the transports. */
class UdpTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Recorder recorder = new Recorder();

  private static Camera over(SimulatedCamera camera, RtspTransport transport) {
    return Patience.at(camera.url()).withOptions(Patience.options().transport(transport).build());
  }

  @Test
  void playsOverUdpAndLeavesInOrder() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = Clients.create()) {
      CameraStream stream = client.open(over(camera, RtspTransport.UDP), recorder);
      recorder.awaitPackets(100);
      stream.close();
      StreamStatistics end = stream.ended().toCompletableFuture().get();
      assertThat(end.packets()).isEqualTo(recorder.packets());
      assertThat(end.lost()).isZero();
      assertThat(end.outages()).isEmpty();
      assertThat(recorder.reports()).isPositive();
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.sessionsLeftBehind()).isZero();
      assertThat(report.requests("SETUP")).isEqualTo(2);
    }
  }

  /** 461, and the other transport on the same connection; the next one begins with it. */
  @Test
  void whereTheCameraTakesNoTcpUdpIsAskedForAndRemembered() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().set(Knob.TRANSPORTS, Transports.UDP).start();
        RtspClient client = Clients.create()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      recorder.awaitPackets(10);
      assertThat(camera.report().requests("SETUP")).isEqualTo(3);
      stream.close();
      camera.awaitConnections(0, BOUND);

      Recorder second = new Recorder();
      CameraStream again = client.open(Patience.at(camera.url()), second);
      second.awaitPackets(10);
      assertThat(camera.report().requests("SETUP")).isEqualTo(5);
      again.close();
      camera.awaitConnections(0, BOUND);
    }
  }

  @Test
  void whatWasAskedForAloneIsNotReplaced() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().set(Knob.TRANSPORTS, Transports.UDP).start();
        RtspClient client = Clients.create()) {
      var opening = client.openAsync(over(camera, RtspTransport.TCP), recorder);
      recorder.await("a retry", r -> !r.retryReasons().isEmpty());
      assertThat(recorder.retryReasons().get(0))
          .contains("461", "the camera does not take media over the RTSP connection");
      opening.toCompletableFuture().cancel(true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void packetsThatComeOutOfOrderAreSortedUnlessItIsOff(boolean sorted) throws Exception {
    ClientOptions options =
        Patience.options()
            .transport(RtspTransport.UDP)
            .reorderWindow(sorted ? Duration.ofSeconds(1) : Duration.ZERO)
            .build();
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.REORDER, 20).start();
        RtspClient client = Clients.create()) {
      CameraStream stream = client.open(Patience.at(camera.url()).withOptions(options), recorder);
      recorder.awaitPackets(200);
      stream.close();
      StreamStatistics end = stream.ended().toCompletableFuture().get();
      long outOfOrder = end.streams().stream().mapToLong(MediaStatistics::reordered).sum();
      if (sorted) {
        assertThat(outOfOrder).isZero();
        assertThat(end.lost()).isZero();
      } else {
        assertThat(end.lost()).isPositive();
      }
    }
  }

  @Test
  void whatIsLostIsCounted() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.LOSS, 10).start();
        RtspClient client = Clients.create()) {
      CameraStream stream = client.open(over(camera, RtspTransport.UDP), recorder);
      recorder.awaitPackets(200);
      stream.close();
      assertThat(stream.statistics().lost()).isPositive();
    }
  }

  /** PLAY is answered, and a firewall in between lets no datagram through. */
  @Test
  void mediaThatDoesNotReachUsEndsTheTry() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.LOSS, 100).start();
        RtspClient client = Clients.create()) {
      var opening = client.openAsync(over(camera, RtspTransport.UDP), recorder);
      recorder.await("a retry", r -> !r.retryReasons().isEmpty());
      assertThat(recorder.retryReasons().get(0))
          .contains("PLAY succeeded, but no packet came over UDP within 3 s");
      assertThat(camera.report().requests("TEARDOWN")).isPositive();
      opening.toCompletableFuture().cancel(true);
    }
  }

  /** On epoll (the default) and on NIO, all ports are closed in the end, also of 461s and drops. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noPortStaysOpen(boolean nio) throws Exception {
    List<String> before = UdpSockets.ofThisProcess();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    RtspClient.Builder builder = RtspClient.builder();
    try (SimulatedCamera camera =
            SimulatedCamera.builder().set(Knob.TRANSPORTS, Transports.UDP).start();
        RtspClient client = nio ? builder.eventLoopGroup(loops).build() : builder.build()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      for (int plays = 1; plays <= 2; plays++) {
        recorder.awaitState(CameraState.PLAYING, plays);
        camera.hangUp();
      }
      recorder.awaitState(CameraState.PLAYING, 3);
      stream.close();
      stream.ended().toCompletableFuture().get();
      camera.awaitConnections(0, BOUND);
    }
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    UdpSockets.awaitNoneBut(before, BOUND);
  }
}
