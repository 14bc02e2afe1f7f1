package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.connect.ProxyPeer.Answer;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings;
import dev.photofinish.connect.route.ProxySettings.Kind;
import dev.photofinish.connect.route.Target;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Races through proxies on loopback; the targets' names are known to the proxy alone. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
class ProxyTest {
  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  private static RaceOptions options(long delayMillis, long timeoutMillis) {
    return RaceOptions.builder()
        .connectionRacing(Strategy.FIRST_WINS)
        .racingDelay(Duration.ofMillis(delayMillis))
        .racingTimeout(Duration.ofMillis(timeoutMillis))
        .build();
  }

  /** An answer comes before the next attempt, however slow the machine is. */
  private static RaceOptions options() {
    return options(2000, 20_000);
  }

  private static Connector through(ProxySettings proxy) {
    return Connectors.builder().tls(TlsSettings.insecure()).proxy(proxy).build();
  }

  private static RaceException lost(RaceFuture race) {
    return catchThrowableOfType(RaceException.class, race::await);
  }

  @ParameterizedTest
  @EnumSource
  void theTunnelIsTheConnection(Kind kind) throws Exception {
    ProxyPeer.Running proxy =
        ProxyPeer.start(peers, peers.greets("127.0.0.2"), Answer.CONNECTS, false);
    Target target = Target.parse("camera.invalid:554");
    try (Connector connector = through(proxy.settings(kind));
        Connection won = connector.connectBlocking(target, options())) {
      Settle.briefly(won.channel());
      assertThat(won.channel().pipeline().names()).hasSize(2); // the keeper and the tail
      assertThat(Heard.on(won)).isEqualTo("hello");
      Eventually.holds( // the test's own and the tail
          "the keeper has left", () -> won.channel().pipeline().names().size() == 2);
      assertThat(proxy.asked())
          .containsExactly(kind == Kind.HTTP ? "camera.invalid:554" : "camera.invalid");
      RaceReport.Attempt winner = Objects.requireNonNull(won.report().winner());
      assertThat(winner.candidate()).hasToString(proxy.endpoint() + " for camera.invalid:554");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tlsIsSpokenInsideTheTunnel(Kind kind) throws Exception {
    Endpoint tls = TlsPeer.start(peers);
    ProxyPeer.Running proxy = ProxyPeer.start(peers, tls, Answer.CONNECTS, false);
    Target target = Target.parse("tls://camera.invalid:322");
    try (Connector connector = through(proxy.settings(kind));
        Connection won = connector.connectBlocking(target, options())) {
      RaceReport.Attempt winner = Objects.requireNonNull(won.report().winner());
      assertThat(winner.stage()).isEqualTo(Stage.READY);
      assertThat(Heard.on(won)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void numericTargetsAreAskedForAsTheyAre(Kind kind) throws Exception {
    ProxyPeer.Running proxy =
        ProxyPeer.start(peers, peers.greets("127.0.0.2"), Answer.CONNECTS, false);
    Target target = Target.parse("[2001:db8::1]:554");
    try (Connector connector = through(proxy.settings(kind));
        Connection won = connector.connectBlocking(target, options())) {
      assertThat(won.channel().isActive()).isTrue();
      assertThat(proxy.asked().get(0))
          .isEqualTo(kind == Kind.HTTP ? "[2001:db8::1]:554" : "address type 4");
    }
  }

  @ParameterizedTest
  @EnumSource
  void credentialsLetIn(Kind kind) throws Exception {
    ProxyPeer.Running proxy =
        ProxyPeer.start(peers, peers.greets("127.0.0.2"), Answer.CONNECTS, true);
    ProxySettings settings = proxy.settings(kind).withCredentials("user", "pass");
    try (Connector connector = through(settings);
        Connection won = connector.connectBlocking(Target.parse("camera.invalid:554"), options())) {
      assertThat(won.channel().isActive()).isTrue();
    }
  }

  /** Cameras and proxies lock accounts: a wrong password is not tried twice on an address. */
  @ParameterizedTest
  @CsvSource({"HTTP, true", "HTTP, false", "SOCKS5, true", "SOCKS5, false"})
  void wrongCredentialsAreFinalAndNotShown(Kind kind, boolean some) {
    ProxyPeer.Running proxy = ProxyPeer.start(peers, new Endpoint("::1", 9), Answer.CLOSES, true);
    ProxySettings none = proxy.settings(kind);
    ProxySettings settings = some ? none.withCredentials("user", "sesame") : none;
    try (Connector connector = through(settings)) {
      RaceException lost = lost(connector.connect(Target.parse("camera.invalid:554"), options()));
      assertThat(lost.report().result()).isEqualTo(Result.FAILED);
      assertThat(lost.report().attempts()).hasSize(1);
      RaceReport.Attempt attempt = lost.report().attempts().get(0);
      assertThat(attempt.cause()).isEqualTo(Cause.PROTOCOL);
      assertThat(attempt.detail()).contains("the proxy");
      assertThat(lost.getSuppressed()[0]).message().doesNotContain("sesame");
      if (kind == Kind.HTTP) {
        assertThat(attempt.detail()).contains("407 Proxy Authentication Required");
      }
    }
    Eventually.holds("nothing is left open", () -> peers.open() == 0);
  }

  /** One wrong password is one failed login, however many addresses the proxy has. */
  @ParameterizedTest
  @CsvSource({"HTTP, true", "HTTP, false", "SOCKS5, true", "SOCKS5, false"})
  void wrongCredentialsAreTriedAtOneAddressOfTheProxy(Kind kind, boolean some, @TempDir Path folder)
      throws Exception {
    Endpoint nobody = new Endpoint("::1", 9);
    ProxyPeer.Running first = ProxyPeer.start(peers, nobody, Answer.CLOSES, true);
    int port = first.endpoint().port();
    ProxyPeer.Running second =
        ProxyPeer.start(peers, "127.0.0.2", port, nobody, Answer.CLOSES, true);
    Path hosts = folder.resolve("hosts");
    Files.writeString(
        hosts, "::1 proxy.example\n127.0.0.1 proxy.example\n127.0.0.2 proxy.example\n");
    ProxySettings none = new ProxySettings(kind, new Endpoint("proxy.example", port), null, null);
    ProxySettings settings = some ? none.withCredentials("user", "sesame") : none;
    try (BlackHole hole = new BlackHole("::1", port);
        Connector connector = Connectors.builder().hostsFile(hosts).proxy(settings).build()) {
      assertThat(hole.endpoint().port()).isEqualTo(port);
      RaceException lost = lost(connector.connect(Target.parse("camera.invalid:554"), options()));
      assertThat(lost.report().result())
          .as("no silent attempt is waited for")
          .isEqualTo(Result.FAILED);
      assertThat(lost.report().attempts())
          .extracting(RaceReport.Attempt::cause)
          .containsExactly(Cause.PROTOCOL, Cause.PROTOCOL, Cause.LOCAL);
      assertThat(lost.report().attempts())
          .extracting(RaceReport.Attempt::detail)
          .allMatch(detail -> detail.contains("the proxy"));
      assertThat(lost.report().attempts().get(2).detail())
          .startsWith("not dialled: 127.0.0.1:" + port);
      assertThat(first.connections()).hasValue(1);
      assertThat(second.connections()).hasValue(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, REFUSES, REFUSED, the proxy answered 403 Forbidden",
    "HTTP, REFUSES_AND_CLOSES, REFUSED, the proxy answered 500 Unable to connect",
    "HTTP, REFUSES_CREDENTIALS_AND_CLOSES, PROTOCOL, the proxy answered 401 Unauthorized",
    "HTTP, FAILS_TO_REACH, REFUSED, the proxy answered 502 Bad Gateway",
    "HTTP, CLOSES, CLOSED, closed by the proxy",
    "HTTP, TALKS_NONSENSE, PROTOCOL, the proxy",
    "SOCKS5, REFUSES, REFUSED, the proxy answered FORBIDDEN",
    "SOCKS5, FAILS_TO_REACH, UNREACHABLE, the proxy answered HOST_UNREACHABLE",
    "SOCKS5, CLOSES, CLOSED, closed by the proxy",
    "SOCKS5, TALKS_NONSENSE, REFUSED, the proxy answered FAILURE"
  })
  void whatAProxyAnswersIsACause(Kind kind, Answer answer, Cause cause, String detail) {
    ProxyPeer.Running proxy = ProxyPeer.start(peers, new Endpoint("::1", 9), answer, false);
    try (Connector connector = through(proxy.settings(kind))) {
      RaceException lost = lost(connector.connect(Target.parse("camera.invalid:554"), options()));
      RaceReport.Attempt attempt = lost.report().attempts().get(0);
      assertThat(attempt.cause()).isEqualTo(cause);
      assertThat(attempt.detail()).contains(detail);
      assertThat(attempt.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(attempt.stage()).isEqualTo(Stage.STARTED);
      assertThat(lost.report().attempts()).hasSize(1);
    }
    Eventually.holds("nothing is left open", () -> peers.open() == 0);
  }

  /** The proxy found no answer in its own time; the race has time left. */
  @ParameterizedTest
  @EnumSource
  void aProxysTimeoutIsNotFinal(Kind kind) {
    ProxyPeer.Running proxy =
        ProxyPeer.start(peers, new Endpoint("::1", 9), Answer.TIMES_OUT, false);
    try (Connector connector = through(proxy.settings(kind))) {
      RaceException lost =
          lost(connector.connect(Target.parse("camera.invalid:554"), options(100, 6000)));
      assertThat(lost.report().attempts()).hasSizeGreaterThan(1);
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.TIMEOUT);
    }
  }

  /** A silent proxy is a silent address: its attempt is not connected, and renewed. */
  @ParameterizedTest
  @EnumSource
  void aSilentProxyTimesOut(Kind kind) {
    ProxyPeer.Running proxy =
        ProxyPeer.start(peers, new Endpoint("::1", 9), Answer.SAYS_NOTHING, false);
    try (Connector connector = through(proxy.settings(kind))) {
      RaceException lost =
          lost(connector.connect(Target.parse("camera.invalid:554"), options(100, 6000)));
      assertThat(lost.report().result()).isEqualTo(Result.TIMED_OUT);
      assertThat(lost.report().attempts()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(lost.report().attempts()).allMatch(a -> a.stage() == Stage.STARTED);
    }
    Eventually.holds("nothing is left open", () -> peers.open() == 0);
  }

  @ParameterizedTest
  @EnumSource
  void aDeadFirstAddressOfTheProxyCostsOneDelay(Kind kind, @TempDir Path folder) throws Exception {
    ProxyPeer.Running proxy =
        ProxyPeer.start(peers, peers.greets("127.0.0.2"), Answer.CONNECTS, false);
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "::1 proxy.example\n127.0.0.1 proxy.example\n");
    ProxySettings settings =
        new ProxySettings(kind, new Endpoint("proxy.example", proxy.endpoint().port()), null, null);
    try (BlackHole hole = new BlackHole("::1", proxy.endpoint().port());
        Connector connector = Connectors.builder().hostsFile(hosts).proxy(settings).build();
        Connection won = connector.connectBlocking(Target.parse("camera.invalid:554"), options())) {
      assertThat(hole.endpoint().port()).isEqualTo(proxy.endpoint().port());
      assertThat(won.report().attempts())
          .extracting(RaceReport.Attempt::outcome)
          .containsExactly(Outcome.CANCELLED, Outcome.WON);
    }
  }

  @Test
  void aProxyThatIsNotThereIsRefused() {
    Endpoint nobody = Peers.refuses("127.0.0.1");
    try (Connector connector = through(ProxySettings.socks5(nobody.host(), nobody.port()))) {
      RaceException lost = lost(connector.connect(Target.parse("camera.invalid:554"), options()));
      assertThat(lost.report().attempts().get(0).cause()).isEqualTo(Cause.REFUSED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://127.0.0.1:1080, SOCKS5, 127.0.0.1:1080, , ",
    "http://proxy.example:3128/, HTTP, proxy.example:3128, , ",
    "socks5://user:se%40same@[::1]:1080, SOCKS5, [::1]:1080, user, se@same",
    "HTTP://a%2Bb:c+d:e@proxy.example:80, HTTP, proxy.example:80, a+b, c+d:e"
  })
  void settingsAreReadFromText(
      String text, Kind kind, String address, String user, String password) {
    ProxySettings settings = ProxySettings.parse(text);
    assertThat(settings.kind()).isEqualTo(kind);
    assertThat(settings.address()).hasToString(address);
    assertThat(settings.user()).isEqualTo(user);
    assertThat(settings.password()).isEqualTo(password);
    assertThat(settings.toString()).doesNotContain("same", "c+d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example:1080",
        "socks4://proxy.example:1080",
        "https://proxy.example:443",
        "socks5://proxy.example",
        "socks5://user:sesame@proxy.example",
        "socks5://user:sesame@proxy.example:99999",
        "socks5://sesame@proxy.example:1080",
        "socks5://user:@proxy.example:1080",
        "socks5://user:sesame%zz@proxy.example:1080",
        "user:sesame@proxy.example:1080",
        "sesame@x://y",
        "user:sesame://more@proxy.example:1080",
        "socks5://a:1,b:2",
        ""
      })
  void whatIsNoProxyIsSaidWithoutItsPassword(String text) {
    Throwable wrong =
        catchThrowableOfType(InvalidOptionException.class, () -> ProxySettings.parse(text));
    assertThat(wrong).hasMessageStartingWith("proxy: ");
    for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("sesame");
    }
  }
}
