package dev.photofinish.cli.config;

import dev.photofinish.host.SharedHistory;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The place that keeps what races learn between runs.
 *
 * @param file null to keep nothing
 */
public record HistoryOptions(@Nullable Path file) {
  public static final OptionTable<Builder, HistoryOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "history-file",
              "",
              "file that keeps what races learn of addresses, for 10 minutes, for every camera",
              FileName.TYPE,
              (b, v) -> b.file = v));

  /** Collects the options. */
  public static final class Builder {
    private @Nullable Path file;

    HistoryOptions build() {
      return new HistoryOptions(file);
    }
  }

  /** Opens the history that all cameras of this run share. */
  public static SharedHistory open(Settings settings) {
    Path file = settings.build(OPTIONS).file();
    return file == null ? new SharedHistory() : SharedHistory.in(file);
  }
}
