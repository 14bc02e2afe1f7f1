package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures of media in words. */
final class MediaText {
  private static final String BETWEEN = "  ";

  private MediaText() {}

  /**
   * {@code video H264 25.0 fps 1.24 Mbit/s 120 packets lost 0 jitter 1.2 ms}, for each media.
   *
   * @param report its rates may be missing
   */
  static String each(MediaReport report) {
    return report.media().stream().map(MediaText::one).collect(Collectors.joining("; "));
  }

  private static String one(MediaRate rate) {
    MediaStatistics media = rate.statistics();
    List<String> words = new ArrayList<>();
    words.add(
        SafeText.value(media.stream().media()) + " " + SafeText.value(media.stream().codec()));
    if (media.stream().encrypted()) {
      words.add("SRTP");
    }
    words.addAll(rates(rate.framesPerSecond(), rate.bitsPerSecond()));
    words.add(media.packets() + " packets lost " + media.lost());
    words.add("jitter " + Times.text(media.jitter().toNanos()));
    return String.join(" ", words);
  }

  /** {@code 25.0 fps 1.24 Mbit/s 0 lost 2 reconnects} of all media together. */
  static String total(MediaReport report) {
    List<String> words = new ArrayList<>(rates(report.framesPerSecond(), report.bitsPerSecond()));
    words.add(report.statistics().lost() + " lost");
    words.add(reconnects(report.statistics()));
    return String.join(BETWEEN, words);
  }

  /** {@code 3600 packets, 2.1 MB, 1.24 Mbit/s, 25.0 fps, 0 lost, 2 reconnects}. */
  static String summary(MediaReport mean) {
    StreamStatistics statistics = mean.statistics();
    List<String> words = new ArrayList<>();
    words.add(statistics.packets() + " packets");
    words.add(bytes(statistics.bytes()));
    words.addAll(rates(mean.framesPerSecond(), mean.bitsPerSecond()));
    words.add(statistics.lost() + " lost");
    words.add(reconnects(statistics));
    return String.join(", ", words);
  }

  private static String reconnects(StreamStatistics statistics) {
    return statistics.reconnects() + (statistics.reconnects() == 1 ? " reconnect" : " reconnects");
  }

  /** What was measured of the two. */
  private static List<String> rates(@Nullable Double frames, @Nullable Double bits) {
    List<String> words = new ArrayList<>();
    if (frames != null) {
      words.add(String.format(Locale.ROOT, "%.1f fps", frames));
    }
    if (bits != null) {
      words.add(bitRate(bits));
    }
    return words;
  }

  /** {@code 640 bit/s}, {@code 64.0 kbit/s} or {@code 1.24 Mbit/s}. */
  static String bitRate(double bits) {
    if (bits < 999.5) {
      return String.format(Locale.ROOT, "%.0f bit/s", bits);
    }
    return bits < 999_950
        ? String.format(Locale.ROOT, "%.1f kbit/s", bits / 1e3)
        : String.format(Locale.ROOT, "%.2f Mbit/s", bits / 1e6);
  }

  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
