package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class UdpSourceTest {
  private static final InetAddress CAMERA = Addresses.parse("192.0.2.1");

  private final UdpSource source = new UdpSource(CAMERA);

  private boolean accepts(String host, int port) {
    return source.accepts(new InetSocketAddress(Addresses.parse(host), port));
  }

  @Test
  void theFirstDatagramOfTheCamerasHostSaysItsPort() {
    assertThat(source.address()).isNull();
    assertThat(accepts("192.0.2.1", 6000)).isTrue();
    assertThat(source.address()).isEqualTo(new InetSocketAddress(CAMERA, 6000));
    assertThat(accepts("192.0.2.1", 6000)).isTrue();
    assertThat(accepts("192.0.2.1", 6002)).isFalse();
    assertThat(source.strangers()).isEqualTo(1);
  }

  @Test
  void anotherHostIsAStranger() {
    assertThat(accepts("192.0.2.2", 6000)).isFalse();
    assertThat(source.strangers()).isEqualTo(1);
    assertThat(source.address()).isNull();
  }

  /** Many name an address that only their own network knows. */
  @Test
  void theHostThatTheCameraNamedMaySendForItAndTheCameraToo() {
    source.expect(7000);
    source.expectFrom(Addresses.parse("192.0.2.7"));
    assertThat(source.address()).isEqualTo(new InetSocketAddress(CAMERA, 7000));
    assertThat(accepts("192.0.2.7", 7002)).isTrue();
    assertThat(source.address())
        .isEqualTo(new InetSocketAddress(Addresses.parse("192.0.2.7"), 7002));
    assertThat(accepts("192.0.2.1", 7000)).isFalse();
    source.expect(7000);
    assertThat(accepts("192.0.2.1", 7000)).isTrue();
    assertThat(accepts("192.0.2.7", 7000)).isFalse();
  }

  @Test
  void whereTheCameraSaidItWouldSendFromIsWhereWeSendTo() {
    source.expect(7000);
    assertThat(source.address()).isEqualTo(new InetSocketAddress(CAMERA, 7000));
    assertThat(accepts("192.0.2.1", 7000)).isTrue();
    assertThat(accepts("192.0.2.1", 7002)).isFalse();
  }

  @Test
  void aCameraMaySendFromAnotherPortThanItSaid() {
    source.expect(7000);
    assertThat(accepts("192.0.2.1", 7002)).isTrue();
    assertThat(accepts("192.0.2.1", 7000)).isFalse();
  }

  @Test
  void whatCameBeforeAnAnswerDoesNotCount() {
    assertThat(accepts("192.0.2.1", 6000)).isTrue();
    source.expect(7000);
    assertThat(accepts("192.0.2.1", 7000)).isTrue();
  }
}
