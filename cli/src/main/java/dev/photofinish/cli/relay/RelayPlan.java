package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.OptionSources;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a relay is asked to do, checked: by the command line, the environment and the
 * configuration file.
 *
 * @param cameras by name, in order
 * @param fixed the texts of options that hold until the relay ends
 */
record RelayPlan(
    RelayOptions options, Map<String, ServedCamera> cameras, Map<String, String> fixed) {
  /** The options that a camera may have of its own. */
  private static final Set<String> OF_A_CAMERA =
      OptionSources.names(
          Stream.concat(
              Stream.of(new OptionSection("Relaying", RelayedCameraOptions.OPTIONS)),
              Cameras.OF_ONE.stream()));

  private static final Set<String> OF_THE_RELAY =
      OptionSources.names(
          Stream.concat(
              Stream.of(new OptionSection("Serving", RelayOptions.OPTIONS)),
              Cameras.FOR_ALL.stream()));

  /**
   * @param words addresses and sections; empty for every section
   * @param settings the values that hold for a section of a file, or for none of them
   */
  static RelayPlan of(
      Config config, List<String> words, BiFunction<Config, @Nullable String, Settings> settings) {
    Settings common = settings.apply(config, null);
    RelayOptions options = common.build(RelayOptions.OPTIONS);
    List<String> chosen = words.isEmpty() ? List.copyOf(config.cameras().keySet()) : words;
    if (options.name() != null && chosen.size() > 1) {
      throw new UsageException("--name is for a single camera; expected one URL");
    }
    Map<String, ServedCamera> cameras = new LinkedHashMap<>();
    for (String word : chosen) {
      String section = config.camera(word);
      String name = options.name();
      if (name == null) {
        name = section == null ? "camera" + (cameras.size() + 1) : section;
      }
      if (options.publish().contains(name)) {
        throw new UsageException(
            "name: '" + name + "' is not valid; expected one that is not published to");
      }
      cameras.put(name, camera(name, config.url(word), settings.apply(config, section)));
    }
    return new RelayPlan(options, cameras, common.texts(OF_THE_RELAY));
  }

  /** The same with this camera alone. */
  RelayPlan with(ServedCamera camera) {
    return new RelayPlan(options, Map.of(camera.name(), camera), fixed);
  }

  static ServedCamera camera(String name, String url, Settings settings) {
    try {
      Relay.checkName(name);
    } catch (InvalidOptionException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    Map<String, String> texts = settings.texts(OF_A_CAMERA);
    texts.put("url", url);
    return new ServedCamera(
        name, Cameras.of(url, settings), settings.build(RelayedCameraOptions.OPTIONS), texts);
  }
}
