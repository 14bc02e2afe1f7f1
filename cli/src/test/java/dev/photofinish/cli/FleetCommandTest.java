package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.SimulatedCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code fleet} command: a node alone, and what it can be asked. */
class FleetCommandTest {
  @TempDir private Path folder;

  @Test
  void aNodeHoldsTheCamerasOfItsFileAndSaysSo() throws Exception {
    Cli cli = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Path file =
          Files.writeString(
              folder.resolve("cameras.toml"),
              "[door]\nurl = \"" + camera.url() + "\"\nsite = \"north\"\n");
      CompletableFuture<Cli.Result> result =
          CompletableFuture.supplyAsync(
              () ->
                  cli.execute(
                      "fleet",
                      "--json",
                      "--listen=127.0.0.1:0",
                      "--rtsp=127.0.0.1:0",
                      "--web=127.0.0.1:0",
                      "--config=" + file));
      cli.await(text -> text.contains("\"event\":\"node\"") && text.contains("\n"));
      var node = Cli.parse(cli.out().lines().findFirst().orElseThrow());
      assertThat(node.keySet())
          .isEqualTo(Objects.requireNonNull(JsonLinesTest.documented().get("node")).keySet());
      camera.await(r -> !r.events(Kind.PLAYING).isEmpty(), Duration.ofSeconds(60));

      String web = "--web=" + String.valueOf(node.get("web")).replaceAll("http://|/$", "");
      assertThat(awaitPlaying(web))
          .containsPattern("door +north +" + node.get("node") + " +.*PLAYING");
      Map<String, Object> status = Cli.run("fleet", "status", "--json", web).json().get(0);
      assertThat(status).containsEntry("node", node.get("node"));
      assertThat(keys(status)).isEqualTo(keys(documentedStatus()));
      assertThat(Cli.run("fleet", "move", "door", String.valueOf(node.get("node")), web).exit())
          .isZero();
      Cli.Result refused = Cli.run("fleet", "move", "yard", "127.0.0.1:1", web);
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("There is no such camera.");

      cli.stop().request();
      assertThat(result.get(60, TimeUnit.SECONDS).exit()).isZero();
      camera.awaitConnections(0, Duration.ofSeconds(60));
    }
  }

  /** A blank behind a comma was part of the name, so that nobody held the camera. */
  @Test
  void zonesMayHaveBlanksBetweenThemButNotWithin() throws Exception {
    Path file = folder.resolve("cameras.toml");
    String camera = "[door]\nurl = \"rtsp://127.0.0.1:1/\"\nzones = \"%s\"\n";
    String[] node = {
      "fleet",
      "--listen=127.0.0.1:0",
      "--rtsp=127.0.0.1:0",
      "--web=127.0.0.1:0",
      "--zone=b",
      "--duration=1s",
      "--config=" + file
    };
    Files.writeString(file, camera.formatted("a, b"));
    assertThat(Cli.run(node).err()).doesNotContain("zone");
    Files.writeString(file, camera.formatted("a b"));
    Cli.Result refused = Cli.run(node);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("zones: 'a b' is not valid");
    assertThat(Cli.run("fleet", "--listen=127.0.0.1:0", "--zone=a,b").err())
        .contains("zone: 'a,b' is not valid");
  }

  private static Map<String, Object> documentedStatus() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "cli.md")).stream()
        .filter(line -> line.startsWith("{\"node\""))
        .map(Cli::parse)
        .findFirst()
        .orElseThrow();
  }

  /** Of the status, of a node and of a camera in it. */
  private static List<Object> keys(Map<String, Object> status) {
    return Stream.of(status, first(status, "nodes"), first(status, "cameras"))
        .<Object>map(Map::keySet)
        .toList();
  }

  private static Map<?, ?> first(Map<String, Object> status, String list) {
    return (Map<?, ?>) ((List<?>) Objects.requireNonNull(status.get(list))).get(0);
  }

  /** The table, once the camera plays in it. */
  private static String awaitPlaying(String web) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    String table = Cli.run("fleet", "status", web).out();
    while (!table.contains("PLAYING")) {
      assertThat(end - System.nanoTime()).as("time left, with %s", table).isPositive();
      table = Cli.run("fleet", "status", web).out();
    }
    return table;
  }

  @Test
  void someOfTheFilesOfTlsAreNotTakenForNone() {
    assertThat(wrongUse("--certificate=node.pem")).contains("each needs the other; expected both");
    assertThat(wrongUse("--authority=ca.pem", "--certificate=self-signed", "--web-tls=on"))
        .contains("--authority: it is for certificates of nodes; expected --certificate and --key");
    assertThat(wrongUse("--certificate=node.pem", "--key=node.key"))
        .contains("nothing is served with it; expected --authority for nodes, or --rtsps");
    assertThat(wrongUse("--rtsps=127.0.0.1:0")).contains("--rtsps needs a certificate");
  }

  private static String wrongUse(String... more) {
    List<String> words = new ArrayList<>(List.of("fleet", "--listen=127.0.0.1:0"));
    words.addAll(List.of(more));
    Cli.Result result = Cli.run(words.toArray(new String[0]));
    assertThat(result.exit()).isEqualTo(2);
    return result.err();
  }

  @Test
  void aNameThatCannotBeServedIsWrongUse() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("cameras.toml"), "[-door]\nurl = \"rtsp://192.0.2.1/a\"\n");
    Cli.Result result = Cli.run("fleet", "--listen=127.0.0.1:0", "--config=" + file);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("-door", "1 to 64 letters, digits and -_.");
  }

  @Test
  void whereNoNodeAnswersItSaysSo() {
    Cli.Result result = Cli.run("fleet", "status", "--web=127.0.0.1:1");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("no node answers at http://127.0.0.1:1; start one")
        .doesNotContain("Exception");
  }

  @Test
  void simulatesLostNodesAndDraws(@TempDir Path folder) throws Exception {
    Path picture = folder.resolve("loss.svg");
    String[] small = {"--simulated-nodes=40", "--simulated-lost=2", "--simulated-cameras=2000"};
    Cli.Result table =
        Cli.run("fleet", "simulate", small[0], small[1], small[2], "--svg=" + picture);
    assertThat(table.exit()).as(table.err()).isZero();
    assertThat(table.lines()).hasSize(7);
    assertThat(table.out()).contains("| 40 | 2 | 2000 |");
    assertThat(Files.readString(picture)).contains("2000 cameras on 40 nodes");
    Cli.Result json = Cli.run("fleet", "simulate", small[0], small[1], small[2], "--json");
    assertThat(json.json("loss")).hasSize(5);
    assertThat(Cli.run("fleet", "simulate", "--simulated-lost=100").err())
        .contains("simulated-lost", "fewer than half");
  }

  /** The page's table and picture are made by the command that it names. */
  @Test
  void theDocumentationShowsWhatIsSimulated(@TempDir Path folder) throws Exception {
    Path docs = Path.of("..", "docs");
    Path picture = folder.resolve("loss.svg");
    List<String> lines = Cli.run("fleet", "simulate", "--svg=" + picture).lines();
    assertThat(Files.readAllLines(docs.resolve("fleet.md"))).containsSequence(lines);
    assertThat(Files.readString(picture)).isEqualTo(Files.readString(docs.resolve("fleet.svg")));
  }
}
