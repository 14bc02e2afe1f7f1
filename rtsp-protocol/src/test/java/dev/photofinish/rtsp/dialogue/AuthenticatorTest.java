package dev.photofinish.rtsp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.Authenticator.Verdict;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.Method;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 7616, RFC 2617: which challenge is answered, and when no more. */
class AuthenticatorTest {
  private final Authenticator authenticator = authenticator(AuthenticationScheme.AUTO);

  private static Authenticator authenticator(AuthenticationScheme scheme) {
    return new Authenticator(new Credentials("admin", "12345"), scheme, new Random(1));
  }

  private Verdict challenged(boolean carried, String... headers) {
    return authenticator.challenged(List.of(headers), carried);
  }

  private String authorization() {
    return authenticator.authorization(Method.DESCRIBE, "rtsp://192.0.2.1/a").orElse("");
  }

  @Test
  void nothingIsSentBeforeAChallenge() {
    assertThat(authorization()).isEmpty();
  }

  @Test
  void theStrongestIsAnswered() {
    assertThat(
            challenged(
                false,
                "Basic realm=\"x\"",
                "Digest realm=\"x\", nonce=\"1\", algorithm=SHA-256",
                "Digest realm=\"x\", nonce=\"2\"",
                "Digest realm=\"x\", nonce=\"3\", algorithm=SHA-9"))
        .isEqualTo(Verdict.ANSWER);
    assertThat(authorization()).contains("algorithm=SHA-256").contains("nonce=\"1\"");
  }

  @Test
  void basicWhereNothingElseIsOffered() {
    assertThat(challenged(false, "Basic realm=\"x\"")).isEqualTo(Verdict.ANSWER);
    assertThat(authorization()).isEqualTo("Basic YWRtaW46MTIzNDU=");
    assertThat(challenged(true, "Basic realm=\"x\"")).isEqualTo(Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void theNonceIsCountedAndTheClientsNonceIsFresh() {
    challenged(false, "Digest realm=\"x\", nonce=\"1\", qop=\"auth\"");
    String first = authorization();
    String second = authorization();
    assertThat(first).contains("nc=00000001");
    assertThat(second).contains("nc=00000002");
    assertThat(first.replaceAll(".*cnonce=", "")).isNotEqualTo(second.replaceAll(".*cnonce=", ""));
    challenged(true, "Digest realm=\"x\", nonce=\"2\", qop=\"auth\", stale=true");
    assertThat(authorization()).contains("nc=00000001");
  }

  @Test
  void refusedCredentialsAreNotSentAgain() {
    challenged(false, "Digest realm=\"x\", nonce=\"1\"");
    assertThat(challenged(true, "Digest realm=\"x\", nonce=\"2\""))
        .isEqualTo(Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void theSameNonceIsNotStale() {
    challenged(false, "Digest realm=\"x\", nonce=\"1\"");
    assertThat(challenged(true, "Digest realm=\"x\", nonce=\"1\", stale=true"))
        .isEqualTo(Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void aStaleNonceIsRenewedButNotForEver() {
    challenged(false, "Digest realm=\"x\", nonce=\"1\"");
    for (int nonce = 2; nonce <= 3; nonce++) {
      assertThat(challenged(true, "Digest realm=\"x\", stale=TRUE, nonce=\"" + nonce + "\""))
          .isEqualTo(Verdict.ANSWER);
      assertThat(authorization()).contains("nonce=\"" + nonce + "\"");
    }
    assertThat(challenged(true, "Digest realm=\"x\", stale=true, nonce=\"4\""))
        .isEqualTo(Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void aNewNonceAfterSuccessIsTriedOnceWithoutBeingCalledStale() {
    challenged(false, "Digest realm=\"x\", nonce=\"1\"");
    authenticator.accepted();
    assertThat(challenged(true, "Digest realm=\"x\", nonce=\"2\"")).isEqualTo(Verdict.ANSWER);
    assertThat(challenged(true, "Digest realm=\"x\", nonce=\"3\""))
        .isEqualTo(Verdict.WRONG_CREDENTIALS);
  }

  /** AlexxIT/go2rtc#2232: offers both and takes Basic alone. */
  @Test
  void basicIsTriedOnceWhereDigestWasRefusedAndBothAreOffered() {
    challenged(false, "Digest realm=\"x\", nonce=\"1\"", "Basic realm=\"x\"");
    assertThat(authorization()).startsWith("Digest ");
    assertThat(challenged(true, "Digest realm=\"x\", nonce=\"2\"", "Basic realm=\"x\""))
        .isEqualTo(Verdict.ANSWER);
    assertThat(authorization()).startsWith("Basic ");
    assertThat(challenged(true, "Digest realm=\"x\", nonce=\"3\"", "Basic realm=\"x\""))
        .isEqualTo(Verdict.WRONG_CREDENTIALS);
    assertThat(authenticator.reason(Verdict.WRONG_CREDENTIALS))
        .isEqualTo("Digest and Basic were refused: user or password is wrong");
  }

  @Test
  void basicIsNotTriedAfterADigestThatWasAccepted() {
    challenged(false, "Digest realm=\"x\", nonce=\"1\"", "Basic realm=\"x\"");
    authenticator.accepted();
    assertThat(challenged(true, "Digest realm=\"x\", nonce=\"1\"", "Basic realm=\"x\""))
        .isEqualTo(Verdict.WRONG_CREDENTIALS);
    assertThat(authorization()).as("what was refused is never shown again").isEmpty();
  }

  @Test
  void digestAloneIsSaidToBeRefusedAndNoMore() {
    Authenticator digest = authenticator(AuthenticationScheme.DIGEST);
    List<String> both = List.of("Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"1\"");
    assertThat(digest.challenged(both, false)).isEqualTo(Verdict.ANSWER);
    assertThat(digest.challenged(both, true)).isEqualTo(Verdict.WRONG_CREDENTIALS);
    assertThat(digest.reason(Verdict.WRONG_CREDENTIALS))
        .isEqualTo(
            "Digest was refused; Basic was offered too and not tried (auth-scheme is digest)");
  }

  @Test
  void basicIsAnsweredAtOnceWhereItWasChosen() {
    Authenticator basic = authenticator(AuthenticationScheme.BASIC);
    List<String> both = List.of("Digest realm=\"x\", nonce=\"1\"", "Basic realm=\"x\"");
    assertThat(basic.challenged(both, false)).isEqualTo(Verdict.ANSWER);
    assertThat(basic.authorization(Method.DESCRIBE, "rtsp://192.0.2.1/a").orElse(""))
        .startsWith("Basic ");
    assertThat(basic.challenged(both, true)).isEqualTo(Verdict.WRONG_CREDENTIALS);
  }

  @Test
  void aChosenSchemeThatIsNotOfferedIsNamed() {
    Authenticator digest = authenticator(AuthenticationScheme.DIGEST);
    Verdict verdict = digest.challenged(List.of("Basic realm=\"x\""), false);
    assertThat(verdict).isEqualTo(Verdict.UNKNOWN_SCHEME);
    assertThat(digest.reason(verdict)).contains("auth-scheme", "digest");
    assertThat(digest.authorization(Method.DESCRIBE, "rtsp://192.0.2.1/a")).isEmpty();
  }

  @Test
  void nothingToAnswerWith() {
    assertThat(challenged(false, "Negotiate")).isEqualTo(Verdict.UNKNOWN_SCHEME);
    assertThat(challenged(false)).isEqualTo(Verdict.UNKNOWN_SCHEME);
    Authenticator nobody = new Authenticator(null, AuthenticationScheme.AUTO, new Random(1));
    assertThat(nobody.challenged(List.of("Basic realm=\"x\""), false))
        .isEqualTo(Verdict.NO_CREDENTIALS);
  }
}
