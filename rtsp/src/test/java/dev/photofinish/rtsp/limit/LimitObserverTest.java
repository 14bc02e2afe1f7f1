package dev.photofinish.rtsp.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.stream.Admission;
import dev.photofinish.rtsp.stream.MediaArrivals;
import dev.photofinish.rtsp.stream.PlayedConnection;
import dev.photofinish.rtsp.stream.TrackArrivals;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitObserverTest {
  private static final LimitSettings SETTINGS =
      new LimitSettings(
          "camera", Duration.ofMinutes(1), Duration.ofSeconds(5), false, Duration.ofSeconds(10));

  private final MockTicker clock = Ticker.newMockTicker();
  private final LimitObserver observer =
      new LimitObserver(
          SETTINGS, new ClientLimits(() -> "the lab"), clock, (endpoint, limit) -> {});
  private final MediaArrivals media = new MediaArrivals();
  private boolean hasTracks;
  private boolean overUdp;
  private boolean mayMove = true;

  private TrackedConnection track() {
    observer.look(List.of(new Endpoint("192.0.2.1", 554)));
    return observer.track(0, media).tracked();
  }

  private void end(TrackedConnection tracked, EndReason.Kind kind) {
    end(tracked, kind, Optional.empty());
  }

  private void end(TrackedConnection tracked, EndReason.Kind kind, Optional<String> openRequest) {
    observer.ended(tracked, way(), new EndReason(kind, "a test"), openRequest);
  }

  private PlayedConnection way() {
    return new PlayedConnection("192.0.2.1:554", media, mayMove) {
      @Override
      protected boolean wasAnswered() {
        return true;
      }

      @Override
      public boolean hasTracks() {
        return hasTracks;
      }

      @Override
      public boolean isOverUdp() {
        return overUdp;
      }
    };
  }

  /** What is asked for first is what brought media last. */
  @Test
  void theTransportThatBroughtMediaIsRemembered() {
    TrackedConnection tracked = track();
    assertThat(observer.habits().overUdp(0)).isFalse();
    observer.playing(tracked, true, new EmbeddedChannel().eventLoop());
    assertThat(observer.habits().overUdp(0)).isTrue();
    end(tracked, EndReason.Kind.CLOSED);
    assertThat(observer.habits().overUdp(0)).isTrue();
    observer.playing(tracked, false, new EmbeddedChannel().eventLoop());
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  /** A wish for TCP wedges some cameras, so that nobody is served for a while. */
  @Test
  void theOtherTransportHasItsTurnWhereTwoSetupsWereNotAnswered() {
    TrackedConnection tracked = track();
    end(tracked, EndReason.Kind.SILENT, Optional.of("SETUP rtsp://192.0.2.1/a"));
    observer.playing(tracked, false, new EmbeddedChannel().eventLoop());
    end(tracked, EndReason.Kind.SILENT, Optional.of("SETUP rtsp://192.0.2.1/a"));
    end(tracked, EndReason.Kind.SILENT, Optional.of("DESCRIBE"));
    assertThat(observer.habits().overUdp(0)).isFalse();
    end(tracked, EndReason.Kind.SILENT, Optional.of("SETUP rtsp://192.0.2.1/b"));
    assertThat(observer.habits().overUdp(0)).isTrue();
  }

  /** TCP brought another media to be set up, so that it is this one that is not answered. */
  @Test
  void aMediaWhoseSetupIsNotAnsweredTwiceIsAvoidedWhereOthersAreSetUp() {
    TrackedConnection tracked = track();
    hasTracks = true;
    end(tracked, EndReason.Kind.SILENT, Optional.of("SETUP rtsp://192.0.2.1/b"));
    assertThat(observer.habits().known(0).fatal()).isEmpty();
    end(tracked, EndReason.Kind.SILENT, Optional.of("SETUP rtsp://192.0.2.1/b"));
    assertThat(observer.habits().known(0).fatal()).containsExactly("SETUP rtsp://192.0.2.1/b");
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  @Test
  void whereUdpDoesNotReachUsItIsNotAskedForFirstAgain() {
    TrackedConnection tracked = track();
    observer.playing(tracked, true, new EmbeddedChannel().eventLoop());
    end(tracked, EndReason.Kind.UNREACHED);
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  /** Some cameras answer all that is asked for over TCP, and send nothing. */
  @ParameterizedTest
  @EnumSource(names = {"STALLED", "DEAD"})
  void whereNoMediaComesOverTcpUdpHasItsTurnAndThenTcpAgain(EndReason.Kind silence) {
    TrackedConnection tracked = track();
    end(tracked, silence);
    assertThat(observer.habits().overUdp(0)).isTrue();
    overUdp = true;
    end(tracked, EndReason.Kind.UNREACHED);
    assertThat(observer.habits().overUdp(0)).isFalse();
    overUdp = false;
    end(tracked, silence);
    assertThat(observer.habits().overUdp(0)).isTrue();
    overUdp = true;
    end(tracked, silence);
    assertThat(observer.habits().overUdp(0)).as("stall-timeout may be shorter").isFalse();
  }

  /** It is the camera that has no media then. */
  @Test
  void aCameraWhoseMediaCameOverTcpBeforeIsNotAskedForUdp() {
    TrackedConnection tracked = track();
    observer.playing(tracked, false, new EmbeddedChannel().eventLoop());
    end(tracked, EndReason.Kind.STALLED);
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  @Test
  void aStallAfterMediaMovesNothing() {
    TrackedConnection tracked = track();
    TrackArrivals arrivals = new TrackArrivals();
    media.assign(List.of(arrivals));
    arrivals.packet(1);
    end(tracked, EndReason.Kind.STALLED);
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  @Test
  void whereOneTransportAloneIsTakenNothingMoves() {
    TrackedConnection tracked = track();
    mayMove = false;
    end(tracked, EndReason.Kind.STALLED);
    end(tracked, EndReason.Kind.TRANSPORT_REFUSED);
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  /** 461 to PLAY. */
  @Test
  void aTransportThatPlayIsRefusedByGivesWayToTheOther() {
    TrackedConnection tracked = track();
    end(tracked, EndReason.Kind.TRANSPORT_REFUSED);
    assertThat(observer.habits().overUdp(0)).isTrue();
    overUdp = true;
    end(tracked, EndReason.Kind.TRANSPORT_REFUSED);
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"STALLED", "DEAD", "TRANSPORT_REFUSED"})
  void whatEndsAnAttemptInItsRaceMovesTheNextToo(EndReason.Kind kind) {
    EndReason end = new EndReason(kind, "a test");
    observer.endedInRace(track(), way(), end, Optional.empty());
    assertThat(observer.habits().overUdp(0)).isTrue();
  }

  @Test
  void aRaceThatRunsOutOfTimeWithoutMediaMovesTheNext() {
    observer.habits().playsInRace(track(), way());
    clock.advance(1, TimeUnit.SECONDS);
    observer.habits().raceTimedOut();
    assertThat(observer.habits().overUdp(0)).isTrue();
    overUdp = true;
    observer.habits().playsInRace(track(), way());
    clock.advance(1, TimeUnit.SECONDS);
    observer.habits().raceTimedOut();
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  @Test
  void aRaceThatRunsOutOfTimeSaysNothingOfWhatPlaysSinceAMoment() {
    observer.habits().playsInRace(track(), way());
    clock.advance(999, TimeUnit.MILLISECONDS);
    observer.habits().raceTimedOut();
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  @Test
  void norOfARaceBefore() {
    observer.habits().playsInRace(track(), way());
    clock.advance(1, TimeUnit.SECONDS);
    track();
    observer.habits().raceTimedOut();
    assertThat(observer.habits().overUdp(0)).isFalse();
  }

  /** What is required of a camera may be what it hangs up at, and not the request. */
  @Test
  void anAttemptThatEndsTwiceAtARequirementIsRememberedForThatAlone() {
    TrackedConnection tracked = track();
    EndReason closed = new EndReason(EndReason.Kind.CLOSED, "a test");
    observer.endedInRace(tracked, way(), closed, Optional.of("DESCRIBE with Require"));
    assertThat(observer.habits().known(0).fatal()).isEmpty();
    observer.endedInRace(tracked, way(), closed, Optional.of("DESCRIBE with Require"));
    assertThat(observer.habits().known(0).fatal()).containsExactly("DESCRIBE with Require");
  }

  /** After two ends at one keep-alive the next has its turn: that is no other client's doing. */
  @Test
  void whatHangsUpAtOneKeepAliveAfterTheOtherTakesAsManyClientsAsBefore() {
    TrackedConnection tracked = track();
    TrackArrivals arrivals = new TrackArrivals();
    media.assign(List.of(arrivals));
    arrivals.packet(1);
    for (String request :
        List.of("OPTIONS rtsp://a", "OPTIONS rtsp://a", "GET_PARAMETER rtsp://a")) {
      end(tracked, EndReason.Kind.CLOSED, Optional.of(request));
    }
    assertThat(observer.dropsOlder()).isFalse();
    end(tracked, EndReason.Kind.CLOSED);
    assertThat(observer.dropsOlder()).isTrue();
  }

  // ---- How long an answer is waited for

  private void won(Duration answer) {
    RaceReport.Attempt winner =
        new RaceReport.Attempt(
            1,
            new Candidate(new InetSocketAddress("192.0.2.1", 554)),
            0,
            1,
            answer.toNanos(),
            answer.toNanos(),
            Stage.READY,
            Outcome.WON,
            null,
            null);
    RaceReport report =
        new RaceReport(
            "192.0.2.1:554",
            Strategy.NONE,
            RaceOptions.defaults(),
            List.of(),
            List.of(winner),
            Result.WON,
            winner,
            answer.toNanos());
    observer.raced(report, null, false);
  }

  /** Accepted, and reset before an answer. */
  private static RaceReport reset() {
    RaceReport.Attempt attempt =
        new RaceReport.Attempt(
            1,
            new Candidate(new InetSocketAddress("192.0.2.1", 554)),
            0,
            1,
            -1,
            2,
            Stage.CONNECTED,
            Outcome.EVICTED,
            Cause.RESET,
            null);
    return new RaceReport(
        "192.0.2.1:554",
        Strategy.NONE,
        RaceOptions.defaults(),
        List.of(),
        List.of(attempt),
        Result.FAILED,
        null,
        2);
  }

  @Test
  void aResetAfterAcceptKeepsTheDeviceAloneUnlessItIsGoingDown() {
    track();
    observer.raced(reset(), null, true);
    assertThat(admission().delay()).isZero();
    observer.raced(reset(), null, false);
    assertThat(admission().delay()).isEqualTo(Duration.ofSeconds(5).toNanos());
  }

  private Admission admission() {
    return observer.admit(List.of(new Endpoint("192.0.2.1", 554)));
  }

  @Test
  void aSlowCameraKeepsTheTimeThatItNeeds() {
    track();
    assertThat(observer.habits().allowMoreTime()).isTrue();
    won(Duration.ofSeconds(7));
    assertThat(observer.habits().racingTimeout()).hasSeconds(10);
  }

  /** Its silence was that of a camera that was away. */
  @Test
  void aCameraThatAnswersSoonIsWaitedForNoLongerThanOthers() {
    track();
    assertThat(observer.habits().allowMoreTime()).isTrue();
    won(Duration.ofMillis(2500));
    assertThat(observer.habits().racingTimeout()).hasSeconds(10);
    won(Duration.ofMillis(2499));
    assertThat(observer.habits().racingTimeout()).hasSeconds(5);
  }
}
