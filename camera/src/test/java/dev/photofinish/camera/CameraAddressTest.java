package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses and URLs of a camera, without sockets. */
class CameraAddressTest {

  private static CameraAddress at(String bound, SimulatedCamera.Builder builder) {
    return new CameraAddress(new InetSocketAddress(bound, 8554), builder.options());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, rtsp://127.0.0.1:8554/stream",
    "192.0.2.7, rtsp://192.0.2.7:8554/stream",
    "0.0.0.0, rtsp://127.0.0.1:8554/stream",
    "::, rtsp://[::1]:8554/stream",
    "2001:db8::7, rtsp://[2001:db8::7]:8554/stream"
  })
  void clientsReachIt(String bound, String url) {
    assertThat(at(bound, SimulatedCamera.builder()).url()).isEqualTo(url);
  }

  @Test
  void schemeAndPathFollowTheKnobs() {
    SimulatedCamera.Builder builder = SimulatedCamera.builder().tls().set(Knob.PATH, "/live/1");
    assertThat(at("127.0.0.1", builder).url()).isEqualTo("rtsps://127.0.0.1:8554/live/1");
  }

  @Test
  void credentialsAreInTheUrlOnlyWhenAskedFor() {
    CameraAddress address =
        at("127.0.0.1", SimulatedCamera.builder().credentials("admin", "secret"));
    assertThat(address.url()).doesNotContain("admin", "secret");
    assertThat(address.urlWithCredentials()).isEqualTo("rtsp://admin:secret@127.0.0.1:8554/stream");
  }

  @Test
  void withoutAUserThereAreNoCredentials() {
    CameraAddress address = at("127.0.0.1", SimulatedCamera.builder().set(Knob.PASSWORD, "secret"));
    assertThat(address.urlWithCredentials()).isEqualTo(address.url());
  }

  @ParameterizedTest
  @CsvSource({"localhost", "camera.example", "127.0.0.1:8554", "256.0.0.1", "''"})
  void bindsNumericAddressesAlone(String address) {
    CameraOptions options = SimulatedCamera.builder().address(address).options();
    assertThatThrownBy(() -> CameraAddress.toBind(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("address: " + address + " is not a numeric IP address");
  }

  @Test
  void aZoneThatIsNotHereIsNamed() {
    CameraOptions options = SimulatedCamera.builder().address("fe80::1%nowhere0").options();
    assertThatThrownBy(() -> CameraAddress.toBind(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fe80::1%nowhere0");
  }
}
