package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** The addresses on which cameras listen. */
class AddressTest {

  private static void assumeIpv6() {
    try (ServerSocket socket = new ServerSocket(0, 1, NetUtil.LOCALHOST6)) {
      assertThat(socket.isBound()).isTrue();
    } catch (IOException e) {
      assumeTrue(false, "no IPv6 loopback on this machine: " + e.getMessage());
    }
  }

  @Test
  void severalCamerasListenOnChosenAddresses() throws Exception {
    try (SimulatedCamera one = SimulatedCamera.builder().address("127.0.0.2").start();
        SimulatedCamera two =
            SimulatedCamera.builder().address("127.0.0.3").port(one.port()).start();
        RawClient client = RawClient.connect(two)) {
      assertThat(two.url()).isEqualTo("rtsp://127.0.0.3:" + one.port() + "/stream");
      assertThat(client.request("DESCRIBE").body()).contains("o=- 1 1 IN IP4 127.0.0.3");
      assertThat(one.report().connections()).isZero();
    }
  }

  @Test
  void listensOnIpv6() throws Exception {
    assumeIpv6();
    try (SimulatedCamera camera = SimulatedCamera.builder().address("::1").start();
        RawClient client = RawClient.connect(camera)) {
      assertThat(camera.url()).isEqualTo("rtsp://[::1]:" + camera.port() + "/stream");
      assertThat(client.request("DESCRIBE").body()).contains("IN IP6 0:0:0:0:0:0:0:1");
      assertThat(client.play().status()).isEqualTo(200);
    }
  }

  @Test
  void listensOnBothFamiliesAtOnce() throws Exception {
    assumeIpv6();
    try (SimulatedCamera camera = SimulatedCamera.builder().address("::").start();
        RawClient six = RawClient.connect(camera);
        RawClient four =
            new RawClient(
                camera.url(),
                RawClient.open(new InetSocketAddress(NetUtil.LOCALHOST4, camera.port())))) {
      assertThat(camera.url()).startsWith("rtsp://[::1]:");
      assertThat(six.request("OPTIONS").status()).isEqualTo(200);
      assertThat(four.request("OPTIONS").status()).isEqualTo(200);
    }
  }

  @Test
  void saysWhyItCannotListen() {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      assertThatThrownBy(() -> SimulatedCamera.builder().port(camera.port()).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot bind /127.0.0.1:" + camera.port());
    }
    assertThatThrownBy(() -> SimulatedCamera.builder().address("localhost").start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("address: localhost is not a numeric IP address");
  }
}
