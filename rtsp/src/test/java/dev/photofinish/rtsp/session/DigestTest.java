package dev.photofinish.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 7616, RFC 2617, RFC 2069: what a challenge is answered with, and when no more. */
class DigestTest {
  private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");
  private static final Credentials OLD_MUFASA = new Credentials("Mufasa", "Circle Of Life");

  private static Digest digest(String challenge, Credentials credentials, long... cnonces) {
    return new Digest(
        Challenge.parse(List.of(challenge)).get(0), credentials, new FixedNonces(cnonces));
  }

  @Test
  void withoutQopIsRfc2069() {
    Digest digest =
        digest("Digest realm=\"IP Camera\", nonce=\"abc\"", new Credentials("admin", "12345"));
    assertThat(digest.authorization("DESCRIBE", "rtsp://192.0.2.1/ch1"))
        .isEqualTo(
            "Digest username=\"admin\", realm=\"IP Camera\", nonce=\"abc\","
                + " uri=\"rtsp://192.0.2.1/ch1\","
                + " response=\""
                + md5(md5("admin:IP Camera:12345") + ":abc:" + md5("DESCRIBE:rtsp://192.0.2.1/ch1"))
                + "\"");
  }

  /** RFC 2617 section 3.5 fixes every value but the cnonce, which is text there. */
  @Test
  void qopCountsItsNonce() {
    Digest digest =
        digest(
            "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
            OLD_MUFASA,
            0x0a4f113bL,
            2);
    String a1 = md5("Mufasa:testrealm@host.com:Circle Of Life");
    String a2 = md5("GET:/dir/index.html");
    assertThat(digest.authorization("GET", "/dir/index.html"))
        .contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")
        .contains("qop=auth, nc=00000001, cnonce=\"000000000a4f113b\"")
        .contains(
            md5(a1 + ":dcd98b7102dd2f0e8b11d0f600bfb0c093:00000001:000000000a4f113b:auth:" + a2));
    assertThat(digest.authorization("GET", "/dir/index.html"))
        .contains("nc=00000002, cnonce=\"0000000000000002\"");
  }

  /** RFC 7616 section 3.9.1's user, realm and nonce. */
  @Test
  void sha256() {
    Digest digest =
        digest(
            "Digest realm=\"http-auth@example.org\", qop=\"auth\", algorithm=SHA-256,"
                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\"",
            MUFASA,
            1);
    String a1 = sha256("Mufasa:http-auth@example.org:Circle of Life");
    assertThat(a1).isEqualTo("7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232");
    assertThat(digest.authorization("GET", "/dir/index.html"))
        .contains("algorithm=SHA-256")
        .contains(
            sha256(
                a1
                    + ":7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v:00000001:0000000000000001"
                    + ":auth:"
                    + sha256("GET:/dir/index.html")));
  }

  @Test
  void sessionVariantHashesTheNoncesIn() {
    Digest digest = digest("Digest realm=r, nonce=n, algorithm=MD5-sess, qop=auth", MUFASA, 5);
    String a1 = md5(md5("Mufasa:r:Circle of Life") + ":n:0000000000000005");
    assertThat(digest.authorization("OPTIONS", "*"))
        .contains(md5(a1 + ":n:00000001:0000000000000005:auth:" + md5("OPTIONS:*")));
  }

  @Test
  void quotesInAUserAreEscaped() {
    Digest digest = digest("Digest realm=\"a \\\"b\\\"\", nonce=n", new Credentials("u\"x", "p"));
    assertThat(digest.authorization("OPTIONS", "*"))
        .startsWith("Digest username=\"u\\\"x\", realm=\"a \\\"b\\\"\",");
  }

  @Test
  void severalChallengesInOneHeaderOrSeveral() {
    List<Challenge> challenges =
        Challenge.parse(
            List.of(
                "Digest realm=\"a, b\", nonce=\"1\", stale=FALSE , Basic realm=\"c\"",
                "Negotiate",
                "digest Realm=d,Nonce = \"2\",algorithm=\"SHA-256\", stale=true"));
    assertThat(challenges)
        .extracting(Challenge::scheme)
        .containsExactly("digest", "basic", "negotiate", "digest");
    assertThat(challenges.get(0).parameter("realm")).isEqualTo("a, b");
    assertThat(challenges.get(0).isStale()).isFalse();
    assertThat(challenges.get(3).parameter("nonce")).isEqualTo("2");
    assertThat(challenges.get(3).isStale()).isTrue();
  }

  @Test
  void unreadableChallengesArePassedOver() {
    assertThat(Challenge.parse(List.of("", ",,,", "=\"", "Digest realm=\"open"))).hasSize(1);
    String hostile = "Digest realm=\"" + "\\".repeat(10_001);
    assertThat(Challenge.parse(List.of(hostile))).hasSizeLessThan(3);
  }

  @Test
  void theStrongestIsAnswered() {
    Authenticator authenticator = new Authenticator(MUFASA, new Random(1));
    assertThat(authenticator.authorization("OPTIONS", "*")).isEmpty();
    assertThat(
            authenticator.challenged(
                List.of(
                    "Basic realm=x",
                    "Digest realm=x, nonce=1, algorithm=SHA-256",
                    "Digest realm=x, nonce=2",
                    "Digest realm=x, nonce=3, algorithm=SHA-9"),
                false))
        .isEqualTo(Authenticator.Verdict.ANSWER);
    assertThat(authenticator.authorization("OPTIONS", "*").orElseThrow())
        .contains("algorithm=SHA-256");
  }

  @Test
  void basicWhereNothingElseIsOffered() {
    Authenticator authenticator = new Authenticator(MUFASA, new Random(1));
    assertThat(authenticator.challenged(List.of("Basic realm=x"), false))
        .isEqualTo(Authenticator.Verdict.ANSWER);
    assertThat(authenticator.authorization("OPTIONS", "*"))
        .isEqualTo(Optional.of("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl"));
    assertThat(authenticator.challenged(List.of("Basic realm=x"), true))
        .isEqualTo(Authenticator.Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void refusedCredentialsAreNotSentAgain() {
    Authenticator authenticator = new Authenticator(MUFASA, new Random(1));
    authenticator.challenged(List.of("Digest realm=x, nonce=1"), false);
    assertThat(authenticator.challenged(List.of("Digest realm=x, nonce=2"), true))
        .isEqualTo(Authenticator.Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void aStaleNonceIsRenewedButNotForEver() {
    Authenticator authenticator = new Authenticator(MUFASA, new Random(1));
    authenticator.challenged(List.of("Digest realm=x, nonce=1"), false);
    for (int nonce = 2; nonce <= 3; nonce++) {
      assertThat(
              authenticator.challenged(List.of("Digest realm=x, stale=true, nonce=" + nonce), true))
          .isEqualTo(Authenticator.Verdict.ANSWER);
      assertThat(authenticator.authorization("PLAY", "*").orElseThrow())
          .contains("nonce=\"" + nonce + "\"");
    }
    assertThat(authenticator.challenged(List.of("Digest realm=x, stale=true, nonce=4"), true))
        .isEqualTo(Authenticator.Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void aNewNonceAfterSuccessIsTriedOnceWithoutBeingCalledStale() {
    Authenticator authenticator = new Authenticator(MUFASA, new Random(1));
    authenticator.challenged(List.of("Digest realm=x, nonce=1"), false);
    authenticator.accepted();
    assertThat(authenticator.challenged(List.of("Digest realm=x, nonce=2"), true))
        .isEqualTo(Authenticator.Verdict.ANSWER);
    assertThat(authenticator.challenged(List.of("Digest realm=x, nonce=3"), true))
        .isEqualTo(Authenticator.Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void nothingToAnswerWith() {
    assertThat(new Authenticator(null, new Random(1)).challenged(List.of("Basic realm=x"), false))
        .isEqualTo(Authenticator.Verdict.NO_CREDENTIALS);
    assertThat(new Authenticator(MUFASA, new Random(1)).challenged(List.of("Negotiate"), false))
        .isEqualTo(Authenticator.Verdict.UNKNOWN_SCHEME);
  }

  @Test
  void credentialsAreNotShown() {
    assertThat(MUFASA.toString()).doesNotContain("Mufasa").doesNotContain("Circle");
  }

  private static String md5(String text) {
    return hash("MD5", text);
  }

  private static String sha256(String text) {
    return hash("SHA-256", text);
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Gives the numbers it was made with. */
  private static final class FixedNonces implements java.util.random.RandomGenerator {
    private final long[] values;
    private int next;

    FixedNonces(long... values) {
      this.values = values;
    }

    @Override
    public long nextLong() {
      return values[next++];
    }
  }
}
