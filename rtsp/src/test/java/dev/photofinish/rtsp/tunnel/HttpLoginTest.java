package dev.photofinish.rtsp.tunnel;

import static dev.photofinish.rtsp.tunnel.TunnelScript.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.EndReason.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The login that HTTP asks for before the tunnel: once per stream, never by two at a time. */
class HttpLoginTest {
  private static final String ASKED =
      "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\n";
  private static final String KEPT = ASKED + "Content-Length: 4\r\n\r\nsorr";
  private static final String CLOSED = ASKED + "Connection: close\r\n\r\n";
  private static final String DIGEST =
      "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"c\", nonce=\"n\", qop=\"auth\"\r\n";

  /** Of admin and pw. */
  private static final String BASIC = "\r\nauthorization: Basic YWRtaW46cHc=\r\n";

  private final HttpLogin login = new HttpLogin();

  private TunnelScript http() {
    return TunnelScript.with(TunnelKind.HTTP, ADMIN, login);
  }

  @ParameterizedTest
  @EnumSource
  void aChallengeIsAnsweredOnTheSameConnection(TunnelKind kind) {
    try (TunnelScript tunnel = TunnelScript.with(kind, ADMIN, login)) {
      assertThat(tunnel.sent()).doesNotContain("authorization");
      tunnel.answer(KEPT);
      assertThat(tunnel.sent()).contains(BASIC);
      assertThat(tunnel.hasEnded()).isFalse();
    }
  }

  @Test
  void thePostShowsTheCredentialsToo() {
    try (TunnelScript tunnel = http()) {
      tunnel.answer(KEPT).answer(TunnelScript.GRANTED).connectPost();
      assertThat(tunnel.sentOnPost()).contains(BASIC);
    }
  }

  @Test
  void digestCountsTheRequestsOfBothConnections() {
    try (TunnelScript tunnel = http()) {
      tunnel
          .answer(DIGEST + "Content-Length: 0\r\n\r\n")
          .answer(TunnelScript.GRANTED)
          .connectPost();
      assertThat(tunnel.sent()).contains("uri=\"/live?a=1\"", "nc=00000001");
      assertThat(tunnel.sentOnPost()).contains("uri=\"/live?a=1\"", "nc=00000002");
    }
  }

  @Test
  void wrongCredentialsAreShownOnce() {
    try (TunnelScript tunnel = http()) {
      tunnel.answer(KEPT).answer(KEPT);
      assertThat(tunnel.end().kind()).isEqualTo(Kind.UNAUTHORIZED);
      assertThat(tunnel.end().reason())
          .startsWith("GET /live?a=1 was answered HTTP 401 Unauthorized: ")
          .contains("wrong");
    }
  }

  @Test
  void withoutCredentialsTheReasonSaysThatTheyAreNeeded() {
    try (TunnelScript tunnel = TunnelScript.with(TunnelKind.HTTP, null, login)) {
      tunnel.answer(KEPT);
      assertThat(tunnel.end().kind()).isEqualTo(Kind.LOGIN_NEEDED);
    }
  }

  @Test
  void aChallengeThatClosesIsAnsweredByTheNextAttempt() {
    try (TunnelScript first = http()) {
      first.answer(CLOSED);
      assertThat(first.end().reason()).endsWith("and closed; the next attempt shows credentials");
    }
    try (TunnelScript next = http()) {
      assertThat(next.sent()).contains(BASIC);
    }
  }

  @Test
  void asLongAsNobodyKnowsOneAttemptTries() {
    try (TunnelScript first = http();
        TunnelScript second = http();
        TunnelScript third = http()) {
      first.sent();
      second.sent();
      third.sent();
      first.answer(KEPT);
      second.answer(KEPT);
      third.answer(KEPT);
      assertThat(first.sent()).contains(BASIC);
      assertThat(second.sent()).isEmpty();
      first.answer(KEPT);
      second.close(get -> {});
      third.close(get -> {});
      assertThat(second.end().kind()).isEqualTo(Kind.UNAUTHORIZED);
      assertThat(second.sent()).as("an account is not locked by a race").isEmpty();
      assertThat(third.end()).isEqualTo(first.end());
    }
  }

  /** Its challenge is slow, or comes before the race that is lost has ended it. */
  @Test
  void whoIsChallengedAfterTheRefusalTriesNoMoreInThisRace() {
    try (TunnelScript first = http();
        TunnelScript late = http()) {
      late.sent();
      first.answer(KEPT).answer(KEPT);
      late.answer(KEPT);
      late.close(get -> {});
      assertThat(late.sent()).as("the account is not locked").isEmpty();
      assertThat(late.end()).isEqualTo(first.end());
    }
    login.begin();
    try (TunnelScript ofTheNextRace = http()) {
      ofTheNextRace.answer(KEPT);
      assertThat(ofTheNextRace.sent()).contains(BASIC);
    }
  }

  @Test
  void onceTheyAreTakenAllGoOn() {
    try (TunnelScript first = http();
        TunnelScript second = http()) {
      second.sent();
      first.answer(KEPT);
      second.answer(KEPT);
      first.answer(TunnelScript.GRANTED);
      second.close(get -> {});
      assertThat(second.sent()).contains(BASIC);
    }
  }

  @Test
  void whoLeavesWithoutAVerdictLetsTheNextTry() {
    try (TunnelScript first = http();
        TunnelScript second = http()) {
      second.sent();
      first.answer(KEPT);
      second.answer(KEPT);
      first.closeByCamera();
      second.close(get -> {});
      assertThat(second.sent()).contains(BASIC);
    }
  }

  @Test
  void whoLeavesTheQueueIsNotCalled() {
    try (TunnelScript first = http();
        TunnelScript second = http();
        TunnelScript third = http()) {
      second.sent();
      third.sent();
      first.answer(KEPT);
      second.answer(KEPT);
      third.answer(KEPT);
      second.closeByCamera();
      first.closeByCamera();
      third.close(get -> {});
      assertThat(second.sent()).isEmpty();
      assertThat(third.sent()).contains(BASIC);
    }
  }
}
