package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulateCommandTest {
  private static final String SLOW_IPV6 =
      """
      {"name": "slow IPv6, good IPv4",
       "options": {"connection-racing": "first-wins", "racing-delay-ms": 250},
       "candidates": ["2001:db8::1", "192.0.2.1"],
       "network": {"2001:db8::1": [{"never": true}], "192.0.2.1": [{"ready": 20}]},
       "expect": {"result": "won", "winner": {"attempt": 2, "address": "192.0.2.1"},
                  "decidedAt": 270}}
      """;

  @Test
  void printsTheReportWithTheFieldsOfExpect() {
    Cli.Result result = new Cli().input(SLOW_IPV6).execute("simulate", "-");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    Map<String, Object> line = result.json().get(0);
    assertThat(line)
        .containsEntry("name", "slow IPv6, good IPv4")
        .containsEntry("result", "won")
        .containsEntry("decidedAt", 270)
        .containsEntry("asExpected", true)
        .containsEntry("winner", Map.of("attempt", 2, "address", "192.0.2.1"));
    assertThat((List<?>) line.get("attempts"))
        .hasSize(2)
        .allSatisfy(
            attempt ->
                assertThat(((Map<?, ?>) attempt).keySet().stream().map(String::valueOf))
                    .contains(
                        "attempt",
                        "address",
                        "start",
                        "connected",
                        "ready",
                        "end",
                        "outcome",
                        "cause"));
  }

  @Test
  void endsWithOneAndSaysWhatDiffers(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("list.json");
    Files.writeString(
        file,
        "[" + SLOW_IPV6 + "," + SLOW_IPV6.replace("\"decidedAt\": 270", "\"decidedAt\": 9") + "]");

    Cli.Result result = Cli.run("simulate", file.toString());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.json().stream().map(line -> line.get("asExpected")))
        .containsExactly(true, false);
    assertThat(result.err()).contains("slow IPv6, good IPv4: decidedAt: expected 9, got 270");
  }

  @Test
  void withoutExpectSaysNothingOfIt() {
    String scenario = SLOW_IPV6.replaceAll("(?s),\\s*\"expect\".*\\}\\}", "}");

    Cli.Result result = new Cli().input(scenario).execute("simulate", "-");

    assertThat(result.exit()).isZero();
    assertThat(result.json().get(0)).doesNotContainKey("asExpected").containsEntry("result", "won");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name": "a"                                          | standard input line 1 column
          [{"name": "a"}]                                       | standard input scenario 1 "a": network
          {"name": 7, "candidates": [], "network": {}}          | standard input: name: '7' is not valid; expected a text
          [3]                                                   | standard input scenario 1: expected an object
          "text"                                                | standard input: expected an object
          {"name": "a"} trailing                                | standard input line 1 column
          {"name": "a", "name": "b"}                            | Duplicate field
          {"candidates": ["x"], "network": {}}                  | candidates[0]
          {"candidates": [], "network": {}, "options": {"renewal": 7}} | renewal: '7' is not valid
          """)
  void anIllFormedFileIsWrongUse(String content, String expected) {
    Cli.Result result = new Cli().input(content).execute("simulate", "-");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(expected).hasLineCount(1);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void nothingIsRunUnlessEveryFileIsGood(@TempDir Path folder) throws Exception {
    Path good = folder.resolve("good.json");
    Files.writeString(good, SLOW_IPV6);

    Cli.Result result = Cli.run("simulate", good.toString(), folder.resolve("bad.json").toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anAddressOfAnInterfaceThatIsNotThereIsWrongUse() {
    Cli.Result result =
        new Cli()
            .input(
                "{\"candidates\":[\"192.0.2.1\"],"
                    + "\"network\":{\"fe80::1%nowhere\":[{\"ready\":9}]}}")
            .execute("simulate", "-");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("standard input", "network[\"fe80::1%nowhere\"]");
  }
}
