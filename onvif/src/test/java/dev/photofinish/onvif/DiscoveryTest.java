package dev.photofinish.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.photofinish.camera.onvif.OnvifAuth;
import dev.photofinish.camera.onvif.OnvifDevice;
import dev.photofinish.camera.onvif.OnvifMedia;
import dev.photofinish.camera.onvif.OnvifProfile;
import dev.photofinish.camera.onvif.OnvifRequest;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches on the loopback interface, on a port of the test's own. */
@Timeout(120)
final class DiscoveryTest {
  private static final OnvifProfile MAIN =
      new OnvifProfile("main", "Main stream", "rtsp://127.0.0.1:8554/main", "H264", 1920, 1080);
  private static final OnvifProfile SUB =
      new OnvifProfile("sub", "Sub", "rtsp://127.0.0.1:8554/sub?a=1&b=2", "H265", 640, 360);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final int port = freePort();

  private static int freePort() {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NetworkInterface loopback() throws IOException {
    return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
  }

  private OnvifDevice.Builder device() {
    return OnvifDevice.builder().discoveryPort(port).profiles(List.of(MAIN, SUB));
  }

  /** Long enough for a busy machine; it ends when so many cameras have answered. */
  private Discovery.Builder discovery(int count) throws IOException {
    return Discovery.builder()
        .port(port)
        .interfaces(List.of(loopback()))
        .timeout(LONG)
        .cameraTimeout(LONG)
        .count(count);
  }

  private static URI uri(OnvifDevice device) {
    return URI.create("http://127.0.0.1:" + device.address().getPort());
  }

  private static OnvifCamera ask(OnvifDevice device, Discovery.Builder discovery) throws Exception {
    return discovery.cameraTimeout(LONG).build().ask(uri(device));
  }

  @Test
  void findsACameraWithItsStreams() throws Exception {
    try (OnvifDevice device = device().name("Front%20door").start()) {
      List<String> heard = new ArrayList<>();
      List<OnvifCamera> cameras =
          discovery(1)
              .build()
              .search(
                  new DiscoveryListener() {
                    @Override
                    public void searching(List<String> sources) {
                      heard.add("searching " + sources);
                    }

                    @Override
                    public void answered(String address, String name) {
                      heard.add("answered " + address + " " + name);
                    }

                    @Override
                    public void camera(OnvifCamera camera) {
                      heard.add("camera " + camera.endpoint());
                    }
                  });

      assertThat(cameras).hasSize(1);
      OnvifCamera camera = cameras.get(0);
      assertThat(camera.endpoint()).isEqualTo(device.endpoint());
      assertThat(camera.name()).isEqualTo("Front door");
      assertThat(camera.manufacturer()).isEqualTo("Photofinish");
      assertThat(camera.model()).isEqualTo("Simulated camera");
      assertThat(camera.location()).isEqualTo("hall");
      assertThat(camera.addresses()).containsExactly(InetAddress.getLoopbackAddress());
      assertThat(camera.problems()).isEmpty();
      assertThat(camera.streams())
          .containsExactly(
              new OnvifStream(
                  "main",
                  "Main stream",
                  "rtsp://127.0.0.1:8554/main",
                  "H264",
                  1920,
                  1080,
                  "",
                  false),
              new OnvifStream(
                  "sub", "Sub", "rtsp://127.0.0.1:8554/sub?a=1&b=2", "H265", 640, 360, "", false));
      assertThat(heard)
          .containsExactly(
              "searching [" + loopback().getName() + " (127.0.0.1)]",
              "answered 127.0.0.1 Front door",
              "camera " + device.endpoint());
    }
  }

  @Test
  void findsEachOfSeveralOnce() throws Exception {
    try (OnvifDevice first = device().start();
        OnvifDevice second = device().start();
        OnvifDevice third = device().start()) {
      assertThat(discovery(3).build().search())
          .extracting(OnvifCamera::endpoint)
          .containsExactlyInAnyOrder(first.endpoint(), second.endpoint(), third.endpoint());
    }
  }

  @Test
  void findsNothingWhereNothingIs() throws Exception {
    assertThat(discovery(0).timeout(Duration.ofMillis(20)).build().search()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-26298H", "PT0S", "PT87600H"})
  void theTokenIsMadeByTheClockOfTheCamera(Duration clock) throws Exception {
    try (OnvifDevice device =
        device().auth(OnvifAuth.TOKEN, "viewer", "se<cr&et").clock(clock).start()) {
      OnvifCamera camera = ask(device, Discovery.builder().credentials("viewer", "se<cr&et"));

      assertThat(camera.problems()).isEmpty();
      assertThat(camera.streams()).hasSize(2);
      assertThat(camera.clockOffset().orElseThrow().minus(clock).abs())
          .isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void nothingIsShownBeforeItIsAskedFor() throws Exception {
    try (OnvifDevice device = device().auth(OnvifAuth.TOKEN, "viewer", "secret").start()) {
      ask(device, Discovery.builder().credentials("viewer", "secret"));

      assertThat(device.requests())
          .extracting(OnvifRequest::operation, OnvifRequest::token, OnvifRequest::status)
          .startsWith(
              tuple("GetSystemDateAndTime", false, 200),
              tuple("GetServices", false, 200),
              tuple("GetProfiles", false, 400),
              tuple("GetProfiles", true, 200));
    }
  }

  /** By both at once, since some ask for Digest and take a token alone. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "DIGEST",
        "DIGEST_ALONE",
        "DIGEST_ONCE",
        "TOKEN_BEHIND_DIGEST",
        "TOKEN_ALONE",
        "TOKEN_ALONE_BY_401",
        "DIGEST_BEHIND_TOKEN"
      })
  void httpDigestIsAnsweredWhereA401AsksForIt(OnvifAuth auth) throws Exception {
    try (OnvifDevice device = device().auth(auth, "viewer", "secret").start()) {
      OnvifCamera camera = ask(device, Discovery.builder().credentials("viewer", "secret"));

      assertThat(camera.problems()).isEmpty();
      assertThat(camera.streams()).hasSize(2);
    }
  }

  @Test
  void basicIsNeverAnswered() throws Exception {
    try (OnvifDevice device = device().auth(OnvifAuth.BASIC, "viewer", "secret").start()) {
      OnvifCamera camera = ask(device, Discovery.builder().credentials("viewer", "secret"));

      assertThat(camera.problems())
          .containsExactly("it asks for the password in the clear (Basic), which is not sent");
      assertThat(device.requests()).noneMatch(OnvifRequest::authorization);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TOKEN", "DIGEST", "DIGEST_ALONE", "DIGEST_ONCE", "TOKEN_BEHIND_DIGEST"})
  void wrongCredentialsAreTriedOnce(OnvifAuth auth) throws Exception {
    try (OnvifDevice device = device().auth(auth, "viewer", "secret").start()) {
      OnvifCamera camera = ask(device, Discovery.builder().credentials("viewer", "hunter2"));

      assertThat(camera.problems()).containsExactly("it refused the user name or the password");
      assertThat(camera.streams()).isEmpty();
      assertThat(camera.service()).isPresent();
      assertThat(device.requests())
          .filteredOn(request -> request.token() || request.authorization())
          .hasSize(1);
    }
  }

  /** Whether it looked at the token beside Digest nobody can tell. */
  @ParameterizedTest
  @EnumSource(names = {"TOKEN_ALONE", "TOKEN_ALONE_BY_401"})
  void orTwiceWhereDigestIsRefusedWithoutAWord(OnvifAuth auth) throws Exception {
    try (OnvifDevice device = device().auth(auth, "viewer", "secret").start()) {
      OnvifCamera camera = ask(device, Discovery.builder().credentials("viewer", "hunter2"));

      assertThat(camera.problems()).containsExactly("it refused the user name or the password");
      assertThat(device.requests())
          .filteredOn(request -> request.token() || request.authorization())
          .extracting(OnvifRequest::token, OnvifRequest::authorization)
          .containsExactly(tuple(true, true), tuple(true, false));
    }
  }

  @Test
  void withoutCredentialsACameraThatAsksForThemIsNamed() throws Exception {
    try (OnvifDevice device = device().auth(OnvifAuth.TOKEN, "viewer", "secret").start()) {
      OnvifCamera camera = ask(device, Discovery.builder());

      assertThat(camera.problems()).containsExactly("it asks for a user name and a password");
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksTheMediaServiceThatIsThere(OnvifMedia media) throws Exception {
    try (OnvifDevice device = device().media(media).start()) {
      OnvifCamera camera = ask(device, Discovery.builder());

      assertThat(camera.streams())
          .extracting(OnvifStream::url, OnvifStream::videoCodec, OnvifStream::width)
          .containsExactly(
              tuple("rtsp://127.0.0.1:8554/main", "H264", 1920),
              tuple("rtsp://127.0.0.1:8554/sub?a=1&b=2", "H265", 640));
      assertThat(device.requests())
          .filteredOn(request -> request.operation().equals("GetProfiles"))
          .extracting(OnvifRequest::service)
          .containsExactly(
              media == OnvifMedia.VER20 ? "/onvif/media2_service" : "/onvif/media_service");
    }
  }

  @Test
  void anotherHostInTheAddressesGetsNothing() throws Exception {
    try (OnvifDevice device =
            device().auth(OnvifAuth.TOKEN, "viewer", "secret").xaddrHost("127.0.0.2").start();
        OnvifDevice other =
            OnvifDevice.builder()
                .address(
                    new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                        device.address().getPort()))
                .start()) {
      OnvifCamera camera = discovery(1).credentials("viewer", "secret").build().search().get(0);

      assertThat(other.requests()).isEmpty();
      assertThat(camera.streams()).hasSize(2);
      assertThat(camera.problems())
          .containsExactly(
              "it names the host 127.0.0.2, but answered from 127.0.0.1",
              "its media service names the host 127.0.0.2; 127.0.0.1 was asked instead");
    }
  }

  @Test
  void aStreamAtAnotherHostIsMarked() throws Exception {
    OnvifProfile elsewhere =
        new OnvifProfile("p", "P", "rtsp://user:pass@192.0.2.1/stream", "H264", 1, 1);
    try (OnvifDevice device = device().profiles(List.of(elsewhere)).start()) {
      OnvifCamera camera = ask(device, Discovery.builder());

      assertThat(camera.streams())
          .containsExactly(
              new OnvifStream("p", "P", "rtsp://192.0.2.1/stream", "H264", 1, 1, "", true));
      assertThat(camera.problems())
          .containsExactly(
              "the stream of profile p is at 192.0.2.1, another host than the one that answered:"
                  + " its credentials do not belong there");
    }
  }

  @Test
  void aHostThatTakesNoConnectionIsAProblem() throws Exception {
    URI nobody;
    try (OnvifDevice device = device().start()) {
      nobody = uri(device);
    }

    OnvifCamera camera = Discovery.builder().build().ask(nobody);

    assertThat(camera.service()).isEmpty();
    assertThat(camera.problems())
        .containsExactly("127.0.0.1:" + nobody.getPort() + " does not take connections");
  }

  @Test
  void anAddressWithoutHttpIsMisuse() {
    assertThatThrownBy(() -> Discovery.builder().build().ask(URI.create("ftp://camera")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("camera: no http or https URL");
    assertThatThrownBy(() -> Discovery.builder().build().ask(URI.create("http://camera.invalid/")))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void anInterruptEndsTheSearch() throws Exception {
    Discovery endless = discovery(0).build();
    Thread.currentThread().interrupt();
    assertThatThrownBy(endless::search).isInstanceOf(InterruptedException.class);
  }
}
