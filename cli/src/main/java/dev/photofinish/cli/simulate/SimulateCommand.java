package dev.photofinish.cli.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.CommonFlags;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.Config;
import dev.photofinish.cli.config.TextFile;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.report.ReportMap;
import dev.photofinish.simulation.Replay;
import dev.photofinish.simulation.Scenario;
import dev.photofinish.simulation.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replays scenario files. Every file is read before the first race is run. */
@Command(
    abbreviateSynopsis = true,
    sortOptions = false,
    name = "simulate",
    description =
        "Replays races against described networks on a virtual clock, one JSON line each.",
    footer = {
      "",
      "A file holds one scenario or a list of them. With 'expect' in a scenario its line says"
          + " whether the race came out so; the differences go to standard error.",
      "",
      "Example: photofinish simulate scenarios.json"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final CliContext context;

  @Mixin private final CommonFlags common = new CommonFlags();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "scenarios, - for standard input")
  private final List<String> files = new ArrayList<>();

  public SimulateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    common.apply();
    List<Scenario> scenarios = new ArrayList<>();
    files.forEach(file -> scenarios.addAll(scenarios(file)));
    long surprises = scenarios.stream().filter(scenario -> !replay(scenario)).count();
    return surprises == 0 ? ExitCode.DONE : ExitCode.NOT_DONE;
  }

  /** False when the race did not come out as the scenario expects. */
  private boolean replay(Scenario scenario) {
    RaceReport report = Replay.run(scenario);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", scenario.name());
    line.putAll(ReportMap.of(report));
    List<String> differences = scenario.differences(report);
    if (scenario.expect() != null) {
      line.put("asExpected", differences.isEmpty());
    }
    context.line(Json.line(line));
    differences.forEach(
        text -> context.err().println(SafeText.line(scenario.name() + ": " + text)));
    return differences.isEmpty();
  }

  private List<Scenario> scenarios(String name) {
    String file = name.equals(STANDARD_INPUT) ? "standard input" : name;
    Object content = parse(name, file);
    if (!(content instanceof List<?> list)) {
      return List.of(scenario(file, content));
    }
    List<Scenario> scenarios = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      scenarios.add(scenario(file + " scenario " + (i + 1), list.get(i)));
    }
    return scenarios;
  }

  private static Scenario scenario(String place, Object content) {
    if (!(content instanceof Map<?, ?> map)) {
      throw new UsageException(place + ": expected an object with options, network and so on");
    }
    try {
      return ScenarioReader.read(map);
    } catch (InvalidOptionException e) {
      String scenario =
          map.get("name") instanceof String name ? place + " \"" + name + "\"" : place;
      throw new UsageException(scenario + ": " + e.getMessage(), e);
    }
  }

  /** Made for each file: every command makes this one, and its start would pay for a mapper. */
  private static JsonMapper mapper() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }

  private Object parse(String name, String file) {
    try {
      byte[] bytes =
          name.equals(STANDARD_INPUT)
              ? context.in().readAllBytes()
              : Files.readAllBytes(Path.of(name));
      return mapper().readValue(TextFile.text(bytes), Object.class);
    } catch (JsonProcessingException e) {
      throw new UsageException(
          file + Config.at(e.getLocation()) + ": " + Config.firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UsageException(TextFile.unreadable(file, e), e);
    }
  }
}
