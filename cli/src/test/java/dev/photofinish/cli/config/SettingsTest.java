package dev.photofinish.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.Cli;
import dev.photofinish.race.RaceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A flag before the file's section before the file's top before the environment. */
final class SettingsTest {
  private static final String NAME = "racing-delay-ms";

  @ParameterizedTest
  @CsvSource({"100,200,300,400,100", ",200,300,400,200", ",,300,400,300", ",,,400,400", ",,,,250"})
  void precedence(String flag, String section, String top, String variable, long expected) {
    Map<String, Map<String, String>> cameras = Map.of("front", values(NAME, section));
    Config config = new Config("cameras.toml", values(NAME, top), cameras, ConfigLines.NONE);
    Settings settings =
        new Settings(
            values(NAME, flag), config, "front", values("PHOTOFINISH_RACING_DELAY_MS", variable));

    RaceOptions options = settings.build(RaceOptions.OPTIONS);

    assertThat(options.racingDelay()).isEqualTo(Duration.ofMillis(expected));
  }

  private static Map<String, String> values(String name, String value) {
    Map<String, String> values = new HashMap<>();
    if (value != null) {
      values.put(name, value);
    }
    return values;
  }

  @Test
  void tomlAndYamlSayTheSame(@TempDir Path folder) throws Exception {
    Path toml = folder.resolve("cameras.toml");
    Files.writeString(
        toml,
        """
        connection-racing = "hybrid"
        [front]
        url = ["rtsp://a/1", "rtsp://b/1"]
        renewal = false
        racing-delay-ms = 300
        """);
    Path yaml = folder.resolve("cameras.yaml");
    Files.writeString(
        yaml,
        """
        connection-racing: hybrid
        front:
          url: [rtsp://a/1, rtsp://b/1]
          renewal: false
          racing-delay-ms: 300
        """);
    Set<String> known = Set.of("connection-racing", "renewal", NAME);

    Config first = Config.read(toml, known);
    Config second = Config.read(yaml, known);

    assertThat(first.cameras()).isEqualTo(second.cameras());
    assertThat(first.common())
        .isEqualTo(second.common())
        .containsEntry("connection-racing", "hybrid");
    assertThat(first.cameras().get("front"))
        .containsEntry("url", "rtsp://a/1 rtsp://b/1")
        .containsEntry("renewal", "false")
        .containsEntry(NAME, "300");
    assertThat(first.camera("front")).isEqualTo("front");
    assertThat(first.camera("rtsp://elsewhere/")).isNull();
  }

  @Test
  void aSwitchWithoutValueDoesNotTakeTheNextWord() {
    assertThat(Cli.run("race", "--allow-short-delay", "--racing-delay-ms=20", "127.0.0.1:1").err())
        .doesNotContain("TARGET");
    assertThat(Cli.run("race", "--redial", "off", "--repeat", "x", "a:1").err())
        .contains("--repeat");
    assertThat(Cli.run("race", "--redial", "nonsense").err()).contains("nonsense");
  }

  @Test
  void aFileMayHoldTheLimiterAtItsTop(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("cameras.toml");
    Files.writeString(file, "max-dials = 0\n");

    Cli.Result result = Cli.run("watch", "--config", file.toString(), "rtsp://127.0.0.1/");

    // Read by its option, which names the place of the value.
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(file + " line 1: max-dials").doesNotContain("unknown");
  }

  @Test
  void theLimiterOfOneCameraIsWrongUse(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("cameras.toml");
    Files.writeString(file, "[front]\nurl = \"rtsp://127.0.0.1/\"\nmax-dials = 5\n");

    Cli.Result result = Cli.run("watch", "--config", file.toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("[front]: max-dials is for every camera");
  }

  /** What a camera cannot have of its own would be ignored in its section. */
  @ParameterizedTest
  @CsvSource({
    "relay, duration = \"1m\"",
    "relay, listen = \"127.0.0.1:0\"",
    "fleet, zone = \"north\"",
    "fleet, site-max-dials = 3",
    "fleet, duration = \"1m\""
  })
  void whatHoldsForTheWholeProcessIsWrongUseInASection(
      String command, String entry, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("cameras.toml");
    Files.writeString(file, "[front]\nurl = \"rtsp://127.0.0.1/\"\n" + entry + "\n");

    Cli.Result result = Cli.run(command, "--config", file.toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            file + " line 3 [front]: " + entry.split(" ", 2)[0] + " is for every camera; expected");
  }
}
