package dev.photofinish.camera.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers and the faults of a simulated ONVIF device. */
class OnvifDeviceTest {
  private static final OnvifProfile PROFILE =
      new OnvifProfile("main", "Main", "rtsp://127.0.0.1/a?x=1&y=2", "H264", 1280, 720);

  private final HttpClient client = HttpClient.newHttpClient();

  private static OnvifDevice.Builder device() {
    return OnvifDevice.builder().profiles(List.of(PROFILE));
  }

  private HttpResponse<String> ask(
      OnvifDevice device, String service, String operation, String header, String... headers)
      throws Exception {
    String body =
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Header>"
            + header
            + "</s:Header><s:Body>"
            + operation
            + "</s:Body></s:Envelope>";
    URI uri = URI.create("http://127.0.0.1:" + device.address().getPort() + "/onvif/" + service);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> ask(OnvifDevice device, String service, String operation)
      throws Exception {
    return ask(device, service, operation, "");
  }

  // ---- Answers

  @ParameterizedTest
  @CsvSource({
    "BOTH, true, true",
    "VER10, true, false",
    "VER20, false, true",
  })
  void itNamesTheServicesThatItHas(OnvifMedia media, boolean first, boolean second)
      throws Exception {
    try (OnvifDevice device = device().media(media).start()) {
      String base = "http://127.0.0.1:" + device.address().getPort() + "/onvif/";
      String services = ask(device, "device_service", "<GetServices/>").body();
      assertThat(services).contains(base + "device_service");
      assertThat(services.contains(base + "media_service")).isEqualTo(first);
      assertThat(services.contains(base + "media2_service")).isEqualTo(second);
      String capabilities = ask(device, "device_service", "<GetCapabilities/>").body();
      assertThat(capabilities.contains(base + "media_service")).isEqualTo(first);
    }
  }

  /** One of the commonest faults: addresses behind a port forwarding name the inner host. */
  @Test
  void itsAddressesMayNameAnotherHost() throws Exception {
    try (OnvifDevice device = device().xaddrHost("192.0.2.7").start()) {
      assertThat(ask(device, "device_service", "<GetServices/>").body())
          .contains("http://192.0.2.7:" + device.address().getPort() + "/onvif/media_service")
          .doesNotContain("127.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource({"media_service", "media2_service"})
  void itNamesTheStreamOfAProfile(String service) throws Exception {
    try (OnvifDevice device = device().start()) {
      assertThat(ask(device, service, "<GetProfiles/>").body())
          .contains("token=\"main\"")
          .contains("<tt:Width>1280</tt:Width>");
      String named = "<GetStreamUri><ProfileToken>main</ProfileToken></GetStreamUri>";
      assertThat(ask(device, service, named).body()).contains(">rtsp://127.0.0.1/a?x=1&amp;y=2<");
      String other = "<GetStreamUri><ProfileToken>none</ProfileToken></GetStreamUri>";
      assertThat(ask(device, service, other).statusCode()).isEqualTo(500);
    }
  }

  @Test
  void whatItDoesNotKnowIsAFault() throws Exception {
    try (OnvifDevice device = device().start()) {
      HttpResponse<String> answer = ask(device, "device_service", "<SystemReboot/>");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("ter:ActionNotSupported");
    }
  }

  @Test
  void itKeepsWhatItWasAsked() throws Exception {
    try (OnvifDevice device = device().start()) {
      ask(device, "device_service", "<GetDeviceInformation/>");
      assertThat(device.requests())
          .containsExactly(
              new OnvifRequest("/onvif/device_service", "GetDeviceInformation", false, false, 200));
    }
  }

  // ---- Access

  @Test
  void theClockIsForEveryoneAndWhatIsBehindTheLoginIsNot() throws Exception {
    try (OnvifDevice device = device().auth(OnvifAuth.TOKEN, "viewer", "secret").start()) {
      assertThat(ask(device, "device_service", "<GetSystemDateAndTime/>").statusCode())
          .isEqualTo(200);
      HttpResponse<String> refused = ask(device, "media_service", "<GetProfiles/>");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("ter:NotAuthorized");
    }
  }

  /** WS-UsernameToken profile 1.1: the digest is of nonce, time and password. */
  private static String token(String user, String password, Instant created, String nonce)
      throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-1");
    String time = created.truncatedTo(ChronoUnit.SECONDS).toString();
    digest.update(nonce.getBytes(StandardCharsets.UTF_8));
    digest.update(time.getBytes(StandardCharsets.UTF_8));
    digest.update(password.getBytes(StandardCharsets.UTF_8));
    Base64.Encoder base64 = Base64.getEncoder();
    return "<Security xmlns='urn:wsse'><UsernameToken><Username>"
        + user
        + "</Username><Password>"
        + base64.encodeToString(digest.digest())
        + "</Password><Nonce>"
        + base64.encodeToString(nonce.getBytes(StandardCharsets.UTF_8))
        + "</Nonce><Created>"
        + time
        + "</Created></UsernameToken></Security>";
  }

  private int profiles(OnvifDevice device, String token) throws Exception {
    return ask(device, "media_service", "<GetProfiles/>", token).statusCode();
  }

  @Test
  void aTokenHoldsOnceAndByTheClockOfTheDevice() throws Exception {
    Duration wrong = Duration.ofDays(-400);
    try (OnvifDevice device =
        device().auth(OnvifAuth.TOKEN, "viewer", "secret").clock(wrong).start()) {
      String clock = ask(device, "device_service", "<GetSystemDateAndTime/>").body();
      Instant there = Instant.now().plus(wrong);
      assertThat(clock).contains("<tt:Year>" + there.toString().substring(0, 4) + "</tt:Year>");
      String good = token("viewer", "secret", there, "once");
      assertThat(profiles(device, good)).isEqualTo(200);
      assertThat(profiles(device, good)).as("a nonce holds once").isEqualTo(400);
      assertThat(profiles(device, token("viewer", "secret", Instant.now(), "a")))
          .as("by our clock")
          .isEqualTo(400);
      assertThat(profiles(device, token("viewer", "wrong", there, "b"))).isEqualTo(400);
      assertThat(profiles(device, token("other", "secret", there, "c"))).isEqualTo(400);
    }
  }

  @Test
  void itMayAskForBasicOrDigest() throws Exception {
    try (OnvifDevice basic = device().auth(OnvifAuth.BASIC, "viewer", "secret").start();
        OnvifDevice digest = device().auth(OnvifAuth.DIGEST, "viewer", "secret").start()) {
      HttpResponse<String> refused = ask(basic, "media_service", "<GetProfiles/>");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .contains("Basic realm=\"onvif\"");
      String login =
          "Basic "
              + Base64.getEncoder()
                  .encodeToString("viewer:secret".getBytes(StandardCharsets.UTF_8));
      assertThat(
              ask(basic, "media_service", "<GetProfiles/>", "", "Authorization", login)
                  .statusCode())
          .isEqualTo(200);
      assertThat(
              ask(digest, "media_service", "<GetProfiles/>", "", "Authorization", login)
                  .headers()
                  .firstValue("WWW-Authenticate")
                  .orElseThrow())
          .startsWith("Digest realm=");
    }
  }

  // ---- Probes

  private static int freePort() throws IOException {
    try (DatagramSocket free = new DatagramSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static String probe(String types) {
    return "<e:Envelope xmlns:e='e' xmlns:w='w' xmlns:d='d'><e:Header>"
        + "<w:MessageID>urn:uuid:ours</w:MessageID></e:Header><e:Body><d:Probe><d:Types>"
        + types
        + "</d:Types></d:Probe></e:Body></e:Envelope>";
  }

  /** What comes for probes that are sent one after the other, to the first that is answered. */
  private static String answerTo(int port, String... probes) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(20_000);
      for (String probe : probes) {
        byte[] bytes = probe.getBytes(StandardCharsets.UTF_8);
        socket.send(
            new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
      }
      DatagramPacket answer = new DatagramPacket(new byte[65_536], 65_536);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void itAnswersProbesForItsKindAndNoOthers() throws Exception {
    int port = freePort();
    try (OnvifDevice device = device().discoveryPort(port).name("Hall%20door").start()) {
      String answer =
          answerTo(
              port,
              "no XML",
              "Types".repeat(10_000),
              "<!DOCTYPE a [<!ENTITY b 'NetworkVideoTransmitter'>]>" + probe("&b;"),
              probe("dn:Printer"),
              probe("dn:NetworkVideoTransmitter").replace("ours", "third"));
      assertThat(answer)
          .contains("<wsa:RelatesTo>urn:uuid:third</wsa:RelatesTo>")
          .contains(device.endpoint())
          .contains("onvif://www.onvif.org/name/Hall%20door")
          .contains("http://127.0.0.1:" + device.address().getPort() + "/onvif/device_service");
    }
  }
}
