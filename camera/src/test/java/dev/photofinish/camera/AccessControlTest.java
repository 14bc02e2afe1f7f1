package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.AccessControl.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link AccessControl} at given times, without connections. */
class AccessControlTest {

  private static final long NOW = shortlyBeforeTheOverflow();
  private static final long SECOND = 1_000_000_000L;
  private static final String URI = "rtsp://camera/stream";

  /** The time of a clock that overflows during the tests. */
  private static long shortlyBeforeTheOverflow() {
    return Long.MAX_VALUE - 5;
  }

  private static AccessControl with(SimulatedCamera.Builder builder) {
    return new AccessControl(builder.options(), 42);
  }

  private static SimulatedCamera.Builder camera(AuthScheme... schemes) {
    return SimulatedCamera.builder().credentials("admin", "secret", schemes);
  }

  private static RtspRequest request(String method, String authorization) {
    return new RtspRequest(method, URI, "RTSP/1.0", Map.of("authorization", authorization));
  }

  private static RtspRequest basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return request("DESCRIBE", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  /** A Digest of the old form (RFC 2069), the nonce as {@code camera} makes it at {@code time}. */
  private static String digest(AccessControl camera, long time, String user, String password) {
    String challenge = camera.challenges(false, time).get(0);
    String nonce = challenge.replaceFirst(".*nonce=\"([^\"]*)\".*", "$1");
    String secret = md5(user + ":Photofinish camera:" + password);
    String response = md5(secret + ":" + nonce + ":" + md5("DESCRIBE:" + URI));
    return String.format(
        "Digest username=\"%s\", realm=\"Photofinish camera\", nonce=\"%s\", uri=\"%s\","
            + " response=\"%s\"",
        user, nonce, URI, response);
  }

  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutAUserEverybodyIsLetIn() {
    AccessControl open = with(SimulatedCamera.builder());
    RtspRequest anybody = new RtspRequest("DESCRIBE", URI, "RTSP/1.0", Map.of());
    assertThat(open.judge(anybody, NOW)).isEqualTo(Verdict.GRANTED);
  }

  @Test
  void noCredentialsAreMissingAndNotWrong() {
    AccessControl camera = with(camera().set(Knob.LOCK_FOR, Duration.ofSeconds(1)));
    RtspRequest nobody = new RtspRequest("DESCRIBE", URI, "RTSP/1.0", Map.of());
    assertThat(camera.judge(nobody, NOW)).isEqualTo(Verdict.MISSING);
    assertThat(camera.judge(nobody, NOW)).as("no lock").isEqualTo(Verdict.MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin:Secret", "Admin:secret", "admin:secret ", ":", "admin", ""})
  void basicTakesTheExactPairAlone(String pair) {
    assertThat(with(camera(AuthScheme.BASIC)).judge(basic(pair), NOW)).isEqualTo(Verdict.WRONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic !!!",
        "Digest",
        "Digest username=\"admin\"",
        "Bearer token",
        "Negotiate"
      })
  void whatCannotBeReadIsWrong(String authorization) {
    AccessControl camera = with(camera(AuthScheme.BASIC, AuthScheme.DIGEST));
    assertThat(camera.judge(request("DESCRIBE", authorization), NOW)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aDigestHoldsForUserPasswordAndMethod() {
    AccessControl camera = with(camera());
    String right = digest(camera, NOW, "admin", "secret");
    assertThat(camera.judge(request("DESCRIBE", right), NOW)).isEqualTo(Verdict.GRANTED);
    assertThat(camera.judge(request("SETUP", right), NOW)).isEqualTo(Verdict.WRONG);
    String password = digest(camera, NOW, "admin", "other");
    assertThat(camera.judge(request("DESCRIBE", password), NOW)).isEqualTo(Verdict.WRONG);
    String user = digest(camera, NOW, "root", "secret");
    assertThat(camera.judge(request("DESCRIBE", user), NOW)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aNonceIsFreshForItsLifetimeToTheNanosecond() {
    AccessControl camera = with(camera().set(Knob.NONCE_LIFETIME, Duration.ofSeconds(10)));
    RtspRequest request = request("DESCRIBE", digest(camera, NOW, "admin", "secret"));
    assertThat(camera.judge(request, NOW + 10 * SECOND)).isEqualTo(Verdict.GRANTED);
    assertThat(camera.judge(request, NOW + 10 * SECOND + 1)).isEqualTo(Verdict.STALE);
  }

  @Test
  void aNonceWithoutALifetimeIsFreshForEver() {
    AccessControl camera = with(camera());
    RtspRequest request = request("DESCRIBE", digest(camera, 0, "admin", "secret"));
    assertThat(camera.judge(request, Long.MAX_VALUE)).isEqualTo(Verdict.GRANTED);
  }

  @Test
  void theNonceOfAnotherCameraIsStale() {
    AccessControl camera = with(camera());
    AccessControl other = new AccessControl(camera().options(), 43);
    RtspRequest request = request("DESCRIBE", digest(other, NOW, "admin", "secret"));
    assertThat(camera.judge(request, NOW)).isEqualTo(Verdict.STALE);
  }

  @Test
  void aWrongTryLocksTheAccountToTheNanosecond() {
    AccessControl camera =
        with(camera(AuthScheme.BASIC).set(Knob.LOCK_FOR, Duration.ofSeconds(30)));
    assertThat(camera.judge(basic("admin:guess"), NOW)).isEqualTo(Verdict.WRONG);
    long end = NOW + 30 * SECOND;
    assertThat(camera.judge(basic("admin:secret"), end - 1)).isEqualTo(Verdict.LOCKED);
    assertThat(camera.judge(basic("admin:secret"), end)).isEqualTo(Verdict.GRANTED);
  }

  @Test
  void aTryWhileLockedDoesNotLockForLonger() {
    AccessControl camera =
        with(camera(AuthScheme.BASIC).set(Knob.LOCK_FOR, Duration.ofSeconds(30)));
    assertThat(camera.judge(basic("admin:guess"), NOW)).isEqualTo(Verdict.WRONG);
    assertThat(camera.judge(basic("admin:guess"), NOW + 29 * SECOND)).isEqualTo(Verdict.LOCKED);
    assertThat(camera.judge(basic("admin:secret"), NOW + 30 * SECOND)).isEqualTo(Verdict.GRANTED);
  }

  @Test
  void aRestartUnlocks() {
    AccessControl camera = with(camera(AuthScheme.BASIC).set(Knob.LOCK_FOR, Duration.ofHours(1)));
    assertThat(camera.judge(basic("admin:guess"), NOW)).isEqualTo(Verdict.WRONG);
    camera.unlock();
    assertThat(camera.judge(basic("admin:secret"), NOW)).isEqualTo(Verdict.GRANTED);
  }

  @Test
  void challengesNameTheirAlgorithmAndStaleness() {
    AccessControl camera =
        with(camera(AuthScheme.DIGEST_SHA_256, AuthScheme.DIGEST).set(Knob.DIGEST_QOP, true));
    assertThat(camera.challenges(true, NOW))
        .hasSize(2)
        .allMatch(challenge -> challenge.endsWith(", stale=true"))
        .allMatch(challenge -> challenge.contains(", qop=\"auth\""));
    assertThat(camera.challenges(false, NOW).get(0)).contains(", algorithm=SHA-256");
    assertThat(camera.challenges(false, NOW).get(1)).doesNotContain("algorithm");
  }
}
