package dev.photofinish.cli;

import dev.photofinish.host.SharedHistory;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where what races learn is kept between runs.
 *
 * @param file null for nowhere
 */
record HistoryOptions(@Nullable Path file) {
  private static final String HISTORY_FILE = "history-file";

  static final List<Option<Builder>> OPTIONS =
      List.of(
          new Option<>(
              HISTORY_FILE,
              "",
              "file that keeps what races learn of addresses, for 10 minutes, for every camera",
              (b, v) -> b.file = path(v)));

  static final class Builder {
    private @Nullable Path file;

    HistoryOptions build() {
      return new HistoryOptions(file);
    }
  }

  private static Path path(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw (InvalidOptionException)
          new InvalidOptionException(HISTORY_FILE, text, "the name of a file").initCause(e);
    }
    throw new InvalidOptionException(HISTORY_FILE, text, "the name of a file");
  }

  /** The one that all cameras of this run share. */
  static SharedHistory open(OptionSources sources, Config config, Map<String, String> environment) {
    config
        .cameras()
        .forEach(
            (camera, entries) -> {
              if (entries.containsKey(HISTORY_FILE)) {
                throw new UsageException(
                    config.place(camera)
                        + HISTORY_FILE
                        + " is for every camera; expected it at the top of the file");
              }
            });
    Settings settings = sources.settings(config, null, environment);
    Path file = settings.build(new Builder(), OPTIONS, Builder::build).file();
    return file == null ? new SharedHistory() : SharedHistory.in(file);
  }
}
