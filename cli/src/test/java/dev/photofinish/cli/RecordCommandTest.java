package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.cli.record.Retention;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code record} command against simulated cameras. */
class RecordCommandTest {
  @TempDir private Path folder;

  /** Records until a file has begun, and ends by an interrupt. */
  private static Cli.Result record(String... options) throws Exception {
    Cli cli = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      String[] words = new String[options.length + 3];
      words[0] = "record";
      words[1] = "--json";
      words[2] = camera.url();
      System.arraycopy(options, 0, words, 3, options.length);
      CompletableFuture<Cli.Result> result =
          CompletableFuture.supplyAsync(() -> cli.execute(words));
      cli.await(text -> text.contains("\"event\":\"recording\""));
      cli.stop().request();
      return result.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void oneFileIsWholeAtTheEnd() throws Exception {
    Path file = folder.resolve("door.mp4");
    Cli.Result result = record(file.toString());
    assertThat(result.exit()).isZero();
    assertThat(folder.toFile().list()).containsExactly("door.mp4");
    assertThat(new String(Files.readAllBytes(file), 4, 4, StandardCharsets.US_ASCII))
        .isEqualTo("ftyp");
    List<Map<String, Object>> lines = result.json();
    Map<String, Object> summary = lines.get(lines.size() - 1);
    assertThat(summary)
        .containsEntry("event", "summary")
        .containsEntry("files", 1)
        .containsEntry("gaps", 0)
        .containsEntry("droppedFrames", 0)
        .containsEntry("exit", 0);
    assertThat((Integer) summary.get("frames")).isPositive();
    assertThat(result.json("file"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("file", file.toString())
                    .containsEntry("frames", summary.get("frames"))
                    .containsEntry("bytes", (int) Files.size(file)));
  }

  @Test
  void filesByPatternHaveAPlaylistBesideThem() throws Exception {
    Cli.Result result =
        record("--container=ts", "--pattern=" + folder + "/front door/%Y/cam-%H%M%S");
    assertThat(result.exit()).isZero();
    Path own = folder.resolve("front door");
    assertThat(own.resolve("index.json")).exists();
    assertThat(Files.readString(own.resolve("index.m3u8"))).contains("/cam-").contains(".ts");
    assertThat(result.json("file")).hasSize(1);
  }

  @Test
  void aFileThatIsThereIsNotTouched() throws Exception {
    Path file = folder.resolve("door.mp4");
    Files.writeString(file, "another's");
    Cli.Result result = Cli.run("record", "rtsp://192.0.2.1/", file.toString());
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("door.mp4: is there already; expected a new file");
    assertThat(file).hasContent("another's");
  }

  @ParameterizedTest
  @CsvSource({"auto, door.MP4", "auto, door.mkv", "ts, door.mp4", "mp4, door.ts"})
  void aFileOfAnotherContainerIsRefused(String container, String name) {
    String file = folder.resolve(name).toString();
    Cli.Result result = Cli.run("record", "--container=" + container, "rtsp://192.0.2.1/", file);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(name + "' is not valid; expected a file name ending in .mp4 or .ts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "d", "7x", "0d", "7d,8d", "1GB,2GB", "7d,1GB,1h", "-1d", "7d,"})
  void whatCannotBeKeptIsRefused(String keep) {
    Cli.Result result = Cli.run("record", "--keep=" + keep, "rtsp://192.0.2.1/");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--keep", "an age such as 7d or 12h");
  }

  @ParameterizedTest
  @CsvSource({
    "90s, 90, 0",
    "5m, 300, 0",
    "5min, 300, 0",
    "12h, 43200, 0",
    "7d, 604800, 0",
    "200kB, 0, 200000",
    "5MB, 0, 5000000",
    "'100gb, 2h', 7200, 100000000000",
    "1TB, 0, 1000000000000",
    "all, 0, 0"
  })
  void whatIsKeptHasAnAgeOrASize(String keep, long seconds, long bytes) {
    assertThat(Retention.parse("keep", keep))
        .isEqualTo(new Retention(Duration.ofSeconds(seconds), bytes));
  }

  @Test
  void aPatternThatLeavesItsFolderIsRefused() {
    Cli.Result result = Cli.run("record", "--pattern=x/%Y/../%H", "rtsp://192.0.2.1/");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--pattern: ");
  }

  @Test
  void aMediaThatTheContainerCannotHaveIsSaidOnce() throws Exception {
    Cli.Result result = record("--container=ts", "--pattern=" + folder + "/%s");
    assertThat(result.exit()).isZero();
    assertThat(result.json("left-out"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("media", "audio (PCMU)")
                    .containsEntry(
                        "reason", "PCMU has no standard form in an MPEG transport stream"));
  }

  /** Without waiting for an interrupt. */
  @Test
  void aStreamOfWhichNothingCanBeRecordedIsEnded() {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Cli.Result result =
          Cli.run("record", camera.url(), "--media=audio", folder.resolve("a.ts").toString());
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out())
          .containsOnlyOnce("left out: audio (PCMU): PCMU has no standard form")
          .contains("nothing can be recorded: audio (PCMU): PCMU has no standard form");
      assertThat(folder).isEmptyDirectory();
    }
  }
}
