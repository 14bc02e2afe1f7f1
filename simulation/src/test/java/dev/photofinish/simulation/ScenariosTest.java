package dev.photofinish.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every race of the scenario files comes out as its file says. */
class ScenariosTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void comesOutAsExpected(String name, Map<?, ?> map) {
    Scenario scenario = ScenarioReader.read(map);

    assertThat(scenario.expect()).as("expect of %s", name).isNotNull();
    assertThat(scenario.differences(Replay.run(scenario))).isEmpty();
  }

  static Stream<Arguments> scenarios() throws IOException {
    return Stream.concat(scenarios("/scenarios/races.json"), scenarios("/scenarios/history.json"));
  }

  private static Stream<Arguments> scenarios(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(ScenariosTest.class.getResourceAsStream(name), name)) {
      List<?> all = new ObjectMapper().readValue(file, List.class);
      return all.stream().map(Map.class::cast).map(map -> Arguments.of(map.get("name"), map));
    }
  }
}
