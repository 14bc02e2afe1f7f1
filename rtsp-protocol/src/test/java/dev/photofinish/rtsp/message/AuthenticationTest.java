package dev.photofinish.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Challenges and answers; the vectors are those of the RFCs. */
class AuthenticationTest {
  private static final Credentials MUFASA = new Credentials("Mufasa", "Circle Of Life");
  private static final Method GET = new Method("GET");

  private static List<Challenge> parse(String... values) throws RtspFormatException {
    return Challenge.parseAll(List.of(values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "Basic realm=\"x\" | Basic realm=\"x\"",
        "basic REALM=x | Basic realm=\"x\"",
        "Basic | Basic realm=\"\"",
        "Digest realm=\"a, \\\"b\\\" Basic c=\",nonce=n | Digest realm=\"a, \\\"b\\\" Basic c=\", nonce=\"n\"",
        "Digest realm=\"\", nonce=\"n\", stale=\"TRUE\", qop=\"auth-int,auth\", opaque=\"o\" | Digest realm=\"\", nonce=\"n\", opaque=\"o\", qop=\"auth\", stale=true",
        "Digest realm=\"r\" , nonce = \"n\" , algorithm=sha-256-SESS,qop= | Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256-sess",
        "Digest realm=r, nonce=n, algorithm=TIGER | Digest algorithm=TIGER",
        "Digest realm=r, nonce=n, qop=auth-int | Digest qop=auth-int",
        "Negotiate | Negotiate",
        "Bearer realm=\"x\", error=\"y\" | Bearer",
      })
  void challenge(String value, String written) throws RtspFormatException {
    assertThat(parse(value)).singleElement().hasToString(written);
  }

  @Test
  void severalChallengesInOneHeaderAndInSeveral() throws RtspFormatException {
    assertThat(
            parse(
                "Digest realm=\"a,b\", nonce=\"1\", algorithm=SHA-256, Digest nonce=2, realm=c, Basic realm=\"d\"",
                "Negotiate, Basic realm=e"))
        .extracting(Challenge::toString)
        .containsExactly(
            "Digest realm=\"a,b\", nonce=\"1\", algorithm=SHA-256",
            "Digest realm=\"c\", nonce=\"2\"",
            "Basic realm=\"d\"",
            "Negotiate",
            "Basic realm=\"e\"");
  }

  @Test
  void aChallengeThatCannotBeAnsweredLeavesTheOthers() throws RtspFormatException {
    assertThat(parse("Digest realm=\"x\", Basic realm=\"y\""))
        .containsExactly(new Challenge.Basic("y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "\"x\"", "=", "Digest realm=x", "Digest nonce=x"})
  void noChallenge(String value) {
    assertThatThrownBy(() -> parse(value)).isInstanceOf(RtspFormatException.class);
  }

  /** RFC 2069 with the correction of its erratum, and RFC 2617 section 3.5. */
  @ParameterizedTest
  @CsvSource({
    "false,1949323746fe6a43ef61f9606e7febea",
    "true,6629fae49393a05397450978507c4ef1",
  })
  void theResponseOfTheRfcs(boolean qop, String response) {
    var challenge =
        new Challenge.Digest(
            "testrealm@host.com",
            "dcd98b7102dd2f0e8b11d0f600bfb0c093",
            Optional.of("5ccc069c403ebaf9f0171e9517f40e41"),
            Optional.empty(),
            qop,
            false);
    var credentials = qop ? MUFASA : new Credentials("Mufasa", "CircleOfLife");

    var answer = (Authorization.Digest) answer(challenge, credentials, "0a4f113b");

    assertThat(answer.response()).isEqualTo(response);
  }

  @Test
  void theResponsesOfRfc7616() {
    String nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    String clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    for (DigestAlgorithm algorithm : List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256)) {
      var challenge =
          new Challenge.Digest(
              "http-auth@example.org",
              nonce,
              Optional.empty(),
              Optional.of(algorithm),
              true,
              false);
      var answer =
          (Authorization.Digest)
              answer(challenge, new Credentials("Mufasa", "Circle of Life"), clientNonce);
      assertThat(answer.response())
          .isEqualTo(
              algorithm == DigestAlgorithm.MD5
                  ? "8ca523f5e9506fed4657c9700eebdbec"
                  : "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }
  }

  private static Authorization answer(
      Challenge challenge, Credentials credentials, String clientNonce) {
    return Authorization.answer(challenge, credentials, GET, "/dir/index.html", clientNonce, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm=x",
        "Digest realm=\"a\\\"b\",nonce=n",
        "Digest realm=r,nonce=n,qop=auth,opaque=o",
        "Digest realm=r,nonce=n,algorithm=MD5-sess",
        "Digest realm=r,nonce=n,algorithm=SHA-256-sess,qop=auth",
        "Digest realm=r,nonce=n,algorithm=SHA-512-256",
      })
  void anAnswerIsReadAsItWasWrittenAndFitsItsCredentialsAlone(String value)
      throws RtspFormatException {
    Authorization answer = answer(parse(value).get(0), MUFASA, "abc");

    Authorization read = Authorization.parse(answer.headerValue());

    assertThat(read).isEqualTo(answer);
    if (read instanceof Authorization.Digest digest) {
      assertThat(digest.isAnswerOf(MUFASA, GET)).isTrue();
      assertThat(digest.isAnswerOf(MUFASA, Method.PLAY)).isFalse();
      assertThat(digest.isAnswerOf(new Credentials("Mufasa", "x"), GET)).isFalse();
    }
  }

  /** A server need not store the password; the hash of a user is that of RFC 2617 section 3.5. */
  @Test
  void anAnswerIsCheckedByTheHashOfAPassword() throws RtspFormatException {
    String hash = DigestAlgorithm.MD5.userHash(MUFASA, "testrealm@host.com");
    assertThat(hash).isEqualTo("939e7578ed9e3c518a452acee763bce9");
    Challenge challenge = parse("Digest realm=\"testrealm@host.com\",nonce=n,qop=auth").get(0);
    var digest = (Authorization.Digest) answer(challenge, MUFASA, "abc");
    assertThat(digest.isAnswerOf(hash, GET)).isTrue();
    assertThat(digest.isAnswerOf(hash, Method.PLAY)).isFalse();
    assertThat(digest.isAnswerOf(hash.replace('9', '8'), GET)).isFalse();
  }

  @Test
  void whatIsCountedIsWritten() throws RtspFormatException {
    Challenge challenge = parse("Digest realm=r,nonce=n,qop=auth").get(0);

    assertThat(Authorization.answer(challenge, MUFASA, GET, "*", "c", 11).headerValue())
        .contains("nc=0000000b", "qop=auth", "cnonce=\"c\"")
        .doesNotContain("algorithm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ???",
        "Basic cGxhaW4=",
        "Bearer secret",
        "Digest username=secret"
      })
  void noAuthorizationIsAnErrorThatDoesNotQuoteIt(String value) {
    assertThatThrownBy(() -> Authorization.parse(value))
        .isInstanceOf(RtspFormatException.class)
        .message()
        .doesNotContain("secret", "cGxhaW4");
  }

  @Test
  void nothingButTheHeaderValueShowsASecret() throws RtspFormatException {
    Authorization answer = answer(new Challenge.Basic("x"), MUFASA, "c");
    var request =
        RtspRequest.of(
            Method.PLAY,
            "rtsp://Mufasa:Circle@h/",
            Headers.of("authorization", answer.headerValue()));
    var url = RtspUrl.parse("rtsp://Mufasa:Circle@h/");

    String all =
        MUFASA
            + " "
            + answer
            + " "
            + request
            + " "
            + request.startLine()
            + url
            + new Received(request, 0);

    assertThat(all).doesNotContain("Mufasa", "Circle", answer.headerValue().substring(6));
  }
}
