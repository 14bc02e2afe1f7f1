package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of a scenario with a value of a wrong kind is wrong use that names the field. */
final class SimulateInputTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> SCENARIOS =
      List.of(
          """
          {"name": "network",
           "options": {"connection-racing": "first-wins", "racing-delay-ms": 250},
           "candidates": ["2001:db8::1", "192.0.2.1"],
           "network": {"2001:db8::1": [{"fail": 5, "cause": "refused"}],
                       "192.0.2.1": [{"connect": 10, "ready": 20, "closed": 400}]},
           "history": {"192.0.2.1": {"smoothed": 20, "deviation": 5, "percentile95": 30}},
           "cancel-at": 5000,
           "expect": {"result": "won", "decidedAt": 25}}
          """,
          """
          {"name": "device",
           "resolution": [{"at": 1, "family": "ipv4", "addresses": ["192.0.2.1"]}],
           "device": {"limit": 1, "policy": "drop-oldest", "connect": 10, "answer": 20}}
          """);

  private static final List<String> WRONG =
      List.of(
          "null",
          "true",
          "-1",
          "1.5",
          "1e30",
          "\"\"",
          "\"text\"",
          "\"\\u001b[2J\"",
          "[]",
          "[null]",
          "[[1]]",
          "{}",
          "{\"a\":{\"b\":null}}");

  static Stream<Arguments> changes() throws IOException {
    List<Arguments> changes = new ArrayList<>();
    for (String scenario : SCENARIOS) {
      JsonNode root = MAPPER.readTree(scenario);
      List<JsonPointer> places = new ArrayList<>();
      collect(JsonPointer.empty(), root, places);
      for (JsonPointer place : places) {
        for (String wrong : WRONG) {
          JsonNode copy = root.deepCopy();
          replace(copy, place, MAPPER.readTree(wrong));
          changes.add(Arguments.of(place.toString(), wrong, copy.toString()));
        }
      }
    }
    return changes.stream();
  }

  private static void collect(JsonPointer at, JsonNode node, List<JsonPointer> places) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      places.add(at.appendProperty(field.getKey()));
      collect(at.appendProperty(field.getKey()), field.getValue(), places);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      places.add(at.appendIndex(i));
      collect(at.appendIndex(i), node.get(i), places);
    }
  }

  private static void replace(JsonNode root, JsonPointer place, JsonNode value) {
    JsonNode parent = root.at(place.head());
    if (parent instanceof ObjectNode object) {
      object.set(place.last().getMatchingProperty(), value);
    } else {
      ((ArrayNode) parent).set(place.last().getMatchingIndex(), value);
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isOneLineThatNamesTheField(String place, String wrong, String scenario) {
    Cli.Result result = new Cli().input(scenario).execute("simulate", "-");

    String field = place.split("/", -1)[1];
    if (result.exit() == 2) {
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .hasLineCount(1)
          .startsWith("photofinish simulate: standard input")
          .matches("[ -~]+\n")
          .matches(line -> line.contains(fieldOf(field, scenario)), "names " + field);
    } else {
      assertThat(result.exit() == 0 || field.equals("expect") || scenario.contains("expect"))
          .as("%s: %s", result.exit(), result.err())
          .isTrue();
      assertThat(result.lines()).hasSize(1);
    }
  }

  /** An option is named by itself. */
  private static String fieldOf(String field, String scenario) {
    return field.equals("options") && scenario.contains("\"options\":{") ? "racing" : field;
  }
}
