package dev.photofinish.cli.watch;

import static dev.photofinish.cli.watch.Figures.AUDIO;
import static dev.photofinish.cli.watch.Figures.VIDEO;
import static dev.photofinish.cli.watch.Figures.media;
import static dev.photofinish.cli.watch.Figures.statistics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.Outage;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bit rates and frame rates, at given times. */
final class RateMeterTest {
  private static final long MS = 1_000_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RateMeter meter = new RateMeter();

  /** So many frames of two packets each, 40 ms apart; returns the time of the last. */
  private long frames(long from, int count) {
    long at = from;
    for (int frame = 0; frame < count; frame++) {
      at = from + frame * 40L * MS;
      meter.packet(VIDEO, 3600L * (from / MS + frame), at);
      meter.packet(VIDEO, 3600L * (from / MS + frame), at);
    }
    return at;
  }

  @Test
  void aFrameIsAsManyPacketsAsHaveItsTimestamp() {
    frames(500 * MS, 25);

    MediaReport report = meter.look(statistics(SECOND, media(VIDEO, 50, 125_000)), 1500 * MS);

    assertThat(report.framesPerSecond()).isEqualTo(25.0);
    assertThat(report.bitsPerSecond()).isEqualTo(1_000_000.0);
  }

  @Test
  void theNextRateIsOfTheTimeSinceTheLook() {
    frames(0, 25);
    meter.look(statistics(SECOND, media(VIDEO, 50, 100_000)), 1000 * MS);
    frames(1000 * MS, 10);

    MediaReport report = meter.look(statistics(SECOND, media(VIDEO, 70, 150_000)), 2000 * MS);

    assertThat(report.framesPerSecond()).isEqualTo(10.0);
    assertThat(report.bitsPerSecond()).isEqualTo(400_000.0);
  }

  @Test
  void anotherStreamInItsPlaceCountsFromZero() {
    frames(0, 25);
    meter.look(statistics(SECOND, media(VIDEO, 50, 100_000)), 1000 * MS);
    frames(1000 * MS, 10);

    MediaReport report = meter.look(statistics(SECOND, media(VIDEO, 20, 25_000)), 2000 * MS);

    assertThat(report.bitsPerSecond()).isEqualTo(200_000.0);
  }

  @Test
  void silenceHasARateOfZero() {
    frames(0, 25);
    StreamStatistics same = statistics(SECOND, media(VIDEO, 50, 100_000));
    meter.look(same, 1000 * MS);

    MediaReport report = meter.look(same, 2000 * MS);

    assertThat(report.framesPerSecond()).isZero();
    assertThat(report.bitsPerSecond()).isZero();
  }

  @Test
  void soundHasNoFrameRate() {
    meter.packet(AUDIO, 0, 0);

    MediaReport report = meter.look(statistics(SECOND, media(AUDIO, 1, 8_000)), 1000 * MS);

    assertThat(report.framesPerSecond()).isNull();
    assertThat(report.bitsPerSecond()).isEqualTo(64_000.0);
  }

  @Test
  void tooShortATimeHasNoRate() {
    frames(0, 2);

    MediaReport report = meter.look(statistics(SECOND, media(VIDEO, 4, 4_000)), 100 * MS);

    assertThat(report.framesPerSecond()).isNull();
    assertThat(report.bitsPerSecond()).isNull();
    assertThat(new RateMeter().look(statistics(SECOND), 100 * MS).bitsPerSecond()).isNull();
  }

  @Test
  void theMeanLeavesOutagesOut() {
    frames(0, 26); // a second
    long last = frames(11_000 * MS, 26);
    assertThat(last).isEqualTo(12_000 * MS);
    Outage outage = new Outage(SECOND, Duration.ofSeconds(11));

    MediaReport mean = meter.mean(statistics(SECOND, List.of(outage), media(VIDEO, 104, 250_000)));

    assertThat(mean.bitsPerSecond()).isEqualTo(1_000_000.0);
    assertThat(mean.framesPerSecond()).isEqualTo(25.5);
  }

  @Test
  void theMeanOfNothingIsNotThere() {
    assertThat(meter.mean(statistics(SECOND)).bitsPerSecond()).isNull();
  }

  @Test
  void moreMediaThanADescriptionMayHaveAreNotCounted() {
    MediaStream far = new MediaStream(64, "video", "H264", 96, 90_000, 0, "", false);
    meter.packet(far, 1, 0);

    MediaReport report = meter.look(statistics(SECOND, media(far, 1, 1_000)), 1000 * MS);

    assertThat(report.framesPerSecond()).isZero();
    assertThat(report.bitsPerSecond()).isEqualTo(8_000.0);
  }
}
