package dev.photofinish.cli;

import dev.photofinish.connect.Route;
import dev.photofinish.option.Option;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.client.ClientOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the options of a command that dials come from: its flags, a file, the environment. */
final class OptionSources {
  private static final List<List<? extends Option<?>>> TABLES =
      List.of(
          RaceOptions.OPTIONS,
          RetryOptions.OPTIONS,
          ClientOptions.OPTIONS,
          AuthOptions.OPTIONS,
          Route.OPTIONS,
          HistoryOptions.OPTIONS,
          WatchOptions.OPTIONS,
          RaceRun.OPTIONS,
          StormRun.OPTIONS,
          DialLimiterOptions.OPTIONS);

  @picocli.CommandLine.Option(
      names = "--config",
      paramLabel = "FILE",
      description = "TOML or YAML, one section a camera; a flag goes before it")
  private @Nullable Path file;

  private final Flags flags = new Flags();

  Flags flags() {
    return flags;
  }

  /** The file given, or an empty one. */
  Config config() {
    if (file == null) {
      return Config.NONE;
    }
    Config config = Config.read(file, names());
    DialLimiterOptions.OPTIONS.forEach(option -> refuseInSections(config, option.name()));
    return config;
  }

  /** What all cameras share cannot differ between them. */
  private static void refuseInSections(Config config, String name) {
    config
        .cameras()
        .forEach(
            (camera, entries) -> {
              if (entries.containsKey(name)) {
                throw new UsageException(
                    config.place(camera)
                        + name
                        + " is for every camera; expected it at the top of the file");
              }
            });
  }

  Settings settings(Config config, @Nullable String camera, Map<String, String> environment) {
    return new Settings(flags.given(), config, camera, environment);
  }

  /** What a file may hold: an entry for another command is no mistake. */
  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    Stream<Option<?>> options = TABLES.stream().flatMap(List::stream);
    options.forEach(option -> names.add(option.name()));
    return names;
  }
}
