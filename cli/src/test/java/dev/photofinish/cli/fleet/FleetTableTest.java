package dev.photofinish.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.command.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the tables of {@code fleet status}. */
class FleetTableTest {
  private static List<String> table(boolean up, String nodes, String cameras) throws Exception {
    return FleetTable.of(
        Json.read(
            "{\"node\":\"a:1\",\"up\":%s,\"nodes\":[%s],\"cameras\":[%s]}"
                .formatted(up, nodes, cameras)));
  }

  private static String node(String name, boolean draining, String unreachable) {
    return "{\"node\":\"%s\",\"draining\":%s,\"unreachableSince\":%s,\"cameras\":1}"
        .formatted(name, draining, unreachable);
  }

  @Test
  void aNodeThatIsNotReachedIsShownWithItsCameras() throws Exception {
    String door =
        "{\"name\":\"door\",\"node\":\"b:1\",\"since\":1000,\"state\":\"PLAYING\",\"readers\":0"
            + ",\"unreachableSince\":%s,\"unheld\":null}";
    String nodes = node("a:1", false, "null") + "," + node("b:1", true, "3000");
    assertThat(table(true, nodes, door.formatted(3_000)))
        .satisfies(
            lines -> {
              assertThat(lines.get(1)).isEqualTo("a:1         1        0.0");
              assertThat(lines.get(2))
                  .endsWith("  draining, unreachable since 1970-01-01T00:00:03Z");
              assertThat(lines.get(5)).contains("  node unreachable, was PLAYING  ");
            });
    assertThat(table(true, nodes, door.formatted("null"))).anyMatch(l -> l.contains("Z  PLAYING"));
  }

  /** It knows no other, and what it says of cameras is old. */
  @Test
  void aNodeThatIsInNoFleetSaysSo() throws Exception {
    assertThat(table(false, node("a:1", false, "null"), "").get(1)).endsWith("  not in the fleet");
  }

  @Test
  void whyNobodyHoldsACameraIsSaidBelow() throws Exception {
    String door = "{\"name\":\"door\",\"since\":null,\"unheld\":\"no node takes cameras now\"}";
    List<String> lines = table(true, node("a:1", true, "null"), door);
    assertThat(lines).endsWith("door is held by nobody: no node takes cameras now");
  }
}
