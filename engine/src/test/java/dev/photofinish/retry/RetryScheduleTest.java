package dev.photofinish.retry;

import static dev.photofinish.retry.TryFailure.AT_CAPACITY;
import static dev.photofinish.retry.TryFailure.NOT_TRUSTED;
import static dev.photofinish.retry.TryFailure.NO_SUCH_NAME;
import static dev.photofinish.retry.TryFailure.NO_SUCH_STREAM;
import static dev.photofinish.retry.TryFailure.OTHER;
import static dev.photofinish.retry.TryFailure.REFUSED_AT_ONCE;
import static dev.photofinish.retry.TryFailure.RESET_AFTER_ACCEPT;
import static dev.photofinish.retry.TryFailure.WRONG_CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract's section "Retry". Times are milliseconds of a ticker that starts at {@link #t0}.
 */
final class RetryScheduleTest {
  private static final long MS = 1_000_000;

  private long t0;
  private RetrySchedule schedule = schedule(Map.of());

  private static RetrySchedule schedule(Map<String, String> options) {
    return new RetrySchedule(RetryOptions.of(options), new Random(1));
  }

  private void in(Map<String, String> options) {
    schedule = schedule(options);
  }

  private void in(String strategy) {
    in(Map.of("retry-strategy", strategy));
  }

  private RetryDecision failed(long at, TryFailure failure) {
    return schedule.tryFailed(t0 + at * MS, failure);
  }

  private void media(long at) {
    schedule.mediaCame(t0 + at * MS);
  }

  private RetryDecision dropped(long at) {
    return dropped(at, at);
  }

  private RetryDecision dropped(long at, long lastMediaAt) {
    return schedule.streamDropped(t0 + at * MS, t0 + lastMediaAt * MS);
  }

  private static RetryDecision.Retry retry(RetryDecision decision) {
    assertThat(decision).isInstanceOf(RetryDecision.Retry.class);
    return (RetryDecision.Retry) decision;
  }

  private static void expectRetry(RetryDecision decision, int attempt, long delayMs) {
    assertThat(retry(decision).attempt()).isEqualTo(attempt);
    assertThat(retry(decision).delayNanos()).isEqualTo(delayMs * MS);
  }

  private static void expectGiveUp(RetryDecision decision, String reason) {
    assertThat(decision).isEqualTo(new RetryDecision.GiveUp(reason));
  }

  private void expectDelays(long... delaysMs) {
    for (int i = 0; i < delaysMs.length; i++) {
      expectRetry(failed(i, OTHER), i + 1, delaysMs[i]);
    }
  }

  // Strategies.

  @Test
  void noneNeverRetries() {
    in("none");
    expectGiveUp(failed(0, OTHER), "the try failed, and retry-strategy is none");
  }

  @Test
  void noneDoesNotReconnectAStableStreamEither() {
    in("none");
    media(0);
    expectGiveUp(dropped(60_000), "a stable stream dropped, and retry-strategy is none");
  }

  @Test
  void immediateKeepsOnlyTheFloorBetweenTwoDials() {
    in("immediate");
    expectDelays(10, 10, 10, 10, 10);
  }

  @Test
  void linearAddsItsStep() {
    in(Map.of("retry-strategy", "linear", "max-reconnection-attempts", "-1"));
    expectDelays(250, 1250, 2250, 3250, 4250, 5250, 6250);
  }

  @Test
  void linearStepAndFirstDelayAreOptions() {
    in(
        Map.of(
            "retry-strategy", "linear",
            "initial-retry-delay", "100ms",
            "linear-retry-step", "7ms"));
    expectDelays(100, 107, 114);
  }

  @Test
  void exponentialDoublesUpToTheCap() {
    in(Map.of("retry-strategy", "exponential", "max-reconnection-attempts", "-1"));
    expectDelays(250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000);
  }

  @Test
  void theCapIsAnOption() {
    in(Map.of("retry-strategy", "exponential", "reconnection-timeout", "600ms"));
    expectDelays(250, 500, 600, 600);
  }

  @Test
  void linearStopsAtTheCap() {
    in(Map.of("retry-strategy", "linear", "reconnection-timeout", "2s"));
    expectDelays(250, 1250, 2000, 2000);
  }

  @ParameterizedTest
  @CsvSource({"0.0, 187500000", "0.5, 250000000", "0.75, 281250000"})
  void jitterIsAQuarterEitherWayAndDrawnFromTheGivenGenerator(double drawn, long nanos) {
    RandomGenerator fixed =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return (long) (drawn * 0x1p53) << 11;
          }
        };
    RetrySchedule jittered =
        new RetrySchedule(RetryOptions.of(Map.of("retry-strategy", "exponential-jitter")), fixed);
    assertThat(retry(jittered.tryFailed(0, OTHER)).delayNanos()).isEqualTo(nanos);
  }

  @Test
  void jitterSpreadsOverItsWholeRangeAndNeverPassesTheCap() {
    long seed = 20_261_123;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<String, String> options =
        Map.of("retry-strategy", "exponential-jitter", "reconnection-timeout", "900ms");
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 2000; i++) {
      RetrySchedule jittered = new RetrySchedule(RetryOptions.of(options), random);
      long delay = retry(jittered.tryFailed(0, OTHER)).delayNanos();
      least = Math.min(least, delay);
      most = Math.max(most, delay);
      jittered.tryFailed(0, OTHER);
      assertThat(retry(jittered.tryFailed(0, OTHER)).delayNanos())
          .isBetween(675 * MS, 900 * MS); // 1000 capped to 900, then ±25 %, then capped again
    }
    assertThat(least).isBetween(187_500_000L, 190 * MS);
    assertThat(most).isBetween(310 * MS, 312_500_000L);
  }

  // max-reconnection-attempts.

  @Test
  void fiveRetriesUntilMediaHasComeOnce() {
    in("linear");
    expectDelays(250, 1250, 2250, 3250, 4250);
    expectGiveUp(failed(9, OTHER), "the try failed, after 5 retries (max-reconnection-attempts)");
  }

  @Test
  void forEverOnceMediaHasCome() {
    in("exponential");
    media(0);
    expectRetry(dropped(1), 1, 250);
    for (int i = 2; i < 500; i++) {
      assertThat(retry(failed(i * 30_000L, OTHER)).attempt()).isEqualTo(i);
    }
  }

  @Test
  void aNumberGivenByTheUserHoldsBeforeMedia() {
    in(Map.of("retry-strategy", "linear", "max-reconnection-attempts", "7"));
    expectDelays(250, 1250, 2250, 3250, 4250, 5250, 6250);
    assertThat(failed(9, OTHER)).isInstanceOf(RetryDecision.GiveUp.class);
  }

  @Test
  void aNumberGivenByTheUserHoldsAfterMedia() {
    in(Map.of("retry-strategy", "linear", "max-reconnection-attempts", "2"));
    media(0);
    expectRetry(dropped(1), 1, 250);
    expectRetry(failed(2, OTHER), 2, 1250);
    expectGiveUp(failed(3, OTHER), "the try failed, after 2 retries (max-reconnection-attempts)");
  }

  @Test
  void zeroAttemptsMeanNoReconnectAtAll() {
    in(Map.of("max-reconnection-attempts", "0"));
    media(0);
    expectGiveUp(
        dropped(60_000), "a stable stream dropped, after 0 retries (max-reconnection-attempts)");
  }

  // stable-after.

  @Test
  void aStableStreamReconnectsAtOnceAndTheCountAndTheDelayStartAnew() {
    in("exponential");
    expectDelays(250, 500, 1000);
    media(5000);
    expectRetry(dropped(15_000), 1, 0);
    expectRetry(failed(15_100, OTHER), 2, 250);
    expectRetry(failed(15_400, OTHER), 3, 500);
  }

  @Test
  void aStreamThatDroppedSoonerGoesOnWhereItWas() {
    in("exponential");
    expectDelays(250, 500, 1000);
    media(5000);
    expectRetry(dropped(14_999), 4, 2000);
    media(17_000);
    expectRetry(dropped(18_000), 5, 4000);
  }

  @Test
  void acceptAndDropWithANumberGivenComesToAnEnd() {
    in(Map.of("retry-strategy", "linear", "max-reconnection-attempts", "1"));
    media(0);
    expectRetry(dropped(10), 1, 250);
    media(300);
    expectGiveUp(
        dropped(310),
        "the stream dropped before it was stable, after 1 retries (max-reconnection-attempts)");
  }

  /** All that came was read at once, before the first of it was reported. */
  @Test
  void mediaThatCameAtOnceAreStableWhereAnyAre() {
    in(Map.of("stable-after", "0s"));
    media(5);
    expectRetry(dropped(5, 4), 1, 0);
  }

  @Test
  void silenceBeforeTheDropDoesNotMakeAStreamStable() {
    in("exponential");
    media(0);
    expectRetry(dropped(20_000, 9_999), 1, 250);
    media(30_000);
    expectRetry(dropped(60_000, 40_000), 1, 0);
  }

  @Test
  void stableAfterIsAnOption() {
    in(Map.of("retry-strategy", "exponential", "stable-after", "3s"));
    media(0);
    expectRetry(dropped(3000), 1, 0);
    media(4000);
    expectRetry(dropped(6999), 2, 250);
  }

  // A host that refuses at once after an established stream dropped.

  @Test
  void theDelayDoesNotGrowWhileTheHostRefusesAtOnceInTheFirstTenSeconds() {
    in("exponential");
    media(0);
    expectRetry(dropped(20_000), 1, 0);
    for (int i = 0; i < 39; i++) {
      expectRetry(failed(20_001 + 250 * i, REFUSED_AT_ONCE), i + 2, 250);
    }
    expectRetry(failed(30_000, REFUSED_AT_ONCE), 41, 250);
    expectRetry(failed(30_500, REFUSED_AT_ONCE), 42, 500);
    expectRetry(failed(31_500, REFUSED_AT_ONCE), 43, 1000);
  }

  @Test
  void thatDelayIsExactWhateverTheStrategyOfTheDelays() {
    in("exponential-jitter");
    media(0);
    dropped(20_000);
    expectRetry(failed(20_001, REFUSED_AT_ONCE), 2, 250);
    in("linear");
    media(0);
    dropped(20_000);
    expectRetry(failed(20_001, REFUSED_AT_ONCE), 2, 250);
  }

  @Test
  void whoAskedForImmediateIsNotSlowedDownByIt() {
    in("immediate");
    media(0);
    dropped(20_000);
    expectRetry(failed(20_001, REFUSED_AT_ONCE), 2, 10);
  }

  @Test
  void autoIsNotMadeFasterThanTheInitialDelayByIt() {
    in("auto");
    media(0);
    expectRetry(dropped(40_000), 1, 0);
    expectRetry(failed(40_001, REFUSED_AT_ONCE), 2, 250);
    expectRetry(failed(40_252, REFUSED_AT_ONCE), 3, 250); // immediate + first-wins by now
    expectRetry(failed(40_503, REFUSED_AT_ONCE), 4, 250);
  }

  @ParameterizedTest
  @EnumSource(names = {"OTHER", "AT_CAPACITY"})
  void otherFailuresGrowTheDelayInThatTimeToo(TryFailure failure) {
    in(Map.of("retry-strategy", "exponential", "initial-retry-delay", "6s"));
    media(0);
    dropped(20_000);
    expectRetry(failed(20_001, failure), 2, 6000);
    expectRetry(failed(20_002, failure), 3, 12_000);
  }

  @Test
  void aHostThatNeverStreamedIsNotWaitedForLikeThat() {
    in("exponential");
    expectRetry(failed(0, REFUSED_AT_ONCE), 1, 250);
    expectRetry(failed(1, REFUSED_AT_ONCE), 2, 500);
  }

  // Full.

  @Test
  void aResetAfterAcceptMeansFull() {
    in("immediate");
    expectRetry(failed(0, RESET_AFTER_ACCEPT), 1, 5000);
    media(5000);
    dropped(20_000);
    expectRetry(failed(20_250, RESET_AFTER_ACCEPT), 2, 5000);
  }

  /** It closed its connections a moment before it stopped to listen. */
  @Test
  void butNotOfAServerThatIsGoingDown() {
    in("exponential");
    media(0);
    expectRetry(dropped(20_000), 1, 0);
    expectRetry(failed(20_001, RESET_AFTER_ACCEPT), 2, 250);
    assertThat(schedule.mayBeGoingDown(t0 + 20_249 * MS)).isTrue();
    expectRetry(failed(20_251, RESET_AFTER_ACCEPT), 3, 5000);
    in("exponential");
    assertThat(schedule.mayBeGoingDown(t0)).isFalse();
  }

  @Test
  void whatIsFullByItsOwnWordsIsNotGoingDown() {
    in("exponential");
    media(0);
    dropped(20_000);
    expectRetry(failed(20_001, AT_CAPACITY), 2, 5000);
  }

  @Test
  void afterFullNoRetryComesSoonerThanFiveSeconds() {
    in("immediate");
    expectRetry(failed(0, AT_CAPACITY), 1, 5000);
    expectRetry(failed(5000, AT_CAPACITY), 2, 5000);
    expectRetry(failed(10_000, OTHER), 3, 10);
  }

  @Test
  void aLongerDelayStandsAfterFull() {
    in(Map.of("retry-strategy", "linear", "initial-retry-delay", "8s"));
    expectRetry(failed(0, AT_CAPACITY), 1, 8000);
  }

  @Test
  void aShorterCapDoesNotShortenThePauseAfterFull() {
    in(Map.of("retry-strategy", "linear", "reconnection-timeout", "2s"));
    expectRetry(failed(0, AT_CAPACITY), 1, 5000);
  }

  @Test
  void noOtherEventCutsThePauseAfterFullShort() {
    in("immediate");
    media(0);
    expectRetry(
        failed(59_000, AT_CAPACITY), 1, 5000); // a replacement, while the stream is still up
    expectRetry(dropped(60_000), 1, 4000);
    expectRetry(failed(61_500, REFUSED_AT_ONCE), 2, 2500);
  }

  private void full(long at, Duration retryAfter) {
    schedule.full(t0 + at * MS, retryAfter);
  }

  @Test
  void theDevicesOwnPauseStandsWithinFiveSecondsAndTheCap() {
    in(Map.of("retry-strategy", "immediate", "reconnection-timeout", "20s"));
    full(0, Duration.ofSeconds(12));
    expectRetry(failed(0, AT_CAPACITY), 1, 12_000);
    full(20_000, Duration.ofSeconds(2));
    expectRetry(failed(20_000, AT_CAPACITY), 2, 5000);
    full(40_000, Duration.ofSeconds(Long.MAX_VALUE));
    expectRetry(failed(40_000, AT_CAPACITY), 3, 20_000);
    expectRetry(failed(61_000, OTHER), 4, 10);
  }

  @Test
  void aShorterPauseAskedForLaterDoesNotCutTheFirstShort() {
    in("immediate");
    full(0, Duration.ofSeconds(20));
    full(1000, Duration.ofSeconds(6));
    expectRetry(failed(1000, AT_CAPACITY), 1, 19_000);
  }

  @Test
  void aStreamThatDropsOnAFullDeviceWaitsToo() {
    in("immediate");
    media(0);
    full(60_000, Duration.ofSeconds(8));
    expectRetry(dropped(60_000), 1, 8000);
  }

  // What no retry will change.

  @ParameterizedTest
  @EnumSource(names = {"NO_SUCH_STREAM", "NO_TRANSPORT"})
  void whatNoRetryWillChangeIsRetriedSlowlyAndSaysSo(TryFailure failure) {
    for (String strategy : new String[] {"auto", "immediate", "linear"}) {
      in(strategy);
      expectRetry(failed(0, failure), 1, 30_000);
      assertThat(failed(30_000, failure).reason()).endsWith("; retried slowly");
    }
    in(Map.of("retry-strategy", "linear", "reconnection-timeout", "3s"));
    expectRetry(failed(0, failure), 1, 3000);
  }

  /** A camera may serve before its encoder runs. */
  @Test
  void aDeviceThatStreamedAWhileAgoMayBeStarting() {
    in("exponential");
    media(0);
    expectRetry(dropped(20_000), 1, 0);
    expectRetry(failed(20_100, NO_SUCH_STREAM), 2, 250);
    expectRetry(failed(79_999, NO_SUCH_STREAM), 3, 500);
    expectRetry(failed(80_000, NO_SUCH_STREAM), 4, 30_000);
  }

  @Test
  void aNameThatIsMissingForAWhileIsRetriedSlowly() {
    in(Map.of("retry-strategy", "linear", "max-reconnection-attempts", "-1"));
    expectRetry(failed(0, NO_SUCH_NAME), 1, 250);
    expectRetry(failed(59_999, NO_SUCH_NAME), 2, 1250);
    expectRetry(failed(60_000, NO_SUCH_NAME), 3, 30_000);
    expectRetry(failed(90_000, OTHER), 4, 2250);
    expectRetry(failed(92_250, NO_SUCH_NAME), 5, 3250);
  }

  @Test
  void aCertificateThatIsNotTrustedEndsAStreamThatIsNew() {
    in("immediate");
    expectGiveUp(
        failed(0, NOT_TRUSTED), "the camera's certificate is not trusted; tls-insecure takes any");
  }

  @Test
  void aCertificateThatIsNotTrustedIsRetriedSlowlyWhereTheStreamIsToBeKeptUp() {
    in("exponential");
    media(0);
    expectRetry(dropped(20_000), 1, 0);
    expectRetry(failed(90_000, NOT_TRUSTED), 2, 30_000);
    in(Map.of("max-reconnection-attempts", "-1"));
    expectRetry(failed(0, NOT_TRUSTED), 1, 30_000);
  }

  // auto holds what it chose.

  /** Seen: to immediate and back within 0.25 s. */
  @Test
  void autoHoldsAChangeForASecondAndIsNoFasterThanWhatSuits() {
    schedule = new RetrySchedule(RetryOptions.of(Map.of()), fixed());
    media(0);
    retry(dropped(40_000));
    assertThat(retry(failed(40_100, OTHER)).change()).isNull();
    assertThat(retry(failed(40_200, OTHER)).change()).startsWith("immediate + first-wins");
    for (long at = 40_300; at < 41_200; at += 100) {
      RetryDecision.Retry next = retry(failed(at, OTHER));
      assertThat(next.change()).isNull();
      assertThat(next.delayNanos()).isGreaterThanOrEqualTo(250 * MS);
      assertThat(schedule.racing()).isEqualTo(Strategy.FIRST_WINS);
    }
    assertThat(retry(failed(41_200, OTHER)).change()).startsWith("exponential-jitter + none");
  }

  /** Draws the middle, which is no jitter. */
  private static RandomGenerator fixed() {
    return () -> 1L << 63;
  }

  // Wrong credentials.

  @Test
  void wrongCredentialsStopTheRetries() {
    in("immediate");
    expectGiveUp(
        failed(0, WRONG_CREDENTIALS), "the credentials are wrong, and cameras lock accounts");
  }

  @Test
  void wrongCredentialsStopTheRetriesForGood() {
    media(0);
    RetryDecision stopped = failed(20_000, WRONG_CREDENTIALS);
    assertThat(failed(20_001, OTHER)).isEqualTo(stopped);
    media(20_002);
    assertThat(dropped(90_000)).isEqualTo(stopped);
  }

  @Test
  void thereIsNoRetryAfterGivingUp() {
    in(Map.of("retry-strategy", "linear", "max-reconnection-attempts", "0"));
    RetryDecision stopped = failed(0, OTHER);
    assertThat(failed(1, WRONG_CREDENTIALS)).isEqualTo(stopped);
    assertThat(failed(2, OTHER)).isEqualTo(stopped);
  }

  // auto.

  private void expectAuto(RetryDecision decision, RetryStrategy delays, Strategy racing) {
    assertThat(retry(decision).strategy()).isEqualTo(delays);
    assertThat(retry(decision).racing()).isEqualTo(racing);
    assertThat(schedule.racing()).isEqualTo(racing);
  }

  private RetryDecision streamOf(long at, long lasted) {
    media(at);
    return dropped(at + lasted);
  }

  @Test
  void autoBeginsWithExponentialJitterAndNoRacing() {
    assertThat(schedule.racing()).isEqualTo(Strategy.NONE);
    expectAuto(failed(0, OTHER), RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
    expectAuto(failed(1, OTHER), RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
    expectAuto(failed(2, OTHER), RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
  }

  @Test
  void droppedSoonAgainAndAgainIsALimitedDevice() {
    expectAuto(streamOf(0, 2000), RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
    RetryDecision second = streamOf(3000, 2000);
    expectAuto(second, RetryStrategy.LINEAR, Strategy.LAST_WINS);
    assertThat(retry(second).change())
        .isEqualTo(
            "linear + last-wins instead of exponential-jitter + none: last outcomes dropped after"
                + " 2 s, dropped after 2 s");
    RetryDecision third = streamOf(7000, 30_000);
    expectAuto(third, RetryStrategy.LINEAR, Strategy.LAST_WINS);
    assertThat(retry(third).change()).isNull();
  }

  @Test
  void thirtySecondsAreStillSoonAndCountFromTheFirstMedia() {
    streamOf(1000, 30_000);
    expectAuto(streamOf(50_000, 30_000), RetryStrategy.LINEAR, Strategy.LAST_WINS);
  }

  @Test
  void twoDropsOfThreeOutcomesAreEnough() {
    streamOf(0, 2000);
    failed(3000, OTHER);
    expectAuto(streamOf(4000, 2000), RetryStrategy.LINEAR, Strategy.LAST_WINS);
  }

  @Test
  void moreThanHalfFailedAndSomeSucceededIsALossyNetwork() {
    streamOf(0, 31_000);
    expectAuto(failed(32_000, OTHER), RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
    RetryDecision second = failed(33_000, OTHER);
    expectAuto(second, RetryStrategy.IMMEDIATE, Strategy.FIRST_WINS);
    assertThat(retry(second).change())
        .isEqualTo(
            "immediate + first-wins instead of exponential-jitter + none: last outcomes lasted 31"
                + " s, failed, failed");
  }

  @Test
  void oneEarlyDropAmongFailuresIsALossyNetworkToo() {
    failed(0, OTHER);
    failed(1000, OTHER);
    expectAuto(streamOf(2000, 500), RetryStrategy.IMMEDIATE, Strategy.FIRST_WINS);
  }

  @Test
  void onlyTheLastThreeOutcomesCount() {
    streamOf(0, 31_000);
    failed(32_000, OTHER);
    failed(33_000, OTHER);
    RetryDecision third = failed(34_000, OTHER);
    expectAuto(third, RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
    assertThat(retry(third).change())
        .isEqualTo(
            "exponential-jitter + none instead of immediate + first-wins: last outcomes failed,"
                + " failed, failed");
  }

  @Test
  void streamsThatLastLeaveTheUsualChoice() {
    for (int i = 0; i < 4; i++) {
      expectAuto(streamOf(i * 100_000L, 30_001), RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
    }
  }

  @Test
  void autoChangesTheDelaysOnItsWay() {
    media(0);
    long jittered = retry(dropped(1000)).delayNanos();
    assertThat(jittered).isBetween(187 * MS, 313 * MS);
    media(2000);
    expectRetry(dropped(3000), 2, 1250); // linear, one delay went before
  }

  @Test
  void aConfiguredStrategyKeepsItsDelaysWhileAutoStillPicksTheRacing() {
    in("exponential");
    streamOf(0, 2000);
    RetryDecision second = streamOf(3000, 12_999);
    expectAuto(second, RetryStrategy.EXPONENTIAL, Strategy.LAST_WINS);
    assertThat(retry(second).change())
        .isEqualTo(
            "last-wins instead of none: last outcomes dropped after 2 s, dropped after 12 s");
  }

  @Test
  void aConfiguredRacingIsKeptWhileAutoStillPicksTheDelays() {
    schedule = new RetrySchedule(RetryOptions.defaults(), Strategy.HYBRID, new Random(1));
    streamOf(0, 1999);
    RetryDecision second = streamOf(3000, 2000);
    expectAuto(second, RetryStrategy.LINEAR, Strategy.HYBRID);
    assertThat(retry(second).change())
        .isEqualTo(
            "linear instead of exponential-jitter: last outcomes dropped after 1999 ms, dropped"
                + " after 2 s");
  }

  // auto, longer troubles.

  @Test
  void autoWaitsNoLongerThanATwentiethOfTheTroubleOnceMediaCame() {
    media(0);
    dropped(40_000);
    for (int i = 1; i <= 12; i++) {
      long at = 40_000 + 5000L * i;
      long most = Math.max(250, (at - 40_000) / 20);
      long delay = retry(failed(at, OTHER)).delayNanos();
      assertThat(delay).as("at %s", at).isLessThanOrEqualTo(most * 5 / 4 * MS);
      if (i > 8) {
        assertThat(delay).as("at %s", at).isGreaterThanOrEqualTo(most * 3 / 4 * MS);
      }
    }
  }

  @Test
  void autosWaitsStillSpread() {
    Set<Long> delays = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      schedule = new RetrySchedule(RetryOptions.defaults(), new Random(seed));
      media(0);
      dropped(40_000);
      for (int i = 1; i <= 8; i++) {
        failed(40_000 + 5000L * i, OTHER);
      }
      delays.add(retry(failed(85_000, OTHER)).delayNanos());
    }
    assertThat(delays).hasSizeGreaterThan(15);
  }

  @Test
  void dropsThatAreNotStableDoNotEndTheTrouble() {
    media(0);
    dropped(40_000);
    failed(45_000, OTHER);
    failed(50_000, OTHER);
    failed(55_000, OTHER);
    streamOf(130_000, 5000);
    failed(138_000, OTHER);
    failed(139_000, OTHER);
    failed(140_000, OTHER);
    assertThat(retry(failed(140_000, OTHER)).delayNanos()).isBetween(3750 * MS, 6250 * MS);
    streamOf(200_000, 10_000);
    failed(215_000, OTHER);
    failed(215_000, OTHER);
    failed(215_000, OTHER);
    assertThat(retry(failed(215_000, OTHER)).delayNanos()).isBetween(187 * MS, 313 * MS);
  }

  @Test
  void aStrategyThatWasAskedForWaitsAsItSays() {
    in("exponential");
    media(0);
    dropped(40_000);
    for (int i = 0; i < 5; i++) {
      expectRetry(failed(40_100, OTHER), i + 2, 250L << i);
    }
  }

  @Test
  void beforeMediaCameAutoWaitsAsExponentialJitter() {
    failed(0, OTHER);
    failed(0, OTHER);
    assertThat(retry(failed(0, OTHER)).delayNanos()).isBetween(750 * MS, 1250 * MS);
  }

  // auto, what races took.

  /** A race of two addresses, of which the first and the second dial meet what is said. */
  private static RaceReport race(String encounters) {
    return PlayedRace.report("first-wins", encounters);
  }

  private RetryDecision raced(String encounters, long at) {
    schedule.raced(race(encounters));
    return streamOf(at, 60_000);
  }

  @Test
  void aLostSynIsAPathForFirstWins() {
    assertThat(retry(raced("5", 0)).change()).isNull();
    RetryDecision lossy = raced("silence 5", 100_000);
    expectAuto(lossy, RetryStrategy.EXPONENTIAL_JITTER, Strategy.FIRST_WINS);
    assertThat(retry(lossy).change())
        .isEqualTo(
            "exponential-jitter + first-wins instead of exponential-jitter + none: last outcomes"
                + " lasted 60 s, lasted 60 s; 1 of the last 2 races needed more than their first"
                + " SYN");
  }

  @ParameterizedTest
  @CsvSource({"999, NONE", "1000, FIRST_WINS"})
  void aSynThatTheSystemSentAgainIsALostOne(int connected, Strategy racing) {
    schedule.raced(PlayedRace.report("none", connected + " silence"));
    assertThat(schedule.racing()).isEqualTo(racing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"closed", "reset"})
  void aDeviceThatClosesAttemptsIsNotRacedForALostSyn(String how) {
    schedule.raced(race("silence 5"));
    schedule.raced(race(how + " 5"));
    assertThat(schedule.racing()).isEqualTo(Strategy.NONE);
    RetryDecision decision = streamOf(0, 60_000);
    assertThat(retry(decision).change()).isNull();
  }

  @Test
  void aRefusalIsAnAnswer() {
    schedule.raced(race("refused 5"));
    assertThat(schedule.racing()).isEqualTo(Strategy.NONE);
  }

  @Test
  void aRaceAfterAFailedTrySaysNothingOfThePath() {
    streamOf(0, 60_000);
    failed(61_000, OTHER);
    schedule.raced(race("silence 5"));
    expectAuto(streamOf(70_000, 60_000), RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
  }

  @Test
  void aLostSynIsForgottenAfterTwentyRaces() {
    raced("silence 5", 0);
    for (int i = 1; i < 20; i++) {
      RetryDecision stands = raced("5", i * 100_000L);
      expectAuto(stands, RetryStrategy.EXPONENTIAL_JITTER, Strategy.FIRST_WINS);
    }
    RetryDecision over = raced("5", 2_000_000);
    expectAuto(over, RetryStrategy.EXPONENTIAL_JITTER, Strategy.NONE);
    assertThat(retry(over).change())
        .isEqualTo(
            "exponential-jitter + none instead of exponential-jitter + first-wins: last outcomes"
                + " lasted 60 s, lasted 60 s, lasted 60 s; 0 of the last 20 races needed more than"
                + " their first SYN");
  }

  @Test
  void closedAttemptsAreToldWithTheLostSyns() {
    raced("silence 5", 0);
    assertThat(retry(raced("closed 5", 100_000)).change())
        .endsWith(
            "1 of the last 2 races needed more than their first SYN, and the device closed"
                + " attempts");
  }

  @Test
  void outcomesOutweighThePath() {
    raced("silence 5", 0);
    streamOf(100_000, 2000);
    expectAuto(streamOf(110_000, 2000), RetryStrategy.LINEAR, Strategy.LAST_WINS);
  }

  @Test
  void whatIsNotAutosToChooseIsNoChange() {
    schedule =
        new RetrySchedule(
            RetryOptions.of(Map.of("retry-strategy", "linear")), Strategy.NONE, new Random(1));
    streamOf(0, 2000);
    RetryDecision second = streamOf(3000, 2000);
    expectAuto(second, RetryStrategy.LINEAR, Strategy.NONE);
    assertThat(retry(second).change()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "30001, lasted 30 s",
    "119999, lasted 119 s",
    "120000, lasted 2 min",
    "7199999, lasted 119 min",
    "7200000, lasted 2 h",
    "172799999, lasted 47 h",
    "172800000, lasted 2 d"
  })
  void outcomesAreToldInTheirOwnUnits(long lastedMs, String words) {
    assertThat(TryOutcome.streamed(lastedMs * MS)).hasToString(words);
  }

  // Reasons.

  @Test
  void everyDecisionSaysWhy() {
    in("linear");
    assertThat(failed(0, OTHER).reason()).isEqualTo("the try failed");
    assertThat(failed(0, AT_CAPACITY).reason()).isEqualTo("the device is full");
    assertThat(failed(0, REFUSED_AT_ONCE).reason()).isEqualTo("the host refuses connections");
    media(0);
    assertThat(dropped(1).reason()).isEqualTo("the stream dropped before it was stable");
    media(2);
    assertThat(dropped(20_000).reason()).isEqualTo("a stable stream dropped");
  }

  // Odd orders of calls, overflow, and time that wraps around.

  @Test
  void aDropWithoutMediaIsAFailedTry() {
    in("exponential");
    expectRetry(dropped(60_000), 1, 250);
    assertThat(schedule.racing()).isEqualTo(Strategy.NONE);
  }

  @Test
  void aDropToldTwiceIsAFailedTryTheSecondTime() {
    in("exponential");
    media(0);
    expectRetry(dropped(60_000), 1, 0);
    expectRetry(dropped(60_000), 2, 250);
  }

  @Test
  void onlyTheFirstMediaBeginsAStream() {
    in("exponential");
    media(0);
    media(9000);
    expectRetry(dropped(10_000), 1, 0);
  }

  @Test
  void aTryThatFailsWhileAStreamIsUpLeavesItsRecordAlone() {
    in("exponential");
    media(0);
    expectRetry(failed(9000, OTHER), 1, 250);
    expectRetry(dropped(10_000), 1, 0);
  }

  @Test
  void timeThatGoesBackNeverLengthensThePause() {
    in("immediate");
    failed(10_000, AT_CAPACITY);
    expectRetry(failed(0, OTHER), 2, 5000);
  }

  @Test
  void mediaDatedBeforeTheStreamIsNoMedia() {
    in("exponential");
    media(20_000);
    expectRetry(dropped(20_000, 0), 1, 250);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "exponential", "exponential-jitter"})
  void delaysNeverOverflow(String strategy) {
    in(
        Map.of(
            "retry-strategy", strategy,
            "initial-retry-delay", "1h",
            "linear-retry-step", "1h",
            "reconnection-timeout", "24h",
            "max-reconnection-attempts", "-1"));
    long cap = Duration.ofHours(24).toNanos();
    for (int i = 0; i < 20_000; i++) {
      assertThat(retry(failed(i, OTHER)).delayNanos()).isPositive().isLessThanOrEqualTo(cap);
    }
  }

  @Test
  void theBackoffOfTheLastStepIsStillTheCap() {
    Backoff backoff =
        new Backoff(RetryOptions.of(Map.of("linear-retry-step", "1h")), new Random(1));
    assertThat(backoff.delay(RetryStrategy.LINEAR, Integer.MAX_VALUE)).isEqualTo(30_000 * MS);
    assertThat(backoff.delay(RetryStrategy.EXPONENTIAL, Integer.MAX_VALUE)).isEqualTo(30_000 * MS);
  }

  @ParameterizedTest
  @ValueSource(longs = {-5000, -15_000, -25_000, -40_000})
  void timeWrapsAround(long msBeforeTheEnd) {
    t0 = Long.MAX_VALUE + msBeforeTheEnd * MS;
    in("exponential");
    media(0);
    expectRetry(dropped(9_999), 1, 250);
    expectRetry(failed(10_300, REFUSED_AT_ONCE), 2, 250);
    expectRetry(failed(10_600, AT_CAPACITY), 3, 5000);
    media(16_000);
    expectRetry(dropped(26_000), 1, 0);
    expectRetry(failed(35_999, REFUSED_AT_ONCE), 2, 250);
    expectRetry(failed(36_000, REFUSED_AT_ONCE), 3, 250);
    expectRetry(failed(36_500, REFUSED_AT_ONCE), 4, 500);
  }
}
