package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of a race, while it runs and afterwards. */
final class RaceReportTest extends RaceScript {

  @Test
  void beforeAnythingHappens() {
    resolving("last-wins", 1);
    in(0);
    expectNothing();
    assertThat(report())
        .isEqualTo(
            new RaceReport(
                "camera.example",
                Strategy.LAST_WINS,
                options("last-wins"),
                List.of(),
                List.of(),
                null,
                null,
                -1));
  }

  @Test
  void whileItIsOn() {
    resolving("first-wins", 1);
    in(5, aaaa(A6));
    expect(dial(1, A6));
    in(25, connected(1));
    expectNothing();
    assertThat(report().result()).isNull();
    assertThat(report().decidedAt()).isEqualTo(-1);
    assertThat(report().answers())
        .containsExactly(
            new RaceReport.Answer(5_000_000, 0, Family.IPV6, List.of(candidate(0, A6))));
    assertThat(report().attempts())
        .containsExactly(
            new RaceReport.Attempt(
                1,
                candidate(0, A6),
                5_000_000,
                25_000_000,
                -1,
                -1,
                Stage.CONNECTED,
                null,
                null,
                null));
  }

  @Test
  void whenItIsWon() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(260, connected(2));
    expectNothing();
    in(300, ready(2));
    expect(close(1, Outcome.CANCELLED), won(2));
    assertThat(report().result()).isEqualTo(Result.WON);
    assertThat(report().decidedAt()).isEqualTo(300_000_000);
    assertThat(report().winner()).isEqualTo(attempt(2));
    assertThat(attempt(2))
        .isEqualTo(
            new RaceReport.Attempt(
                2,
                candidate(1, B),
                250_000_000,
                260_000_000,
                300_000_000,
                300_000_000,
                Stage.READY,
                Outcome.WON,
                null,
                null));
  }

  @Test
  void readinessImpliesTheStagesBefore() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(30, ready(1));
    expect(won(1));
    assertThat(attempt(1).connected()).isEqualTo(30_000_000);
    assertThat(attempt(1).stage()).isEqualTo(Stage.READY);
  }

  @Test
  void aStageNeverGoesBack() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(30, secured(1));
    expectNothing();
    in(40, connected(1));
    expectNothing();
    assertThat(attempt(1).stage()).isEqualTo(Stage.SECURED);
    assertThat(attempt(1).connected()).isEqualTo(30_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSED, false, FAILED",
    "RESET, false, FAILED",
    "CLOSED, true, EVICTED",
    "RESET, true, EVICTED",
    "TLS, true, FAILED",
    "PROTOCOL, true, FAILED",
    "TIMEOUT, true, FAILED",
    "REFUSED, false, FAILED"
  })
  void outcomesOfWhatThePeerOrTheNetworkEnded(Cause cause, boolean connected, Outcome outcome) {
    race("none", A);
    in(0);
    expect(dial(1, A));
    if (connected) {
      in(10, connected(1), ended(1, cause));
    } else {
      in(10, ended(1, cause));
    }
    expect(lost(Result.FAILED));
    assertThat(attempt(1).outcome()).isEqualTo(outcome);
    assertThat(attempt(1).cause()).isEqualTo(cause);
    assertThat(attempt(1).end()).isEqualTo(10_000_000);
  }

  @Test
  void whatWeEndedHasNoCause() {
    race("first-wins max-parallel-connections=1", A, B);
    in(0);
    expect(dial(1, A));
    in(750);
    expect(close(1, Outcome.RETIRED), dial(2, B));
    assertThat(attempt(1).cause()).isNull();
  }

  @Test
  void anAttemptThatWasNeverDialledIsTheDriversMistake() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    assertThatThrownBy(
            () ->
                new Race("", 1, options("none"), Comparator.comparing(Candidate::family), 0)
                    .handle(0, ready(1)))
        .hasMessage("attempt: 1 is not valid; expected 1 to 0");
  }

  @Test
  void autoIsChosenBeforeTheRace() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    assertThatThrownBy(
            () -> new Race("", 1, options("auto"), Comparator.comparing(Candidate::family), 0))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("connection-racing: 'auto' is not valid");
  }

  @Test
  void timeThatGoesBackStandsStill() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(100, connected(1));
    expectNothing();
    driver().handle(50_000_000, secured(1));
    assertThat(driver().deadline()).hasValue(350_000_000);
    in(350);
    expect(dial(2, B));
  }
}
