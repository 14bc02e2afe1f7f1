package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.RawClient.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Basic and Digest, stale nonces and locked accounts. */
class AuthTest {

  private static SimulatedCamera.Builder camera(AuthScheme... schemes) {
    return SimulatedCamera.builder().credentials("admin", "secret", schemes);
  }

  private static String basic(String password) {
    byte[] pair = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** RFC 7616 section 3.4; with {@code qop} where the challenge offers it. */
  private static String digest(
      Response challenge, String hash, String method, String uri, String password)
      throws Exception {
    String text = challenge.header("WWW-Authenticate");
    String realm = parameter(text, "realm");
    String nonce = parameter(text, "nonce");
    String middle = nonce;
    String more = "";
    if (text.contains("qop")) {
      middle += ":00000001:abc:auth";
      more = ", qop=auth, nc=00000001, cnonce=\"abc\"";
    }
    if (text.contains("algorithm")) {
      more += ", algorithm=" + hash;
    }
    String ha1 = hash(hash, "admin:" + realm + ":" + password);
    String response = hash(hash, ha1 + ":" + middle + ":" + hash(hash, method + ":" + uri));
    return String.format(
        "Authorization: Digest username=\"admin\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\"%s",
        realm, nonce, uri, response, more);
  }

  private static String parameter(String header, String name) {
    Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(header);
    assertThat(matcher.find()).as("%s in %s", name, header).isTrue();
    return matcher.group(1);
  }

  private static String hash(String algorithm, String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void basicLetsTheRightPasswordIn() throws Exception {
    try (SimulatedCamera camera = camera(AuthScheme.BASIC).start();
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("OPTIONS").status()).isEqualTo(200);
      Response challenge = client.request("DESCRIBE");
      assertThat(challenge.status()).isEqualTo(401);
      assertThat(challenge.header("WWW-Authenticate"))
          .isEqualTo("Basic realm=\"Photofinish camera\"");
      assertThat(client.request("DESCRIBE", basic("wrong")).status()).isEqualTo(401);
      assertThat(client.request("DESCRIBE", basic("secret")).status()).isEqualTo(200);
      CameraReport report = camera.report();
      assertThat(report.wrongCredentials()).isEqualTo(1);
      assertThat(report.times(Kind.WRONG_CREDENTIALS)).hasSize(1);
      assertThat(report.toString()).doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DIGEST, MD5, false", "DIGEST, MD5, true",
    "DIGEST_SHA_256, SHA-256, false", "DIGEST_SHA_256, SHA-256, true"
  })
  void digestLetsTheRightPasswordIn(AuthScheme scheme, String hash, boolean qop) throws Exception {
    try (SimulatedCamera camera = camera(scheme).set(Knob.DIGEST_QOP, qop).start();
        RawClient client = RawClient.connect(camera)) {
      Response challenge = client.request("DESCRIBE");
      assertThat(challenge.header("WWW-Authenticate").contains("qop=\"auth\"")).isEqualTo(qop);
      String url = camera.url();
      String wrong = digest(challenge, hash, "DESCRIBE", url, "wrong");
      assertThat(client.request("DESCRIBE", wrong).status()).isEqualTo(401);
      String right = digest(challenge, hash, "DESCRIBE", url, "secret");
      assertThat(client.request("DESCRIBE", right).status()).isEqualTo(200);
      assertThat(client.request("PLAY", right).status())
          .as("made for another method")
          .isEqualTo(401);
      assertThat(camera.report().wrongCredentials()).isEqualTo(2);
    }
  }

  @Test
  void theDigestOfRfc2617IsUnderstood() throws Exception {
    String ha1 = hash("MD5", "Mufasa:testrealm@host.com:Circle Of Life");
    assertThat(ha1)
        .as("the example of RFC 2617 section 3.5")
        .isEqualTo("939e7578ed9e3c518a452acee763bce9");
  }

  @Test
  void challengesComeInTheirOrder() throws Exception {
    try (SimulatedCamera camera =
            camera(AuthScheme.DIGEST_SHA_256, AuthScheme.DIGEST, AuthScheme.BASIC).start();
        RawClient client = RawClient.connect(camera)) {
      List<String> challenges = client.request("DESCRIBE").headers("WWW-Authenticate");
      assertThat(challenges).hasSize(3);
      assertThat(challenges.get(0)).contains("algorithm=SHA-256");
      assertThat(challenges.get(1)).startsWith("Digest ").doesNotContain("algorithm");
      assertThat(challenges.get(2)).startsWith("Basic ");
    }
  }

  @Test
  void aSchemeThatIsNotOfferedIsWrong() throws Exception {
    try (SimulatedCamera camera = camera(AuthScheme.DIGEST).start();
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("DESCRIBE", basic("secret")).status()).isEqualTo(401);
      assertThat(camera.report().wrongCredentials()).isEqualTo(1);
    }
  }

  @Test
  void anOldNonceIsStaleAndNoWrongTry() throws Exception {
    try (SimulatedCamera camera = camera().set("nonce-lifetime", "1ms").start();
        RawClient client = RawClient.connect(camera)) {
      Response challenge = client.request("DESCRIBE");
      Response stale;
      do {
        stale =
            client.request(
                "DESCRIBE", digest(challenge, "MD5", "DESCRIBE", camera.url(), "secret"));
      } while (stale.status() == 200);
      assertThat(stale.status()).isEqualTo(401);
      assertThat(stale.header("WWW-Authenticate")).endsWith(", stale=true");
      assertThat(camera.report().wrongCredentials()).isZero();
    }
  }

  @Test
  void aNonceThatTheCameraNeverMadeIsStale() throws Exception {
    try (SimulatedCamera camera = camera().start();
        RawClient client = RawClient.connect(camera)) {
      Response made =
          new Response(
              401, "WWW-Authenticate: Digest realm=\"Photofinish camera\", nonce=\"x\"", "");
      String header = digest(made, "MD5", "DESCRIBE", camera.url(), "secret");
      assertThat(client.request("DESCRIBE", header).header("WWW-Authenticate"))
          .endsWith(", stale=true");
    }
  }

  @Test
  void wrongCredentialsLockTheAccountForTheRightOnesToo() throws Exception {
    try (SimulatedCamera camera = camera(AuthScheme.BASIC).set("lock-for", "1s").start();
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("DESCRIBE", basic("secret")).status()).isEqualTo(200);
      client.request("DESCRIBE", basic("wrong"));
      assertThat(client.request("DESCRIBE", basic("secret")).status()).isEqualTo(401);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      int status = 401;
      while (status == 401 && System.nanoTime() - deadline < 0) {
        status = client.request("DESCRIBE", basic("secret")).status();
      }
      assertThat(status).isEqualTo(200);
      assertThat(camera.report().wrongCredentials()).isEqualTo(1);
    }
  }

  @Test
  void theUrlCarriesCredentialsOnlyWhenAsked() {
    try (SimulatedCamera camera = camera().start()) {
      assertThat(camera.url()).isEqualTo("rtsp://127.0.0.1:" + camera.port() + "/stream");
      assertThat(camera.urlWithCredentials())
          .isEqualTo("rtsp://admin:secret@127.0.0.1:" + camera.port() + "/stream");
      assertThat(camera.toString()).doesNotContain("secret");
    }
  }
}
