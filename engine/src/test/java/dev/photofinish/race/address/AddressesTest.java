package dev.photofinish.race.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  /** RFC 5952 sections 4 and 5, and zones of RFC 4007. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "fe80::1%1, fe80::1%1",
    "::ffff:192.0.2.1, 192.0.2.1",
  })
  void printsCanonically(String written, String canonical) {
    assertThat(Addresses.text(Addresses.parse(written))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1, 192.0.2.1:554", "2001:db8::1, [2001:db8::1]:554"})
  void printsThePortBehindTheAddress(String address, String text) {
    assertThat(Addresses.text(new InetSocketAddress(Addresses.parse(address), 554)))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"camera", "camera.example", "999.0.2.1", "1.2.3", "", "1.2.3.4.5", "::g"})
  void refusesNamesWithoutLookingThemUp(String name) {
    assertThat(Addresses.isNumeric(name)).isFalse();
    assertThatThrownBy(() -> Addresses.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "' is not a numeric address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fe80::1%no-such-interface", "1:2", "::1::", "1:2:3:4:5:6:7:8:9"})
  void saysWhatIsWrongWithAnAddress(String address) {
    assertThatThrownBy(() -> Addresses.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(address);
  }

  /** A server names hosts: by the square of its length, this would take hours. */
  @ParameterizedTest
  @ValueSource(strings = {":", "a", "1", "1.", "f:", "::1%", "%"})
  void longTextIsReadOnce(String piece) {
    String host = piece.repeat((1 << 19) / piece.length()) + "x/";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Addresses.isNumeric(host)).isFalse());
  }
}
