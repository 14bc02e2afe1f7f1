package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.Knob;
import dev.photofinish.option.Option;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.ReplayOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "watch",
        "relay",
        "fleet",
        "user",
        "publish",
        "race",
        "simulate",
        "camera",
        "gst-plugin",
        "gst-source"
      })
  void everyCommandsHelpHasAnExample(String command) {
    Cli.Result result = Cli.run(command, "--help");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("Example: photofinish " + command);
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "watch",
        "relay",
        "fleet",
        "user",
        "publish",
        "race",
        "simulate",
        "storm",
        "camera",
        "gst-plugin",
        "gst-source",
        "completion",
        "help"
      })
  void everyHelpFitsEightyColumns(String command) {
    Cli.Result result = Cli.run((command + " --help").strip().split(" "));

    assertThat(result.exit()).isZero();
    assertThat(result.lines()).isNotEmpty().allMatch(line -> line.length() <= 80);
  }

  @Test
  void watchShowsTheOptionsThatMostPeopleNeedFirst() {
    List<String> help = Cli.run("watch", "--help").lines();
    List<String> flags =
        help.stream().map(String::strip).filter(line -> line.startsWith("--")).toList();
    int first = help.indexOf("Most used:");

    assertThat(help.subList(first, help.size()))
        .contains("Racing:", "Retrying:", "Staying connected:", "Recordings:");
    assertThat(
            help.subList(first, help.indexOf("Route:")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("--"))
                .toList())
        .hasSize(10);
    assertThat(flags).as("no option stands twice").doesNotHaveDuplicates();
  }

  @Test
  void theProgramsHelpNamesTheCommands() {
    assertThat(Cli.run("--help").out())
        .contains("watch", "race", "simulate", "camera", "gst-plugin")
        .as("which nobody calls")
        .doesNotContain("gst-source");
  }

  @Test
  void watchHasAFlagForEveryOptionOfTheContract() {
    Stream<String> names =
        Stream.of(
                RaceOptions.OPTIONS,
                RetryOptions.OPTIONS,
                ClientOptions.OPTIONS,
                ReplayOptions.OPTIONS)
            .flatMap(table -> table.options().stream().map(Option::name));

    String help = Cli.run("watch", "--help").out();

    assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(help).contains("--" + name));
  }

  @Test
  void cameraHasAFlagForEveryKnob() {
    String help = Cli.run("camera", "--help").out();

    assertThat(Knob.all())
        .isNotEmpty()
        .allSatisfy(knob -> assertThat(help).contains("--" + knob.name()));
  }

  @Test
  void helpOfACommandIsTheSameEitherWay() {
    Cli.Result result = Cli.run("help", "watch");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo(Cli.run("watch", "--help").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionKnowsCommandsAndOptions(String shell) {
    Cli.Result result = Cli.run("completion", shell);

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("complete -F", "watch", "--racing-delay-ms");
  }

  @Test
  void completionForAnotherShellIsWrongUse() {
    assertThat(Cli.run("completion", "fish").exit()).isEqualTo(2);
  }
}
