package dev.photofinish.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.photofinish.camera.onvif.OnvifAuth;
import dev.photofinish.camera.onvif.OnvifDevice;
import dev.photofinish.camera.onvif.OnvifProfile;
import dev.photofinish.onvif.xml.XmlReader;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices that answer what no camera should: a sentence each, within bounds. */
@Timeout(120)
final class HostileDeviceTest {
  private static final String PASSWORD = "correct-horse";

  private static List<String> problems(HttpHandler handler) throws Exception {
    return problems(handler, Duration.ofSeconds(20));
  }

  private static List<String> problems(HttpHandler handler, Duration limit) throws Exception {
    try (TestDevice device = new TestDevice(handler)) {
      OnvifCamera camera = device.ask(PASSWORD, limit);
      assertThat(camera.toString()).doesNotContain(PASSWORD);
      return camera.problems().stream().map(text -> text.replace(":" + device.port(), "")).toList();
    }
  }

  private static void fault(HttpExchange exchange, String code, String reason) throws IOException {
    TestDevice.answer(
        exchange,
        400,
        "<E><Body><Fault><Code><Value>s:Sender</Value><Subcode><Value>"
            + code
            + "</Value></Subcode></Code><Reason><Text>"
            + reason
            + "</Text></Reason></Fault></Body></E>");
  }

  @Test
  void anEndlessAnswerIsCutOff() throws Exception {
    assertThat(
            problems(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  byte[] blanks = new byte[8192];
                  try (OutputStream out = exchange.getResponseBody()) {
                    while (!Thread.currentThread().isInterrupted()) {
                      out.write(blanks);
                    }
                  }
                }))
        .containsExactly(
            "127.0.0.1 did not answer: the answer is longer than "
                + XmlReader.MOST_BYTES
                + " bytes");
  }

  @Test
  void anAnswerThatDoesNotEndIsGivenUp() throws Exception {
    assertThat(
            problems(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  exchange.getResponseBody().write('<');
                  exchange.getResponseBody().flush();
                },
                Duration.ofMillis(200)))
        .containsExactly("127.0.0.1 did not answer GetSystemDateAndTime in time");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    assertThat(
            problems(
                exchange -> {
                  asked.incrementAndGet();
                  exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/");
                  TestDevice.answer(exchange, 307, "");
                }))
        .containsExactly("it answered GetSystemDateAndTime with HTTP status 307");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aWebPageIsNoCamera() throws Exception {
    assertThat(problems(exchange -> TestDevice.answer(exchange, 200, "<html><br></html>")))
        .singleElement()
        .asString()
        .startsWith("the answer cannot be read: the document is not XML: ");
  }

  @Test
  void entitiesAreNotRead() throws Exception {
    assertThat(
            problems(
                exchange ->
                    TestDevice.answer(
                        exchange,
                        200,
                        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><x>&e;</x>")))
        .containsExactly(
            "the answer cannot be read: the document has a type or entities, which are not read");
  }

  @Test
  void aRefusedTimeSaysSo() throws Exception {
    assertThat(
            problems(
                exchange -> fault(exchange, "ter:NotAuthorized", "timestamp out of range\u202e!")))
        .containsExactly(
            "it refused the time of the request, which was by its own clock:"
                + " timestamp out of range\\u202e!");
  }

  @Test
  void aLockedAccountIsLeftAlone() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    assertThat(
            problems(
                exchange -> {
                  asked.incrementAndGet();
                  fault(exchange, "ter:OperationProhibited", "Account is locked");
                }))
        .containsExactly("its account is locked: Account is locked");
    assertThat(asked).as("the clock, the services").hasValue(2);
  }

  @Test
  void aNonceThatIsAlwaysStaleEnds() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    assertThat(
            problems(
                exchange -> {
                  asked.incrementAndGet();
                  exchange
                      .getResponseHeaders()
                      .set("WWW-Authenticate", "Digest realm=\"x\", nonce=\"1\", stale=true");
                  TestDevice.answer(exchange, 401, "");
                }))
        .containsExactly("it refused the user name or the password");
    assertThat(asked).hasValueLessThanOrEqualTo(8);
  }

  @Test
  void aCertificateOfItsOwnIsRefusedUnlessAskedFor() throws Exception {
    OnvifProfile profile = new OnvifProfile("p", "P", "rtsp://127.0.0.1/s", "H264", 1, 1);
    try (OnvifDevice device =
        OnvifDevice.builder()
            .tls(selfSigned())
            .auth(OnvifAuth.TOKEN, "viewer", PASSWORD)
            .profiles(List.of(profile))
            .start()) {
      URI uri = URI.create("https://127.0.0.1:" + device.address().getPort());
      Discovery.Builder discovery =
          Discovery.builder().credentials("viewer", PASSWORD).cameraTimeout(Duration.ofSeconds(20));

      OnvifCamera refused = discovery.build().ask(uri);
      assertThat(refused.problems())
          .singleElement()
          .asString()
          .contains("its certificate is not trusted", "tls-insecure");
      assertThat(device.requests()).isEmpty();

      OnvifCamera camera = discovery.tlsInsecure(true).build().ask(uri);
      assertThat(camera.problems()).isEmpty();
      assertThat(camera.streams()).hasSize(1);
    }
  }

  private static SSLContext selfSigned() throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=another-name")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    KeyStore store = bundle.toKeyStore(new char[0]);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
