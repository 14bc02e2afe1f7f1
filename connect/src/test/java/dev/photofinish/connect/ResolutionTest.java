package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.connect.TestDns.Answer;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import io.netty.handler.codec.dns.DnsResponseCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names against a real name server, whose answers come late, twice, negative or not at all. */
@Timeout(120)
class ResolutionTest {
  private static final String NAME = "camera.example";
  private static final RaceOptions FIRST_WINS =
      RaceOptions.builder()
          .connectionRacing(Strategy.FIRST_WINS)
          .racingDelay(Duration.ofSeconds(2)) // one attempt where one is expected, if slowly
          .racingTimeout(Duration.ofSeconds(20))
          .build();

  @TempDir private Path folder;
  private final Peers peers = new Peers();
  private final TestDns dns = new TestDns();
  private Path hosts;

  @BeforeEach
  void emptyHostsFile() throws Exception {
    hosts = Files.writeString(folder.resolve("hosts"), "");
  }

  @AfterEach
  void close() {
    peers.close();
    dns.close();
  }

  private Connector.Builder connector() {
    return Connectors.builder()
        .nameServers(List.of(dns.address()))
        .searchDomains(List.of())
        .hostsFile(hosts);
  }

  /** The same port on both loopback addresses. */
  private int listenOnBoth() {
    int port = peers.mute("::1").port();
    return peers.start("127.0.0.1", port, channel -> {}).port();
  }

  private static List<String> dialled(RaceReport report) {
    return report.attempts().stream()
        .map(a -> Addresses.text(a.candidate().remote().getAddress()))
        .toList();
  }

  private static List<Family> answered(RaceReport report) {
    return report.answers().stream().map(RaceReport.Answer::family).toList();
  }

  @ParameterizedTest
  @EnumSource
  void bothFamiliesAreAskedAtOnce(Io io) throws Exception {
    dns.aaaa(NAME, Answer.of("::1").after(30)).a(NAME, Answer.of("127.0.0.1").after(10_000));
    try (Loops loops = io.open();
        Connector connector = connector().eventLoopGroup(loops.group()).build();
        Connection won = connect(connector, listenOnBoth())) {
      assertThat(dialled(won.report())).containsExactly("::1");
      assertThat(dns.asked()).containsExactlyInAnyOrder(NAME + ". AAAA", NAME + ". A");
      assertThat(answered(won.report())).containsExactly(Family.IPV6);
    }
  }

  private static Connection connect(Connector connector, int port) throws Exception {
    return connector.connectBlocking(Target.of(new Endpoint(NAME, port)), FIRST_WINS);
  }

  private static RaceException lost(Connector connector, Duration timeout) {
    RaceOptions options = FIRST_WINS.toBuilder().racingTimeout(timeout).build();
    Target target = Target.of(new Endpoint(NAME, 9));
    return catchThrowableOfType(
        RaceException.class, () -> connector.connectBlocking(target, options));
  }

  @Test
  void lateDnsAnswerIsNotWaitedForBeyondTheResolutionDelay() throws Exception {
    dns.aaaa(NAME, Answer.of("::1").after(10_000)).a(NAME, Answer.of("127.0.0.1"));
    try (Connector connector = connector().build();
        Connection won = connect(connector, listenOnBoth())) {
      assertThat(dialled(won.report())).containsExactly("127.0.0.1");
      assertThat(won.report().attempts().get(0).start())
          .isGreaterThanOrEqualTo(FIRST_WINS.resolutionDelay().toNanos());
      assertThat(answered(won.report())).containsExactly(Family.IPV4);
    }
  }

  @Test
  void aNegativeAaaaEndsTheWait() throws Exception {
    dns.aaaa(NAME, Answer.of()).a(NAME, Answer.of("127.0.0.1"));
    RaceOptions patient = FIRST_WINS.toBuilder().resolutionDelay(Duration.ofSeconds(2)).build();
    try (Connector connector = connector().build();
        Connection won =
            connector.connectBlocking(Target.of(new Endpoint(NAME, listenOnBoth())), patient)) {
      assertThat(dialled(won.report())).containsExactly("127.0.0.1");
      long lastAnswer =
          won.report().answers().stream().mapToLong(RaceReport.Answer::at).max().orElseThrow();
      assertThat(won.report().attempts().get(0).start() - lastAnswer)
          .isLessThan(patient.resolutionDelay().toNanos());
    }
  }

  @Test
  void lostDnsAnswerDoesNotHoldUpTheRace() throws Exception {
    dns.aaaa(NAME, Answer.never()).a(NAME, Answer.of("127.0.0.1"));
    try (Connector connector = connector().build();
        Connection won = connect(connector, listenOnBoth())) {
      assertThat(dialled(won.report())).containsExactly("127.0.0.1");
    }
  }

  @Test
  void lostDnsAnswerIsAskedForAgain() throws Exception {
    dns.aaaa(NAME, Answer.of()).a(NAME, Answer.of("127.0.0.1").losing(1));
    try (Connector connector = connector().build();
        Connection won = connect(connector, listenOnBoth())) {
      assertThat(dialled(won.report())).containsExactly("127.0.0.1");
      assertThat(dns.asked()).filteredOn(q -> q.endsWith(" A")).hasSize(2);
    }
  }

  @Test
  void duplicateDnsAnswersCountOnce() throws Exception {
    dns.aaaa(NAME, Answer.of("::1").times(3)).a(NAME, Answer.of("127.0.0.1").times(3));
    try (Connector connector = connector().build();
        Connection won = connect(connector, listenOnBoth())) {
      assertThat(dialled(won.report())).containsExactly("::1");
    }
  }

  /** ReactPHP: cancelled while the other family was waited for, it dialled the one it knew. */
  @Test
  void lateDnsAnswerAfterTheCancelDialsNothing() throws Exception {
    dns.aaaa(NAME, Answer.of("::1").after(3_000)).a(NAME, Answer.of("127.0.0.1"));
    List<Candidate> dialled = new CopyOnWriteArrayList<>();
    CompletableFuture<RaceFuture> racing = new CompletableFuture<>();
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    CountDownLatch decided = new CountDownLatch(1);
    RaceListener watcher =
        new RaceListener() {
          @Override
          public void resolved(
              long race,
              int endpoint,
              Family family,
              List<Candidate> candidates,
              @Nullable String detail) {
            if (!cancelled.isDone()) {
              cancelled.complete(racing.join().cancel(true));
            }
          }

          @Override
          public void attemptStarted(long race, int attempt, Candidate candidate) {
            dialled.add(candidate);
          }

          @Override
          public void decided(long race, RaceReport report) {
            decided.countDown();
          }
        };
    RaceOptions patient = FIRST_WINS.toBuilder().resolutionDelay(Duration.ofSeconds(2)).build();
    try (Connector connector = connector().listener(watcher).build()) {
      Target target = Target.of(new Endpoint(NAME, listenOnBoth()));
      RaceFuture race = connector.connect(target, patient);
      racing.complete(race);
      assertThat(cancelled.get(60, TimeUnit.SECONDS)).isTrue();
      Eventually.await(decided);
      Eventually.holds("the late answer was sent", () -> dns.answered() == 2);
      assertThat(connector.racing()).isZero();
      assertThat(dialled).isEmpty();
    }
  }

  /** As many as one answer over UDP holds: the race looks at those that it dials. */
  @Test
  void aHundredAddressesInOneAnswer() throws Exception {
    String[] many = new String[100];
    Arrays.setAll(many, i -> "127.2.0." + (i + 1));
    dns.aaaa(NAME, Answer.of()).a(NAME, Answer.of(many));
    int port = peers.mute("127.2.0.3").port();
    try (Connector connector = connector().build();
        Connection won = connect(connector, port)) {
      assertThat(dialled(won.report())).containsExactly("127.2.0.1", "127.2.0.2", "127.2.0.3");
      assertThat(won.report().answers())
          .flatExtracting(RaceReport.Answer::candidates)
          .hasSize(many.length);
    }
  }

  @Test
  void negativeAnswersAreToldApart() {
    dns.aaaa(NAME, Answer.error(DnsResponseCode.SERVFAIL));
    try (Connector connector = connector().build()) {
      RaceException lost = lost(connector, Duration.ofSeconds(5));
      assertThat(lost)
          .hasMessageContaining(NAME + " AAAA: SERVFAIL")
          .hasMessageContaining(NAME + " A: NXDOMAIN");
      assertThat(lost.getSuppressed()).isEmpty();
    }
  }

  @Test
  void aNameWithoutAddressesSaysSo() {
    dns.aaaa(NAME, Answer.of()).a(NAME, Answer.of());
    try (Connector connector = connector().build()) {
      assertThat(lost(connector, Duration.ofSeconds(5)))
          .hasMessageContaining(NAME + " AAAA: ")
          .hasMessageContaining(NAME + " A: ");
    }
  }

  @Test
  void silenceEndsWithTheRace() {
    dns.aaaa(NAME, Answer.never()).a(NAME, Answer.never());
    try (Connector connector = connector().build()) {
      RaceException lost = lost(connector, Duration.ofMillis(300));
      assertThat(lost).hasMessageContainingAll("timed-out", NAME, "not answered");
    }
  }

  @Test
  void answersAreRememberedForTheirTimeToLive() throws Exception {
    dns.aaaa(NAME, Answer.of("::1")).a(NAME, Answer.of("127.0.0.1"));
    int port = listenOnBoth();
    try (Connector connector = connector().build()) {
      connect(connector, port).close();
      connect(connector, port).close();
      assertThat(dns.asked())
          .hasSizeLessThanOrEqualTo(3)
          .filteredOn(q -> q.endsWith("AAAA"))
          .hasSize(1);
    }
  }

  @Test
  void anAnswerWithoutTimeToLiveIsNotRemembered() throws Exception {
    dns.aaaa(NAME, Answer.of("::1").ttl(0)).a(NAME, Answer.of("127.0.0.1").ttl(0));
    int port = listenOnBoth();
    try (Connector connector = connector().build()) {
      // A race may be decided by the other family, and the next one then waits for the same answer.
      for (int race = 1; count("AAAA") < 2; race++) {
        assertThat(race).as("asked: %s", dns.asked()).isLessThan(100);
        connect(connector, port).close();
      }
    }
  }

  private long count(String type) {
    return dns.asked().stream().filter(question -> question.endsWith(type)).count();
  }

  @Test
  void searchDomainsCompleteShortNames() throws Exception {
    dns.aaaa("camera.lan.example", Answer.of()).a("camera.lan.example", Answer.of("127.0.0.1"));
    int port = listenOnBoth();
    try (Connector connector = connector().searchDomains(List.of("lan.example")).build();
        Connection won =
            connector.connectBlocking(Target.of(new Endpoint("camera", port)), FIRST_WINS)) {
      assertThat(dialled(won.report())).containsExactly("127.0.0.1");
    }
  }

  @Test
  void theHostsFileComesBeforeDns() throws Exception {
    dns.aaaa(NAME, Answer.of("::1")).a(NAME, Answer.of("127.0.0.2"));
    Files.writeString(hosts, "127.0.0.1 other.example Camera.Example\n");
    int port = listenOnBoth();
    try (Connector connector = connector().build()) {
      try (Connection won = connect(connector, port)) {
        assertThat(dialled(won.report())).containsExactly("127.0.0.1");
        assertThat(dns.asked()).isEmpty();
      }
      Files.writeString(hosts, "::1 camera.example\n");
      Files.setLastModifiedTime(hosts, FileTime.fromMillis(1));
      try (Connection won = connect(connector, port)) {
        assertThat(dialled(won.report())).containsExactly("::1");
      }
    }
  }

  @Test
  void addressesAreNeverAskedFor() throws Exception {
    int port = listenOnBoth();
    try (Connector connector = connector().build()) {
      Target target = Target.parse("127.0.0.1:" + port + ",[::1]:" + port);
      connector.connectBlocking(target, FIRST_WINS).close();
      connector.connectBlocking(Target.parse("localhost:" + port), FIRST_WINS).close();
      assertThat(dns.asked()).isEmpty();
    }
  }

  @Test
  void severalEndpointsInTheirOrder() throws Exception {
    dns.aaaa(NAME, Answer.of()).a(NAME, Answer.of("127.0.0.2"));
    dns.aaaa("b.example", Answer.of()).a("b.example", Answer.of("127.0.0.1"));
    int port = listenOnBoth();
    Target target = Target.of(new Endpoint(NAME, port), new Endpoint("b.example", port));
    try (Connector connector = connector().build();
        Connection won = connector.connectBlocking(target, FIRST_WINS)) {
      assertThat(dialled(won.report())).containsExactly("127.0.0.2", "127.0.0.1");
    }
  }
}
