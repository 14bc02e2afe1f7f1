package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.TCP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.Challenge;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.DigestAlgorithm;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins: Digest (RFC 7616, RFC 2617, RFC 2069) and Basic (RFC 7617). */
class LoginTest {
  static final Credentials ANNA = new Credentials("anna", "s3cret:pass");
  private static final Credentials EVE = new Credentials("eve", "guessed");
  private static final Challenge.Basic BASIC = new Challenge.Basic("yard");

  private final ServerScript script = new ServerScript(ServerSettings.DEFAULT, false, rules());

  /** Anna may read {@code cam}, and everyone {@code lobby}. */
  static Access rules() {
    return rules(Set.of());
  }

  /** The same, and who has logged in may do this too with every stream. */
  static Access rules(Set<Purpose> further) {
    return new Access() {
      @Override
      public String realm() {
        return "yard";
      }

      @Override
      public boolean isOpen(Purpose purpose, String stream) {
        return purpose == Purpose.READ && stream.equals("lobby");
      }

      @Override
      public Optional<UserHashes> find(String user) {
        return user.equals("anna") ? Optional.of(UserHashes.of(ANNA, realm())) : Optional.empty();
      }

      @Override
      public boolean isAllowed(Purpose purpose, String user, String stream) {
        return further.contains(purpose) || (purpose == Purpose.READ && stream.equals("cam"));
      }
    };
  }

  private static List<Challenge> challenges(RtspResponse answer) {
    try {
      return Challenge.parseAll(answer.headers().all("WWW-Authenticate"));
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }

  private Challenge.Digest challenge(DigestAlgorithm algorithm) {
    return challenges(script.ask("DESCRIBE", URL)).stream()
        .filter(Challenge.Digest.class::isInstance)
        .map(Challenge.Digest.class::cast)
        .filter(digest -> digest.effectiveAlgorithm() == algorithm)
        .findFirst()
        .orElseThrow();
  }

  private static String answer(Challenge challenge, Credentials credentials, int count) {
    return Authorization.answer(challenge, credentials, Method.DESCRIBE, URL, "c0ffee", count)
        .headerValue();
  }

  private RtspResponse describe(String authorization) {
    return script.ask("DESCRIBE", URL, "Authorization", authorization);
  }

  private static Challenge.Digest without(
      Challenge.Digest all, boolean algorithm, boolean qop, String realm, String nonce) {
    return new Challenge.Digest(
        realm, nonce, Optional.empty(), algorithm ? all.algorithm() : Optional.empty(), qop, false);
  }

  /** MD5 is the last: what FFmpeg and live555 answer is the last that they read. */
  @Test
  void theChallenges() {
    RtspResponse answer = script.ask("DESCRIBE", URL);
    assertThat(answer.status()).isEqualTo(401);
    List<String> written = answer.headers().all("WWW-Authenticate");
    assertThat(written).hasSize(2);
    assertThat(written.get(0))
        .matches("Digest realm=\"yard\", nonce=\"[0-9a-f]{32}\", algorithm=SHA-256, qop=\"auth\"");
    assertThat(written.get(1))
        .matches("Digest realm=\"yard\", nonce=\"[0-9a-f]{32}\", algorithm=MD5, qop=\"auth\"");
    assertThat(script.said()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MD5", "SHA_256"})
  void digest(DigestAlgorithm algorithm) {
    Challenge.Digest challenge = challenge(algorithm);
    assertThat(describe(answer(challenge, ANNA, 1)).status()).isEqualTo(200);
    assertThat(script.said()).containsExactly("describe cam");
  }

  /** As GStreamer and live555 answer: without qop, without the algorithm where it is MD5. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void digestOfRfc2069(boolean algorithm) {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    Challenge.Digest old = without(challenge, algorithm, false, "yard", challenge.nonce());
    assertThat(describe(answer(old, ANNA, 1)).status()).isEqualTo(200);
    assertThat(describe(answer(old, ANNA, 1)).status()).isEqualTo(200);
  }

  /** live555 hashes the URL of the presentation whatever it asks for. */
  @Test
  void theUriNeedNotBeTheRequests() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    String setup =
        Authorization.answer(challenge, ANNA, Method.SETUP, URL + "/", "c", 1).headerValue();
    script.setUp(1, TCP, "Authorization", setup);
  }

  @Test
  void basicInTheClearIsNeitherOfferedNorTaken() {
    assertThat(challenges(script.ask("DESCRIBE", URL))).doesNotContain(BASIC);
    assertThat(describe(answer(BASIC, ANNA, 1)).status()).isEqualTo(401);
    assertThat(script.said()).containsExactly("login refused: cam");
  }

  @Test
  void basicOverTls() {
    var secure = new ServerScript(ServerSettings.DEFAULT, true, rules());
    assertThat(challenges(secure.ask("DESCRIBE", URL))).hasSize(3).last().isEqualTo(BASIC);
    String right = answer(BASIC, ANNA, 1);
    assertThat(secure.ask("DESCRIBE", URL, "Authorization", right).status()).isEqualTo(200);
    for (Credentials wrong : List.of(EVE, new Credentials("anna", ""))) {
      String header = answer(BASIC, wrong, 1);
      assertThat(secure.ask("DESCRIBE", URL, "Authorization", header).status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({"anna,guessed", "eve,s3cret:pass", "'',''"})
  void wrongCredentials(String user, String password) {
    Challenge.Digest challenge = challenge(DigestAlgorithm.SHA_256);
    RtspResponse answer = describe(answer(challenge, new Credentials(user, password), 1));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(challenges(answer)).noneMatch(c -> ((Challenge.Digest) c).stale());
    assertThat(script.said()).containsExactly("login refused: cam");
  }

  @Test
  void anotherRealmMethodOrAlgorithm() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    var realm = without(challenge, true, true, "other", challenge.nonce());
    var session =
        new Challenge.Digest(
            "yard",
            challenge.nonce(),
            Optional.empty(),
            Optional.of(DigestAlgorithm.MD5_SESS),
            true,
            false);
    String method = Authorization.answer(challenge, ANNA, Method.PLAY, URL, "c", 1).headerValue();
    for (String header : List.of(answer(realm, ANNA, 1), answer(session, ANNA, 1), method)) {
      assertThat(describe(header).status()).isEqualTo(401);
    }
    assertThat(script.said()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Digest", "Digest username=\"anna\"", "Basic ???", "Bearer x"})
  void whatIsNoAnswer(String header) {
    assertThat(describe(header).status()).isEqualTo(401);
    assertThat(script.said()).containsExactly("login refused: cam");
  }

  /** RFC 7616 section 3.3: right, but for a nonce that is not ours any more. */
  @Test
  void anOldNonceIsStale() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.SHA_256);
    script.setUpLobby();
    for (int i = 0; i < 5; i++) {
      script.pass(60_000).tell(new ServerEvent.SignOfLife());
    }
    script.said();
    RtspResponse stale = describe(answer(challenge, ANNA, 1));
    assertThat(stale.status()).isEqualTo(401);
    assertThat(challenges(stale))
        .hasSize(2)
        .allMatch(c -> ((Challenge.Digest) c).stale())
        .noneMatch(c -> ((Challenge.Digest) c).nonce().equals(challenge.nonce()));
    assertThat(script.said()).isEmpty();
    assertThat(describe(answer(challenges(stale).get(0), ANNA, 1)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789abcdef0123456789abcdef"})
  void theNonceOfAnotherConnectionIsStale(String nonce) {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    Challenge.Digest other = without(challenge, true, true, "yard", nonce);
    RtspResponse answer = describe(answer(other, ANNA, 1));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(challenges(answer)).allMatch(c -> ((Challenge.Digest) c).stale());
  }

  /** Before any challenge, no nonce is ours: an empty one neither. */
  @Test
  void anEmptyNonceIsNoNonce() {
    var challenge =
        new Challenge.Digest("yard", "", Optional.empty(), Optional.empty(), false, false);
    assertThat(describe(answer(challenge, ANNA, 1)).status()).isEqualTo(401);
  }

  @Test
  void aCountIsOfUseOnce() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    assertThat(describe(answer(challenge, ANNA, 2)).status()).isEqualTo(200);
    assertThat(describe(answer(challenge, ANNA, 3)).status()).isEqualTo(200);
    RtspResponse again = describe(answer(challenge, ANNA, 3));
    assertThat(again.status()).isEqualTo(401);
    assertThat(challenges(again)).allMatch(c -> ((Challenge.Digest) c).stale());
  }

  @Test
  void aWrongAnswerUsesUpNoCount() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    describe(answer(challenge, EVE, 1000));
    assertThat(describe(answer(challenge, ANNA, 1)).status()).isEqualTo(200);
  }

  @Test
  void fiveWrongLoginsEndTheConnection() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    for (int i = 1; i < 5; i++) {
      describe(answer(challenge, EVE, i));
      describe(answer(challenge, ANNA, 10 + i));
    }
    script.said();
    assertThat(describe(answer(challenge, EVE, 9)).status()).isEqualTo(401);
    assertThat(script.said())
        .containsExactly("login refused: cam", "close connection: too many logins were refused");
  }

  /** Readers ask without credentials first; that is no failure. */
  @Test
  void aLoginThatIsMissingIsNotCounted() {
    for (int i = 0; i < 20; i++) {
      assertThat(script.ask("DESCRIBE", URL).status()).isEqualTo(401);
    }
    assertThat(script.said()).isEmpty();
  }

  /** Where names that are not there need no right, those that one may not read are like them. */
  @Test
  void aStreamThatAUserMayNotReadIsNotThere() {
    Access all = rules(Set.of(Purpose.READ));
    Access allButOffice =
        new Access() {
          @Override
          public String realm() {
            return all.realm();
          }

          @Override
          public boolean isOpen(Purpose purpose, String stream) {
            return false;
          }

          @Override
          public Optional<UserHashes> find(String user) {
            return all.find(user);
          }

          @Override
          public boolean isAllowed(Purpose purpose, String user, String stream) {
            return !stream.equals("office");
          }
        };
    var office = new ServerScript(ServerSettings.DEFAULT, true, allButOffice);
    String basic = answer(BASIC, ANNA, 1);
    String url = "rtsp://192.0.2.9/office";
    assertThat(office.ask("DESCRIBE", url, "Authorization", basic).status()).isEqualTo(404);
    assertThat(
            office
                .ask("SETUP", url + "/trackID=1", "Transport", TCP, "Authorization", basic)
                .status())
        .isEqualTo(404);
    assertThat(office.said()).isEmpty();
  }

  @Test
  void aUserWithoutTheRight() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    String header = answer(challenge, ANNA, 1);
    String url = "rtsp://192.0.2.9/office";
    assertThat(script.ask("DESCRIBE", url, "Authorization", header).status()).isEqualTo(403);
    assertThat(script.said()).isEmpty();
  }

  /** Nobody learns by it which names there are. */
  @Test
  void aNameThatIsUnknownAsksForALoginToo() {
    assertThat(script.ask("DESCRIBE", "rtsp://h/nobody").status()).isEqualTo(401);
    assertThat(script.said()).isEmpty();
  }

  @Test
  void anOpenStreamAsksForNone() {
    script.setUpLobby();
    assertThat(script.statuses()).containsExactly(200, 200);
  }

  /** FFmpeg and others begin with it. */
  @Test
  void optionsAsksForNone() {
    assertThat(script.ask("OPTIONS", URL).status()).isEqualTo(200);
    assertThat(script.ask("GET_PARAMETER", URL).status()).isEqualTo(200);
  }

  /** What follows in a session is of the reader that began it. */
  @Test
  void aSessionNeedsItAtItsBeginningAlone() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    assertThat(script.ask("SETUP", URL + "/trackID=1", "Transport", TCP).status()).isEqualTo(401);
    String header = Authorization.answer(challenge, ANNA, Method.SETUP, URL, "c", 1).headerValue();
    String session = script.setUp(1, TCP, "Authorization", header);
    script.setUp(2, TCP, "Session", session);
    assertThat(script.ask("PLAY", URL, "Session", session).status()).isEqualTo(200);
    assertThat(script.ask("TEARDOWN", URL, "Session", session).status()).isEqualTo(200);
  }

  @Test
  void theUserIsSaidToTheDriver() {
    Challenge.Digest challenge = challenge(DigestAlgorithm.MD5);
    script.waiting();
    script.send(
        RtspRequest.of(
            Method.DESCRIBE,
            URL + "?q=1",
            Headers.of("CSeq", "50", "Authorization", answer(challenge, ANNA, 1))));
    assertThat(script.lastStream()).isEqualTo(new StreamRequest("cam", "q=1", Optional.of("anna")));
  }

  @Test
  void hashesAreNotShown() {
    UserHashes hashes = UserHashes.of(ANNA, "yard");
    assertThat(hashes.md5()).matches("[0-9a-f]{32}");
    assertThat(hashes.sha256()).matches("[0-9a-f]{64}");
    assertThat(hashes).hasToString("UserHashes[***]");
  }
}
