package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The {@code relay} command while its files are written. */
@Timeout(120)
class RelayReloadTest {
  private static final String SPARE = "[spare]\nurl = \"rtsp://127.0.0.1:9/x\"\non-demand = true\n";

  @TempDir private Path folder;
  private final Cli cli = new Cli();
  private CompletableFuture<Cli.Result> result = new CompletableFuture<>();

  private Path config(String text) throws Exception {
    Path file = folder.resolve("cameras.toml");
    Path written = Files.writeString(folder.resolve("written"), text);
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  private void relay(String... more) throws Exception {
    String[] words = new String[more.length + 5];
    List.of("relay", "--json", "--web=off", "--listen=127.0.0.1:0", "--config").toArray(words);
    System.arraycopy(more, 0, words, 5, more.length);
    result = CompletableFuture.supplyAsync(() -> cli.execute(words));
    cli.await(text -> text.contains("\"event\":\"listening\""));
  }

  private Cli.Result end() throws Exception {
    cli.stop().request();
    return result.get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    cli.stop().request();
  }

  @Test
  void camerasComeGoAndChangeAsTheFileSays() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      String door = "[door]\nurl = \"" + camera.url() + "\"\n";
      relay(config(door + SPARE).toString());
      cli.await(text -> text.contains("\"to\":\"PLAYING\""));
      config(door + "transport = \"tcp\"\n" + SPARE.replace("spare", "yard"));
      cli.await(text -> text.contains("\"name\":\"door\",\"change\":\"changed\""));
      cli.await(text -> text.split("\"to\":\"PLAYING\"", -1).length == 3);
      cli.await(text -> text.contains("\"name\":\"yard\",\"change\":\"added\""));
    }
    List<Map<String, Object>> lines = end().json("config");
    assertThat(lines)
        .extracting(line -> line.get("name") + " " + line.get("change") + " " + line.get("what"))
        .containsExactlyInAnyOrder(
            "door changed transport the default to tcp", "spare removed ", "yard added ");
    assertThat(lines.get(0).keySet())
        .isEqualTo(Objects.requireNonNull(JsonLinesTest.documented().get("config")).keySet());
  }

  @Test
  void aWrongFileChangesNothingAndIsSaidWithItsLine() throws Exception {
    relay(config(SPARE).toString(), "--publish=door");
    config("\n");
    cli.awaitErr(text -> text.contains("cameras.toml: is empty; expected a section for each"));
    config(SPARE.replace("spare", "door"));
    cli.awaitErr(text -> text.contains("name: 'door' is not valid; expected one that is not publ"));
    config(SPARE + "grace = \"soon\"\n[yard]\nurl = \"rtsp://127.0.0.1:9/y\"\n");
    cli.awaitErr(
        text ->
            text.contains(
                "cameras.toml line 4 [spare]: grace: 'soon' is not valid; expected 0 or"));
    config(SPARE + "[\"ya rd\"]\nurl = \"rtsp://127.0.0.1:9/y\"\n");
    cli.awaitErr(text -> text.contains("name: 'ya rd' is not valid"));
    config("max-dials = 7\n" + SPARE.replace("spare", "yard"));
    cli.await(text -> text.contains("\"name\":\"yard\",\"change\":\"added\""));
    Cli.Result ended = end();
    assertThat(ended.json("config")).hasSize(2);
    assertThat(ended.err()).contains("nothing was changed");
    assertThat(ended.err())
        .contains("not changed before the relay is started again: max-dials the default to 7");
  }

  @Test
  void usersComeAndGo() throws Exception {
    String anna = new Cli().input("secret\n").execute("user", "anna").out();
    Path users = Files.writeString(folder.resolve("users.txt"), anna);
    relay(config(SPARE).toString(), "--users=" + users);
    Files.writeString(users, new Cli().input("hidden\n").execute("user", "bert").out());
    cli.awaitErr(text -> text.contains("users.txt: user anna removed, user bert added"));
    Files.writeString(users, anna + "bert\n");
    cli.awaitErr(text -> text.contains("users.txt: line 2: expected NAME:MD5:SHA256"));
    assertThat(end().exit()).isZero();
  }

  @Test
  void sessionsOfAUserWhoIsRemovedEndAndThoseOfOthersGoOn() throws Exception {
    String bert = new Cli().input("hidden\n").execute("user", "bert").out();
    String anna = new Cli().input("secret\n").execute("user", "anna").out();
    Path users = Files.writeString(folder.resolve("users.txt"), anna + bert);
    Cli reader = new Cli();
    Cli other = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      String door = "[door]\nurl = \"" + camera.url() + "\"\n";
      relay(config(door).toString(), "--users=" + users);
      String at = listening();
      var reading = watch(reader, at.replace("rtsp://", "rtsp://anna:secret@"));
      var going = watch(other, at.replace("rtsp://", "rtsp://bert:hidden@"));
      Files.writeString(users, bert);
      cli.await(text -> text.contains("the right to view it was revoked"));
      config(door + "view = \"bert\"\n");
      cli.await(text -> text.contains("\"change\":\"changed\""));
      config(door + "view = \"anna\"\n");
      cli.await(text -> text.split("the right to view it was revoked", -1).length == 3);
      reader.stop().request();
      other.stop().request();
      reading.get(30, TimeUnit.SECONDS);
      going.get(30, TimeUnit.SECONDS);
    }
    assertThat(end().json("reader"))
        .filteredOn(line -> "left".equals(line.get("reader")))
        .extracting(line -> line.get("reason"))
        .startsWith("the right to view it was revoked", "the right to view it was revoked");
  }

  private String listening() {
    Matcher url = Pattern.compile("\"rtsp\":\"([^\"]*)\"").matcher(cli.out());
    assertThat(url.find()).isTrue();
    return url.group(1) + "door";
  }

  private static CompletableFuture<Cli.Result> watch(Cli by, String url) throws Exception {
    var watching = CompletableFuture.supplyAsync(() -> by.execute("watch", "--json", url));
    by.await(text -> text.contains("\"to\":\"PLAYING\""));
    return watching;
  }
}
