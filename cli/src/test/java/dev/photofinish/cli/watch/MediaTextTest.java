package dev.photofinish.cli.watch;

import static dev.photofinish.cli.watch.Figures.media;
import static dev.photofinish.cli.watch.Figures.statistics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.MediaStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of media in words. */
final class MediaTextTest {

  @Test
  void eachMediaHasItsRates() {
    assertThat(MediaText.each(Figures.report()))
        .isEqualTo(
            "video H264 25.0 fps 1.20 Mbit/s 120 packets lost 0 jitter 1.2 ms; "
                + "audio PCMU 64.0 kbit/s 50 packets lost 0 jitter 1.2 ms");
  }

  @Test
  void totalsAndSummaryHaveThoseOfAllMedia() {
    assertThat(MediaText.total(Figures.report()))
        .isEqualTo("25.0 fps  1.26 Mbit/s  0 lost  2 reconnects");
    assertThat(MediaText.summary(Figures.report()))
        .isEqualTo("170 packets, 104 kB, 25.0 fps, 1.26 Mbit/s, 0 lost, 2 reconnects");
  }

  @Test
  void aRateThatWasNotMeasuredIsLeftOut() {
    MediaStatistics video = media(Figures.VIDEO, 1, 900);
    MediaReport report =
        new MediaReport(
            statistics(Duration.ZERO, video), List.of(new MediaRate(video, null, null)));

    assertThat(MediaText.each(report)).isEqualTo("video H264 1 packets lost 0 jitter 1.2 ms");
    assertThat(MediaText.summary(report)).isEqualTo("1 packets, 900 B, 0 lost, 2 reconnects");
  }

  @Test
  void mediaThatIsEncryptedIsCalledSo() {
    MediaStatistics video =
        media(new MediaStream(0, "video", "H264", 96, 90_000, 0, "", true), 1, 900);
    MediaReport report =
        new MediaReport(
            statistics(Duration.ZERO, video), List.of(new MediaRate(video, null, null)));

    assertThat(MediaText.each(report)).startsWith("video H264 SRTP 1 packets");
  }

  @Test
  void theNameOfACodecIsEscapedAndCut() {
    String evil = "\u001b[2J\u0007\u009b\u202e" + "x".repeat(1 << 20);
    MediaStatistics video = media(new MediaStream(0, evil, evil, 96, 90_000, 0, "", false), 1, 1);
    MediaReport report =
        new MediaReport(
            statistics(Duration.ZERO, video), List.of(new MediaRate(video, null, null)));

    assertThat(MediaText.each(report))
        .hasSizeLessThan(1000)
        .matches(text -> text.chars().allMatch(c -> c >= ' ' && c <= '~'));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bit/s",
    "999, 999 bit/s",
    "1000, 1.0 kbit/s",
    "64000, 64.0 kbit/s",
    "999949, 999.9 kbit/s",
    "999950, 1.00 Mbit/s",
    "12345678, 12.35 Mbit/s"
  })
  void bitRatesHaveThreeDigitsOrSo(double bits, String text) {
    assertThat(MediaText.bitRate(bits)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "1000, 1 kB", "999999, 1000 kB", "1000000, 1.0 MB"})
  void bytesLikewise(long bytes, String text) {
    assertThat(MediaText.bytes(bytes)).isEqualTo(text);
  }
}
