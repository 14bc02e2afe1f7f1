package dev.photofinish.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.onvif.probe.Scopes;
import dev.photofinish.onvif.probe.Sightings.Sighting;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hosts that are asked, and the ones that credentials go to. */
final class AddressTest {

  private static List<ServiceAddress> of(String source, String... xaddrs)
      throws UnknownHostException {
    List<InetAddress> sources = List.of(InetAddress.getAllByName(source));
    return ServiceAddress.of(new Sighting("e", sources, List.of(xaddrs), Scopes.NONE));
  }

  private static List<String> shown(List<ServiceAddress> addresses) {
    return addresses.stream()
        .map(address -> (address.trusted() ? "" : "without credentials ") + address.uri())
        .toList();
  }

  @Test
  void theHostThatAnsweredIsAskedFirst() throws UnknownHostException {
    assertThat(
            shown(
                of("192.0.2.1", "http://10.0.0.9:81/a", "http://u:p@192.0.2.1:80/b?c", "nonsense")))
        .containsExactly(
            "http://192.0.2.1:80/b?c",
            "http://192.0.2.1:81/a",
            "without credentials http://10.0.0.9:81/a");
  }

  @Test
  void aNameIsNeverLookedUp() throws UnknownHostException {
    assertThat(shown(of("192.0.2.1", "https://camera.example/a")))
        .containsExactly("https://192.0.2.1/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "224.0.0.1", "[::1]"})
  void noOneIsSentToOurselves(String host) throws UnknownHostException {
    assertThat(shown(of("192.0.2.1", "http://" + host + "/a")))
        .containsExactly("http://192.0.2.1/a");
  }

  @Test
  void withoutAddressesTheUsualOneIsAsked() throws UnknownHostException {
    assertThat(shown(of("192.0.2.1"))).containsExactly("http://192.0.2.1/onvif/device_service");
  }

  @Test
  void ip6IsInBracketsWithItsZoneAsANumber() throws UnknownHostException {
    byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
    InetAddress source = Inet6Address.getByAddress(null, bytes, 3);

    List<ServiceAddress> addresses =
        ServiceAddress.of(
            new Sighting("e", List.of(source), List.of("http://192.0.2.1/a"), Scopes.NONE));

    assertThat(shown(addresses))
        .containsExactly(
            "http://[fe80:0:0:0:0:0:0:1%3]/a", "without credentials http://192.0.2.1/a");
    assertThat(addresses.get(0).host().is("[fe80::1]")).isTrue();
  }

  @Test
  void addressesAreBounded() throws UnknownHostException {
    String[] xaddrs = new String[16];
    Arrays.setAll(xaddrs, i -> "http://192.0.2.1/" + i);
    assertThat(of("192.0.2.1", xaddrs)).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({
    "http://192.0.2.1/d, http://192.0.2.1/onvif/media, http://192.0.2.1/onvif/media",
    "http://192.0.2.1:81/d, http://192.0.2.1:8080/m, http://192.0.2.1:8080/m",
    "http://192.0.2.1:81/d, http://10.0.0.9:8080/m?x, http://192.0.2.1:8080/m?x",
    "https://192.0.2.1:444/d, http://192.0.2.1/m, https://192.0.2.1:444/m",
    "http://192.0.2.1/d, rtsp://192.0.2.1/m, ",
    "http://192.0.2.1/d, '', "
  })
  void otherServicesAreAskedAtTheSameHost(String device, String xaddr, String asked)
      throws UnknownHostException {
    ServiceAddress address = of("192.0.2.1", device).get(0);

    assertThat(address.service(xaddr)).isEqualTo(asked == null ? null : URI.create(asked));
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://192.0.2.1/s, rtsp://192.0.2.1/s, 192.0.2.1",
    "RTSP://192.0.2.1:554, RTSP://192.0.2.1:554, 192.0.2.1",
    "rtsp://u:p@h:554/s?x={y}|z, rtsp://h:554/s?x={y}|z, h",
    "rtsp://u:p@ss@h/a@b, rtsp://h/a@b, h",
    "rtsp://h/a@b, rtsp://h/a@b, h",
    "rtsp://h/m?name=Main 1, rtsp://h/m?name=Main%201, h",
    "rtsp://[2001:db8::1]/s, rtsp://[2001:db8::1]/s, [2001:db8::1]",
    "rtsp://h?u=a@b, rtsp://h?u=a@b, h",
    "'rtsps://[fe80::1%3]:322/s', 'rtsps://[fe80::1%3]:322/s', '[fe80::1%3]'"
  })
  void aStreamUrlIsShownWithoutUserAndPassword(String text, String shown, String host) {
    assertThat(StreamUrl.parse(text)).hasValue(new StreamUrl(shown, host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rtsp:",
        "rtsp://",
        "rtsp:///s",
        "rtsp://:554/s",
        "http://h/s",
        "rtsp://h /s",
        "rtsp://h/s\n",
        "rtsp://u@/"
      })
  void whatIsNoStreamUrlIsNone(String text) {
    assertThat(StreamUrl.parse(text)).isEmpty();
    assertThat(StreamUrl.parse("rtsp://h/" + "x".repeat(3000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1..2.3",
        "1.2.3.",
        "999999999999.1.1.1"
      })
  void whatIsNoAddressIsAName(String host) {
    assertThat(NumericHost.parse(host)).isEmpty();
  }
}
