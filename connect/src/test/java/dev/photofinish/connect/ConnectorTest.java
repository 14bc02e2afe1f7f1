package dev.photofinish.connect;

import static dev.photofinish.connect.Peers.refuses;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.connect.channel.EarlyDataBuffer;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Races against real peers on loopback, on every transport. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
@Tag("first-wins")
@Execution(ExecutionMode.CONCURRENT)
class ConnectorTest {
  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  private static Connector connector(Loops loops) {
    return Connectors.builder().eventLoopGroup(loops.group()).build();
  }

  private static RaceOptions.Builder options(Strategy strategy) {
    return RaceOptions.builder()
        .connectionRacing(strategy)
        .racingDelay(Duration.ofMillis(100))
        .racingTimeout(Duration.ofSeconds(20));
  }

  /** An attempt that connects does so before the next one, and each candidate is dialled once. */
  private static RaceOptions firstWins() {
    return options(Strategy.FIRST_WINS).racingDelay(Duration.ofSeconds(1)).redial(false).build();
  }

  private static RaceException lost(RaceFuture race) {
    return catchThrowableOfType(RaceException.class, race::await);
  }

  private static RaceReport.Attempt winner(Connection won) {
    return Objects.requireNonNull(won.report().winner());
  }

  @ParameterizedTest
  @EnumSource
  void connects(Io io) throws Exception {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      Endpoint peer = peers.mute("127.0.0.1");
      for (Strategy strategy :
          List.of(Strategy.NONE, Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID)) {
        RaceOptions options = options(strategy).maxParallelConnections(1).build();
        try (Connection won = connector.connectBlocking(Target.of(peer), options)) {
          assertThat(won.channel().isActive()).isTrue();
          assertThat(won.channel().isRegistered()).isTrue();
          assertThat(won.report().result()).isEqualTo(Result.WON);
          assertThat(won.report().target()).isEqualTo(peer.toString());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusedSaysWhoWhenAndHowFar(Io io) {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      Endpoint peer = refuses("127.0.0.1");
      RaceException lost = lost(connector.connect(Target.of(peer), RaceOptions.defaults()));

      assertThat(lost.report().result()).isEqualTo(Result.FAILED);
      assertThat(lost).hasMessageContainingAll(peer.toString(), "refused", "none");
      AttemptException attempt = (AttemptException) lost.getSuppressed()[0];
      assertThat(attempt)
          .hasMessageContainingAll(peer.toString(), "started at", "after", "stage started")
          .hasMessageContaining("cause refused");
      assertThat(attempt).hasCauseInstanceOf(IOException.class);
      assertThat(attempt.attempt().cause()).isEqualTo(Cause.REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBlackHoleIsDialledAgainUntilTheTimeout(Io io) {
    try (Loops loops = io.open();
        BlackHole hole = new BlackHole("127.0.0.1");
        Connector connector = connector(loops)) {
      RaceOptions options =
          options(Strategy.FIRST_WINS).racingTimeout(Duration.ofSeconds(8)).build();
      RaceException lost = lost(connector.connect(Target.of(hole.endpoint()), options));

      assertThat(lost.report().result()).isEqualTo(Result.TIMED_OUT);
      assertThat(lost.getSuppressed()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(lost.report().attempts())
          .extracting(RaceReport.Attempt::stage)
          .containsOnly(Stage.STARTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void resetAfterAcceptIsAnEviction(Io io) {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      // A reset that comes before the client has seen its connection would be a failed dial.
      Endpoint peer = peers.resetsWhenAsked("127.0.0.1");
      RaceException lost = lost(connector.connect(Target.of(peer), firstWins(), new Asking()));

      RaceReport.Attempt attempt = lost.report().attempts().get(0);
      assertThat(attempt.cause()).isEqualTo(Cause.RESET);
      assertThat(attempt.outcome()).isEqualTo(Outcome.EVICTED);
      assertThat(attempt.stage()).isEqualTo(Stage.CONNECTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCloseAfterAcceptIsAnEviction(Io io) {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      Endpoint peer = peers.closes("127.0.0.1");
      RaceException lost = lost(connector.connect(Target.of(peer), firstWins(), new Greeting()));

      RaceReport.Attempt attempt = lost.report().attempts().get(0);
      assertThat(attempt.cause()).isEqualTo(Cause.CLOSED);
      assertThat(attempt.outcome()).isEqualTo(Outcome.EVICTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMutePeerLosesToOneThatAnswers(Io io) throws Exception {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      Endpoint mute = peers.mute("127.0.0.1");
      Endpoint greets = peers.greets("127.0.0.2");
      Target target = Target.of(mute, greets);
      try (Connection won = connector.connect(target, firstWins(), new Greeting()).await()) {
        assertThat(winner(won).candidate().endpoint()).isEqualTo(1);
        assertThat(won.report().attempts())
            .extracting(RaceReport.Attempt::outcome)
            .containsExactly(Outcome.CANCELLED, Outcome.WON);
        assertThat(won.channel().remoteAddress()).isEqualTo(winner(won).candidate().remote());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMutePeerAloneTimesOut(Io io) {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      RaceOptions options = options(Strategy.NONE).racingTimeout(Duration.ofSeconds(1)).build();
      Target target = Target.of(peers.mute("127.0.0.1"));
      RaceException lost = lost(connector.connect(target, options, new Greeting()));

      assertThat(lost.report().attempts().get(0).stage()).isEqualTo(Stage.CONNECTED);
      assertThat(lost.getSuppressed()[0]).hasMessageContaining("stage connected");
    }
  }

  @ParameterizedTest
  @EnumSource
  void deadIpv6BeforeLiveIpv4(Io io, @TempDir Path folder) throws Exception {
    try (Loops loops = io.open();
        BlackHole hole = new BlackHole("::1")) {
      Path hosts = folder.resolve("hosts");
      Files.writeString(hosts, "::1 camera.example\n127.0.0.1 camera.example\n");
      int port = peers.start("127.0.0.1", hole.endpoint().port(), channel -> {}).port();
      try (Connector connector =
              Connectors.builder().eventLoopGroup(loops.group()).hostsFile(hosts).build();
          Connection won =
              connector.connectBlocking(
                  Target.of(new Endpoint("camera.example", port)), firstWins())) {
        assertThat(won.report().attempts())
            .extracting(a -> Addresses.text(a.candidate().remote().getAddress()))
            .containsExactly("::1", "127.0.0.1");
        assertThat(winner(won).number()).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ipv6LiteralsWithAndWithoutZone(Io io) throws Exception {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      int port = peers.mute("::1").port();
      for (String host : List.of("[::1]", "[::1%lo]", "[0:0::1]")) {
        Target target = Target.parse(host + ":" + port);
        try (Connection won = connector.connectBlocking(target, firstWins())) {
          assertThat(won.channel().isActive()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aZoneThatIsNotThere(Io io) {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      RaceException lost =
          lost(connector.connect(Target.parse("[fe80::1%nozone9]:554"), firstWins()));
      assertThat(lost).hasMessageContaining("fe80::1%nozone9: no such zone");
      assertThat(lost.getSuppressed()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSendsNothingIsLocal(Io io) throws Exception {
    try (Loops loops = io.open();
        Connector elsewhere =
            Connectors.builder()
                .eventLoopGroup(loops.group())
                .localAddresses(InetAddress.getByName("192.0.2.1"))
                .build();
        Connector connector = connector(loops)) {
      Endpoint peer = peers.mute("127.0.0.1");
      RaceException unbindable = lost(elsewhere.connect(Target.of(peer), firstWins()));
      assertThat(unbindable.report().attempts().get(0).cause()).isEqualTo(Cause.LOCAL);

      RaceException noZone = lost(connector.connect(Target.parse("[fe80::1]:554"), firstWins()));
      assertThat(noZone.report().attempts().get(0).cause()).isEqualTo(Cause.LOCAL);

      RaceException broadcast =
          lost(connector.connect(Target.parse("255.255.255.255:554"), firstWins()));
      assertThat(broadcast.report().attempts().get(0).cause()).isEqualTo(Cause.LOCAL);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLocalAddressIsDialledFrom(Io io) throws Exception {
    try (Loops loops = io.open();
        Connector connector =
            Connectors.builder()
                .eventLoopGroup(loops.group())
                .localAddresses(InetAddress.getByName("127.0.0.9"))
                .build();
        Connection won =
            connector.connectBlocking(
                Target.of(new Endpoint("localhost", peers.mute("127.0.0.1").port())),
                firstWins())) {
      assertThat(won.channel().localAddress()).asString().startsWith("/127.0.0.9:");
      assertThat(won.report().attempts()).hasSize(1);
    }
  }

  /** The caller adds its handlers long after the bytes came and the peer closed. */
  @ParameterizedTest
  @EnumSource
  void whatThePeerSentIsNotLost(Io io) throws Exception {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      for (Strategy strategy : List.of(Strategy.FIRST_WINS, Strategy.LAST_WINS)) {
        Endpoint peer =
            strategy == Strategy.FIRST_WINS
                ? peers.greetsAndCloses("127.0.0.1")
                : peers.greets("127.0.0.1");
        RaceOptions options = options(strategy).maxParallelConnections(2).build();
        Connection won = connector.connectBlocking(Target.of(peer), options);
        Settle.briefly(won.channel());
        StringBuilder heard = new StringBuilder();
        CompletableFuture<String> end = new CompletableFuture<>();
        won.channel().pipeline().addLast(new Recorder(heard, end, strategy));
        won.channel().config().setAutoRead(true);

        assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("hello");
        Eventually.holds(
            "the buffer has left",
            () -> won.channel().pipeline().get(EarlyDataBuffer.class) == null);
        won.close();
      }
    }
  }

  private static final class Recorder extends ChannelInboundHandlerAdapter {
    private final StringBuilder heard;
    private final CompletableFuture<String> end;
    private final Strategy strategy;

    Recorder(StringBuilder heard, CompletableFuture<String> end, Strategy strategy) {
      this.heard = heard;
      this.end = end;
      this.strategy = strategy;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      heard.append(bytes.toString(US_ASCII));
      bytes.release();
      if (strategy == Strategy.LAST_WINS) {
        end.complete(heard.toString());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      end.complete(heard.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHeldAttemptThatThePeerClosesIsOut(Io io) throws Exception {
    try (Loops loops = io.open();
        Connector connector = connector(loops)) {
      // A device for one client: a newer connection ends the older.
      AtomicReference<Channel> current = new AtomicReference<>();
      Endpoint peer =
          peers.start(
              "127.0.0.1",
              0,
              channel -> {
                var older = current.getAndSet(channel);
                if (older != null) {
                  older.close();
                }
              });
      RaceOptions options = options(Strategy.LAST_WINS).maxParallelConnections(3).build();
      try (Connection won = connector.connectBlocking(Target.of(peer), options)) {
        assertThat(winner(won).number()).isEqualTo(3);
        assertThat(won.report().attempts())
            .extracting(RaceReport.Attempt::outcome)
            .last()
            .isEqualTo(Outcome.WON);
      }

      Endpoint closesSoon = peers.start("127.0.0.2", 0, ch -> Peers.later(ch, 200, ch::close));
      RaceOptions slow = options.toBuilder().racingDelay(Duration.ofSeconds(2)).build();
      try (Connection won = connector.connectBlocking(Target.of(closesSoon), slow)) {
        assertThat(won.report().attempts())
            .extracting(RaceReport.Attempt::outcome)
            .containsExactly(Outcome.EVICTED, Outcome.EVICTED, Outcome.WON);
      }
    }
  }
}
