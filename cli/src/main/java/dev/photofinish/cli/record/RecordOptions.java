package dev.photofinish.cli.record;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.media.RecordingContainer;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The files of a recording.
 *
 * @param duration null for until an interrupt
 * @param container null for that of the file's name, else MP4
 * @param pattern null for the default, which has the camera's name in it
 */
record RecordOptions(
    @Nullable Duration duration,
    Duration segment,
    Retention keep,
    @Nullable RecordingContainer container,
    @Nullable String pattern) {
  private static final String CONTAINER = "mp4, ts, or auto";

  static final OptionTable<Builder, RecordOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "duration",
              "endless",
              "how long to record, such as 30s, from the first dial",
              Lifetime.TYPE,
              (b, v) -> b.duration = v),
          Option.of(
              "segment",
              "10min",
              "a new file begins at the first key frame after so long",
              OptionType.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
              (b, v) -> b.segment = v),
          Option.of(
              "keep",
              "all",
              "the oldest files are removed beyond: " + Retention.EXPECTED,
              OptionType.text(Retention.EXPECTED, Retention::parse),
              (b, v) -> b.keep = v),
          Option.of(
              "container",
              "auto",
              CONTAINER + ": as the file's name ends, else mp4",
              OptionType.orWord(OptionType.words(RecordingContainer.class), "auto")
                  .expecting(CONTAINER),
              (b, v) -> b.container = v),
          Option.of(
              "pattern",
              "recordings/CAMERA/%Y-%m-%d/%H-%M-%S",
              "folder and name of the files by wall-clock time; the folders before the first with a"
                  + " % are the recording's own",
              OptionType.text(),
              (b, v) -> b.pattern = v));

  /** Collects the options. */
  static final class Builder {
    private @Nullable Duration duration;
    private Duration segment = Duration.ofMinutes(10);
    private Retention keep = Retention.ALL;
    private @Nullable RecordingContainer container;
    private @Nullable String pattern;

    RecordOptions build() {
      return new RecordOptions(duration, segment, keep, container, pattern);
    }
  }
}
