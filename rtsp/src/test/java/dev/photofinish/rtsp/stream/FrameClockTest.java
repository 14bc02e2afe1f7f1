package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.photofinish.rtp.format.FrameTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of frames at a virtual time: what the camera says, and what it gets wrong. */
class FrameClockTest {
  private static final int VIDEO = 0;
  private static final int AUDIO = 1;
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final Offset<Long> ROUNDING = within(20_000L);

  /** When the local clock begins: anything. */
  private static final long NOW = 77 * SECOND;

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final long VIDEO_START = 0xffff_0000L;
  private static final long AUDIO_START = 123_456_789;

  private final FrameClock timeline = new FrameClock();
  private ConnectionClock clock = connection(false);

  private ConnectionClock connection(boolean recording) {
    return new ConnectionClock(timeline, List.of(90_000, 8000), recording);
  }

  /** The RTP timestamp of a media after so many milliseconds of the camera. */
  private static long rtp(int track, long millis) {
    long ticks = track == VIDEO ? VIDEO_START + 90 * millis : AUDIO_START + 8 * millis;
    return ticks & 0xffff_ffffL;
  }

  private static long ntp(Instant time) {
    long seconds = time.getEpochSecond() + 2_208_988_800L;
    return seconds << 32 | (((long) time.getNano() << 32) / SECOND);
  }

  /** A frame that the camera took at {@code millis} and that came {@code late} after. */
  private FrameTime frame(int track, long millis, long late) {
    return clock.time(track, rtp(track, millis), NOW + (millis + late) * MS);
  }

  private long time(int track, long millis) {
    return frame(track, millis, 0).nanos();
  }

  private void report(int track, long millis, Instant at) {
    clock.reported(track, ntp(at), rtp(track, millis));
  }

  private static Instant after(Instant time, long millis) {
    return time.plusMillis(millis);
  }

  // ---- Timestamps

  @Test
  void theFirstFrameIsAtZeroAndTimestampsCountFromThere() {
    assertThat(time(VIDEO, 1000)).isZero();
    assertThat(time(VIDEO, 1040)).isEqualTo(40 * MS);
    assertThat(frame(VIDEO, 1080, 700).nanos()).isEqualTo(80 * MS);
  }

  /** 90 kHz wrap around after 13 hours: three times, and the sum of a long has no part in it. */
  @Test
  void timestampsWrapAround() {
    long hours = 40;
    for (long millis = 0; millis <= hours * 3600_000; millis += 9000) {
      assertThat(time(VIDEO, millis)).isEqualTo(millis * MS);
    }
  }

  /** Pictures come in the order of decoding, also around the wrap. */
  @Test
  void timestampsOfPicturesThatComeEarlyGoBack() {
    for (long millis : new long[] {0, 120, 40, 80, 840, 700, 740, 780}) {
      assertThat(time(VIDEO, millis)).isEqualTo(millis * MS);
    }
  }

  @Test
  void withoutAClockRateArrivalIsTheTime() {
    clock = new ConnectionClock(timeline, List.of(0), false);
    clock.reported(0, ntp(NOON), 5);
    clock.begins(0, 5);
    assertThat(clock.time(0, 5, NOW).nanos()).isZero();
    FrameTime second = clock.time(0, 6, NOW + 70 * MS);
    assertThat(second.nanos()).isEqualTo(70 * MS);
    assertThat(second.isSynchronized()).isFalse();
    assertThat(second.wallClock()).isNull();
  }

  @Test
  void aLiveTimestampThatLeapsIsADiscontinuityAndTimeGoesOn() {
    time(VIDEO, 0);
    FrameTime leapt = clock.time(VIDEO, rtp(VIDEO, 3_600_000), NOW + 40 * MS);
    assertThat(leapt.nanos()).isEqualTo(40 * MS);
    assertThat(leapt.discontinuity()).isTrue();
    assertThat(clock.time(VIDEO, rtp(VIDEO, 3_600_040), NOW + 80 * MS))
        .isEqualTo(new FrameTime(80 * MS, false, null, false));
  }

  @Test
  void aPauseOfTheCameraIsNone() {
    time(VIDEO, 0);
    FrameTime later = frame(VIDEO, 60_000, 0);
    assertThat(later.nanos()).isEqualTo(60_000 * MS);
    assertThat(later.discontinuity()).isFalse();
  }

  // ---- Several media

  @Test
  void beforeTheCameraSaidAnythingArrivalPutsThemTogether() {
    FrameTime video = frame(VIDEO, 0, 300);
    FrameTime audio = frame(AUDIO, 0, 0);
    assertThat(video.nanos()).isZero();
    assertThat(video.isSynchronized()).isFalse();
    assertThat(audio.nanos()).isEqualTo(-300 * MS);
    assertThat(audio.isSynchronized()).isFalse();
    assertThat(audio.wallClock()).isNull();
  }

  @Test
  void rtpInfoPutsThemTogether() {
    clock.begins(VIDEO, rtp(VIDEO, 0));
    clock.begins(AUDIO, rtp(AUDIO, 0));
    assertThat(frame(VIDEO, 200, 300)).isEqualTo(new FrameTime(0, true, null, false));
    assertThat(frame(AUDIO, 180, 20)).isEqualTo(new FrameTime(-20 * MS, true, null, false));
  }

  @ParameterizedTest
  @ValueSource(longs = {20_000, -20_000, 11_000_000})
  void anRtpInfoThatIsFarFromTheMediaIsNotBelieved(long wrongBy) {
    clock.begins(VIDEO, rtp(VIDEO, wrongBy));
    clock.begins(AUDIO, rtp(AUDIO, 0));
    FrameTime video = frame(VIDEO, 0, 0);
    assertThat(video).isEqualTo(new FrameTime(0, false, null, false));
    assertThat(frame(AUDIO, 0, 50).nanos()).isEqualTo(50 * MS);
  }

  /** RTP comes before the answer to PLAY. */
  @Test
  void rtpInfoThatComesLateMovesThemTogether() {
    time(VIDEO, 0);
    frame(AUDIO, 0, 100);
    clock.begins(VIDEO, rtp(VIDEO, 0));
    clock.begins(AUDIO, rtp(AUDIO, 0));
    assertThat(frame(AUDIO, 20, 100).isSynchronized()).isFalse();
    FrameTime settled = frame(AUDIO, 3000, 100);
    assertThat(settled).isEqualTo(new FrameTime(3000 * MS, true, null, false));
  }

  @Test
  void reportsBeforeTheFirstFramesPutThemTogetherAtOnce() {
    report(VIDEO, 0, NOON);
    report(AUDIO, 0, NOON);
    FrameTime video = frame(VIDEO, 40, 500);
    FrameTime audio = frame(AUDIO, 40, 10);
    assertThat(video.nanos()).isZero();
    assertThat(audio.nanos()).isCloseTo(0, ROUNDING);
    assertThat(video.isSynchronized() && audio.isSynchronized()).isTrue();
    assertThat(video.wallClock()).isEqualTo(after(NOON, 40));
    assertThat(Objects.requireNonNull(audio.wallClock()))
        .isCloseTo(after(NOON, 40), within(20_000, java.time.temporal.ChronoUnit.NANOS));
  }

  /** 5 % faster or slower, in order, until it fits; then nothing moves any more. */
  @ParameterizedTest
  @ValueSource(longs = {-400, 400})
  void reportsThatComeLaterMoveThemTogetherSmoothly(long late) {
    time(VIDEO, 0);
    frame(AUDIO, 0, late);
    report(VIDEO, 20, after(NOON, 20));
    report(AUDIO, 20, after(NOON, 20));
    long before = frame(AUDIO, 20, late).nanos();
    for (long millis = 40; millis < 9000; millis += 20) {
      FrameTime audio = frame(AUDIO, millis, late);
      assertThat(audio.nanos() - before).isBetween(19 * MS, 21 * MS);
      assertThat(audio.isSynchronized()).isEqualTo(Math.abs(audio.nanos() - millis * MS) < MS);
      before = audio.nanos();
    }
    assertThat(time(AUDIO, 9000)).isCloseTo(9000 * MS, ROUNDING);
    assertThat(time(VIDEO, 9000)).isEqualTo(9000 * MS);
  }

  /** A camera sends its last group of pictures first: video was 3 s behind when it came. */
  @ParameterizedTest
  @CsvSource({"3000, 3000", "-3000, 0"})
  void whatIsFarApartStepsForward(long late, long videoMoves) {
    time(VIDEO, 0);
    frame(AUDIO, 0, late);
    report(VIDEO, 20, after(NOON, 20));
    report(AUDIO, 20, after(NOON, 20));
    FrameTime audio = frame(AUDIO, 40, late);
    FrameTime video = frame(VIDEO, 40, 0);
    assertThat(audio.nanos()).isCloseTo(video.nanos(), ROUNDING);
    assertThat(audio.isSynchronized() && video.isSynchronized()).isTrue();
    assertThat(video.nanos()).isCloseTo((40 + videoMoves) * MS, ROUNDING);
    assertThat(audio.nanos()).isGreaterThan(late * MS);
  }

  /** A sound chip that is 200 ppm too fast: 0.7 s an hour. */
  @Test
  void driftIsCorrected() {
    report(VIDEO, 0, NOON);
    report(AUDIO, 0, NOON);
    long before = -1;
    for (long millis = 0; millis < 3600_000; millis += 1000) {
      long fast = millis + millis / 5000;
      if (millis % 5000 == 0) {
        report(VIDEO, millis, after(NOON, millis));
        report(AUDIO, fast, after(NOON, millis));
      }
      time(VIDEO, millis);
      FrameTime audio = clock.time(AUDIO, rtp(AUDIO, fast), NOW + millis * MS);
      assertThat(audio.nanos()).isCloseTo(millis * MS, within(6 * MS)).isGreaterThan(before);
      before = audio.nanos();
    }
  }

  /** Cameras read two clocks one after the other, and are interrupted in between. */
  @Test
  void oneLateReportMovesLittle() {
    report(VIDEO, 0, NOON);
    time(VIDEO, 0);
    report(VIDEO, 5000, after(NOON, 5040));
    assertThat(time(VIDEO, 8000)).isCloseTo(8010 * MS, ROUNDING);
  }

  // ---- Wrong reports

  @Test
  void anNtpTimeOfZeroSaysNothing() {
    clock.reported(VIDEO, 0, rtp(VIDEO, 0));
    clock.reported(AUDIO, 0, rtp(AUDIO, 400));
    assertThat(frame(VIDEO, 0, 0)).isEqualTo(new FrameTime(0, false, null, false));
    assertThat(frame(AUDIO, 0, 0)).isEqualTo(new FrameTime(0, false, null, false));
  }

  /** RFC 3550 section 6.4.1: without a wall clock, the time since the start. */
  @Test
  void timesSinceTheStartPutTogetherAndAreNoWallClock() {
    clock.reported(VIDEO, 55L << 32, rtp(VIDEO, 0));
    clock.reported(AUDIO, 55L << 32, rtp(AUDIO, 0));
    assertThat(frame(VIDEO, 0, 300)).isEqualTo(new FrameTime(0, true, null, false));
    assertThat(frame(AUDIO, 0, 0)).isEqualTo(new FrameTime(0, true, null, false));
  }

  /** NTP sets the camera's clock, forward or back: media is reported on one after the other. */
  @ParameterizedTest
  @ValueSource(longs = {-3600, -1, 1, 3600, 200_000_000})
  void aClockThatIsSetMovesTheWallClockAlone(long seconds) {
    report(VIDEO, 0, NOON);
    report(AUDIO, 0, NOON);
    time(VIDEO, 0);
    time(AUDIO, 0);
    Instant set = NOON.plusSeconds(seconds);
    report(VIDEO, 1000, after(set, 1000));
    FrameTime video = frame(VIDEO, 1000, 0);
    FrameTime audio = frame(AUDIO, 1000, 0);
    assertThat(video).isEqualTo(new FrameTime(1000 * MS, true, after(set, 1000), false));
    assertThat(audio.nanos()).isCloseTo(1000 * MS, ROUNDING);
    report(AUDIO, 2000, after(set, 2000));
    audio = frame(AUDIO, 2000, 0);
    assertThat(audio.nanos()).isCloseTo(2000 * MS, ROUNDING);
    assertThat(audio.isSynchronized()).isTrue();
    assertThat(Objects.requireNonNull(audio.wallClock()).getEpochSecond())
        .isEqualTo(after(set, 2000).getEpochSecond());
    // What drifts is corrected as before.
    report(AUDIO, 3000, after(set, 3100));
    assertThat(time(AUDIO, 6000)).isCloseTo(6025 * MS, ROUNDING);
  }

  @Test
  void mediaWhoseReportsAreOfTwoClocksStayWhereTheyCame() {
    report(VIDEO, 0, NOON);
    clock.reported(AUDIO, 55L << 32, rtp(AUDIO, 0));
    assertThat(frame(VIDEO, 0, 0).isSynchronized()).isTrue();
    FrameTime audio = frame(AUDIO, 0, 30);
    assertThat(audio).isEqualTo(new FrameTime(30 * MS, false, null, false));
  }

  /** Another source's, or none's: its timestamp is of no frame. */
  @Test
  void aReportFarFromTheFramesIsNotBelieved() {
    report(VIDEO, 0, NOON);
    time(VIDEO, 0);
    clock.reported(VIDEO, ntp(NOON), 0x4000_4711L);
    assertThat(frame(VIDEO, 40, 0)).isEqualTo(new FrameTime(40 * MS, true, after(NOON, 40), false));
  }

  // ---- From one connection to the next

  private void reconnect() {
    clock = connection(false);
  }

  @Test
  void withoutAWallClockArrivalSaysHowLongItWasAway() {
    time(VIDEO, 0);
    time(AUDIO, 0);
    time(VIDEO, 1000);
    reconnect();
    assertThat(clock.time(VIDEO, 5, NOW + 4000 * MS))
        .isEqualTo(new FrameTime(4000 * MS, false, null, true));
    assertThat(clock.time(AUDIO, 5, NOW + 4020 * MS))
        .isEqualTo(new FrameTime(4020 * MS, false, null, true));
    assertThat(clock.time(VIDEO, 5 + 3600, NOW + 4100 * MS).discontinuity()).isFalse();
  }

  /** The first frames of the new connection come 700 ms after they were taken. */
  @Test
  void withAWallClockOnBothItSaysHowLongItWasAway() {
    report(VIDEO, 0, NOON);
    time(VIDEO, 0);
    time(VIDEO, 1000);
    reconnect();
    clock.reported(VIDEO, ntp(after(NOON, 4000)), 5);
    FrameTime first = clock.time(VIDEO, 5, NOW + 4700 * MS);
    assertThat(first.nanos()).isCloseTo(4000 * MS, ROUNDING);
    assertThat(first.discontinuity()).isTrue();
    assertThat(first.isSynchronized()).isTrue();
  }

  @Test
  void aReportAfterTheFirstFrameMovesItThereSmoothly() {
    report(VIDEO, 0, NOON);
    time(VIDEO, 0);
    reconnect();
    assertThat(clock.time(VIDEO, 0, NOW + 4300 * MS).nanos()).isEqualTo(4300 * MS);
    clock.reported(VIDEO, ntp(after(NOON, 4000)), 0);
    assertThat(clock.time(VIDEO, 3600, NOW + 4340 * MS).nanos())
        .isBetween(4338 * MS - 1, 4338 * MS + 1);
    assertThat(clock.time(VIDEO, 7 * 90_000, NOW + 11_300 * MS).nanos())
        .isCloseTo(11_000 * MS, ROUNDING);
  }

  /** It was restarted, and thinks that it is 1970. */
  @Test
  void aCameraThatComesBackWithAnotherClockGoesOnByArrival() {
    report(VIDEO, 0, NOON);
    time(VIDEO, 0);
    reconnect();
    clock.reported(VIDEO, ntp(Instant.EPOCH), 0);
    assertThat(clock.time(VIDEO, 0, NOW + 4000 * MS))
        .isEqualTo(new FrameTime(4000 * MS, true, Instant.EPOCH, true));
  }

  /** The new connection begins with pictures that the old one had brought. */
  @Test
  void timesDoNotGoBackAndMediaStayTogether() {
    for (int track : new int[] {VIDEO, AUDIO}) {
      report(track, 0, NOON);
      time(track, 0);
      time(track, 3000);
    }
    reconnect();
    report(AUDIO, 0, NOON);
    report(VIDEO, 0, NOON);
    long audio = clock.time(AUDIO, rtp(AUDIO, 3100), NOW + 3200 * MS).nanos();
    assertThat(audio).isCloseTo(3100 * MS, ROUNDING);
    long video = clock.time(VIDEO, rtp(VIDEO, 2000), NOW + 3200 * MS).nanos();
    assertThat(video).isCloseTo(3001 * MS, ROUNDING);
    audio = clock.time(AUDIO, rtp(AUDIO, 3120), NOW + 3220 * MS).nanos();
    assertThat(audio).isCloseTo(4121 * MS, ROUNDING);
  }

  @Test
  void anotherSourceOfOneMediaIsADiscontinuityOfThisAlone() {
    report(VIDEO, 0, NOON);
    report(AUDIO, 0, NOON);
    time(VIDEO, 0);
    time(AUDIO, 0);
    // Its report comes before it, and is of another origin.
    clock.reported(VIDEO, ntp(after(NOON, 900)), 0x4000_0000L);
    clock.restart(VIDEO);
    FrameTime video = clock.time(VIDEO, 0x4000_0000L + 9000, NOW + 1200 * MS);
    assertThat(video.nanos()).isCloseTo(1000 * MS, ROUNDING);
    assertThat(video.discontinuity()).isTrue();
    assertThat(video.isSynchronized()).isTrue();
    assertThat(frame(AUDIO, 1000, 0).discontinuity()).isFalse();
  }

  @Test
  void afterAPauseTimesGoOnByArrivalOrWallClock() {
    report(VIDEO, 0, NOON);
    time(VIDEO, 0);
    clock.restart(false);
    report(VIDEO, 8900, after(NOON, 8900));
    FrameTime resumed = frame(VIDEO, 9000, 400);
    assertThat(resumed.nanos()).isCloseTo(9000 * MS, ROUNDING);
    assertThat(resumed.discontinuity()).isTrue();
  }

  // ---- Recordings

  private FrameTime recorded(int track, long millis, Instant at, long arrival) {
    clock.recorded(track, ntp(at), rtp(track, millis));
    return clock.time(track, rtp(track, millis), NOW + arrival * MS);
  }

  /** As fast as the network carries it. */
  @Test
  void aRecordingHasTheTimesOfItsTimestampsAtAnyPace() {
    clock = connection(true);
    assertThat(recorded(VIDEO, 0, NOON, 0)).isEqualTo(new FrameTime(0, true, NOON, false));
    FrameTime audio = recorded(AUDIO, 100, after(NOON, 20), 1);
    assertThat(audio.nanos()).isCloseTo(20 * MS, ROUNDING);
    assertThat(audio.isSynchronized()).isTrue();
    Instant minute = after(NOON, 60_000);
    assertThat(recorded(VIDEO, 60_000, minute, 2))
        .isEqualTo(new FrameTime(60_000 * MS, true, minute, false));
  }

  @Test
  void aGapOfARecordingIsSeenOnTheWallClock() {
    clock = connection(true);
    recorded(VIDEO, 0, NOON, 0);
    Instant nextDay = NOON.plusSeconds(86_400);
    assertThat(recorded(VIDEO, 40, nextDay, 40))
        .isEqualTo(new FrameTime(40 * MS, true, nextDay, false));
  }

  /** The rest of it follows at once, whatever the time in between; what comes twice comes after. */
  @Test
  void aReconnectGoesOnWhereTheRecordingWas() {
    clock = connection(true);
    recorded(VIDEO, 0, NOON, 0);
    recorded(VIDEO, 1000, after(NOON, 1000), 1000);
    clock = connection(true);
    FrameTime rest = recorded(VIDEO, 1100, after(NOON, 1040), 30_000);
    assertThat(rest.nanos()).isCloseTo(1040 * MS, ROUNDING);
    clock = connection(true);
    FrameTime again = recorded(VIDEO, 0, NOON, 60_000);
    assertThat(again.nanos()).isCloseTo(1041 * MS, ROUNDING);
    assertThat(again.discontinuity()).isTrue();
    assertThat(again.wallClock()).isEqualTo(NOON);
  }

  @Test
  void afterASeekTimesGoOnAndTheWallClockIsThatOfTheRecording() {
    clock = connection(true);
    recorded(VIDEO, 0, NOON, 0);
    recorded(VIDEO, 1000, after(NOON, 1000), 1000);
    clock.restart(true);
    Instant yesterday = NOON.minusSeconds(86_400);
    assertThat(recorded(VIDEO, 500, yesterday, 1500))
        .isEqualTo(new FrameTime(1500 * MS, true, yesterday, true));
  }
}
