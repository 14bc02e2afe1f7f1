package dev.photofinish.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ch.qos.logback.classic.Level;
import dev.photofinish.race.Cause;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.history.HistoryEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The history on disk, and files that are not as they should be. */
class HistoryFileTest {
  private static final long MS = Duration.ofMillis(1).toNanos();
  private static final long WRITTEN = 1_790_000_000_000L;
  private static final String HEAD = "photofinish-history 1\nnetwork lan\n";
  private static final String LINE =
      "192.0.2.1:554 - 2000000 500000 1900000,2100000 1789999999990 1789999999990 - -\n";

  private static final HistoryEntry GOOD =
      new HistoryEntry(
          address("192.0.2.1"),
          null,
          List.of(1_900_000L, 2_100_000L),
          2_000_000,
          500_000,
          10 * MS,
          10 * MS,
          null,
          HistoryEntry.NEVER);

  private static final HistoryEntry BAD =
      new HistoryEntry(
          address("2001:db8::1"),
          Addresses.parse("2001:db8::9"),
          List.of(),
          0,
          0,
          HistoryEntry.NEVER,
          HistoryEntry.NEVER,
          Cause.REFUSED,
          0);

  @TempDir private Path folder;
  private final LogLines log = new LogLines(HistoryFile.class);

  @AfterEach
  void stopListening() {
    log.close();
  }

  private static InetSocketAddress address(String numeric) {
    return new InetSocketAddress(Addresses.parse(numeric), 554);
  }

  private Path path() {
    return folder.resolve("history");
  }

  private HistoryFile file(long millis) {
    return new HistoryFile(path(), InstantSource.fixed(Instant.ofEpochMilli(millis)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> String.valueOf(each.getFileName())).sorted().toList();
    }
  }

  @Test
  void isALineForEachAddress() throws IOException {
    file(WRITTEN).write("lan", List.of(GOOD, BAD));

    assertThat(Files.readString(path()))
        .isEqualTo(
            HEAD
                + LINE
                + "[2001:db8::1]:554 2001:db8::9 0 0 - - - refused 1790000000000\n"
                + "end\n");
    assertThat(files()).containsExactly("history");
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    file(WRITTEN).write("lan", List.of(GOOD));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void givesWhatItGotAndTheTimeSinceThen() {
    file(WRITTEN).write("lan", List.of(GOOD, BAD));

    assertThat(file(WRITTEN).read("lan")).containsExactly(GOOD, BAD);
    assertThat(file(WRITTEN + 1000).read("lan"))
        .extracting(HistoryEntry::timedAgo, HistoryEntry::goodAgo, HistoryEntry::failedAgo)
        .containsExactly(
            tuple(1010 * MS, 1010 * MS, HistoryEntry.NEVER),
            tuple(HistoryEntry.NEVER, HistoryEntry.NEVER, 1000 * MS));
  }

  @Test
  void holdsForItsNetworkAlone() {
    file(WRITTEN).write("lan", List.of(GOOD));

    assertThat(file(WRITTEN).read("lte")).isEmpty();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNoMistake() throws IOException {
    assertThat(file(WRITTEN).read("lan")).isEmpty();
    assertThat(warnings()).isEmpty();
    assertThat(files()).isEmpty();
  }

  /** Somebody set the clock back: how old it is, nobody knows. */
  @Test
  void whatWasLearntInTheFutureIsLeftOut() {
    file(WRITTEN).write("lan", List.of(GOOD, BAD));

    assertThat(file(WRITTEN - 1).read("lan")).containsExactly(shifted(GOOD));
  }

  private static HistoryEntry shifted(HistoryEntry by) {
    return new HistoryEntry(
        by.remote(),
        by.local(),
        by.times(),
        by.smoothed(),
        by.deviation(),
        by.timedAgo() - MS,
        by.goodAgo() - MS,
        by.failure(),
        by.failedAgo());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photofinish-history \nnetwork lan\nend\n",
        "photofinish-history two\nnetwork lan\nend\n",
        "photofinish-history 1\n",
        "photofinish-hist",
        "photofinish-history 1\nend\n",
        HEAD,
        HEAD + LINE,
        HEAD + LINE + "end\n" + LINE,
        HEAD + "192.0.2.1:554 - 1\nend\n",
        HEAD + "camera:554 - 1 1 1 1 1 - -\nend\n",
        HEAD + "192.0.2.1 - 1 1 1 1 1 - -\nend\n",
        HEAD + "192.0.2.1:65536 - 1 1 1 1 1 - -\nend\n",
        HEAD + "192.0.2.1:554 here 1 1 1 1 1 - -\nend\n",
        HEAD + "192.0.2.1:554 - x 1 1 1 1 - -\nend\n",
        HEAD + "192.0.2.1:554 - 1 1000000000 1 1 1 - -\nend\n",
        HEAD + "192.0.2.1:554 - 1 1 1,,1 1 1 - -\nend\n",
        HEAD + "192.0.2.1:554 - 1 1 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1 1 1 - -\nend\n",
        HEAD + "192.0.2.1:554 - 1 1 1 - 1 - -\nend\n",
        HEAD + "192.0.2.1:554 - 1 1 1 1 9999999999999999999 - -\nend\n",
        HEAD + "192.0.2.1:554 - 1 1 1 1 1 bored 1\nend\n",
        HEAD + "192.0.2.1:554 - 1 1 1 1 1 - 1\nend\n",
        "\0\u00ff\n\n\n",
      })
  void whatIsDamagedIsSetAside(String content) throws IOException {
    Files.writeString(path(), content);

    HistoryFile file = file(WRITTEN);
    assertThat(file.read("lan")).isEmpty();

    assertThat(files()).containsExactly("history.damaged");
    assertThat(folder.resolve("history.damaged")).hasContent(content);
    assertThat(warnings()).hasSize(1).first().asString().contains("is damaged and set aside as");
    file.write("lan", List.of(GOOD));
    assertThat(file.read("lan")).containsExactly(GOOD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | line 1: expected photofinish-history 1",
        "photofinish-history 1 | line 2: expected network and its name",
        "photofinish-history 1;network lan;5 5 | line 3: expected end as the last one",
        "photofinish-history 1;network lan;5 5;end | line 3: 2 fields; expected 9",
        "photofinish-history 1;network lan;192.0.2.1:x - 1 1 1 1 1 - -;end | line 3: 'x' is not",
      })
  void theDamageIsNamed(String content, String damage) throws IOException {
    Files.writeString(path(), content.replace(';', '\n'));
    file(WRITTEN).read("lan");

    assertThat(warnings()).hasSize(1).first().asString().contains(damage);
    assertThat(warnings().get(0)).doesNotContain("\n");
  }

  @Test
  void aLineWithoutEndIsNotLookedThrough() throws IOException {
    Files.writeString(path(), HEAD + ":".repeat(HistoryFile.MOST_BYTES - 100) + " \nend\n");
    file(WRITTEN).read("lan");

    assertThat(warnings()).hasSize(1).first().asString().contains("letters; expected at most 1024");
  }

  @Test
  void whatTheFileSaysCannotBreakTheLog() throws IOException {
    Files.writeString(path(), HEAD + "192.0.2.1:554 - 1\033[2J 1 1 1 1 - -\nend\n");
    file(WRITTEN).read("lan");

    assertThat(warnings()).hasSize(1).first().asString().contains("'1?[2J' is not valid");
  }

  /** A file of 10 GB, of which nothing is on the disk, must not fill the memory. */
  @Test
  void whatIsTooLargeIsNotReadWhole() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(path().toFile(), "rw")) {
      large.setLength(10L << 30);
    }

    assertThat(file(WRITTEN).read("lan")).isEmpty();
    assertThat(files()).containsExactly("history.damaged");
    assertThat(warnings()).hasSize(1).first().asString().contains("expected at most 8388608 bytes");
  }

  @Test
  void tenThousandAddressesAreNotTooMany() {
    List<HistoryEntry> all = IntStream.range(0, 10_000).mapToObj(HistoryFileTest::longest).toList();
    file(WRITTEN).write("lan", all);

    assertThat(file(WRITTEN).read("lan")).isEqualTo(all);
  }

  private static HistoryEntry longest(int number) {
    String text = "2001:db8:1111:2222:3333:4444:5555:" + Integer.toHexString(number);
    return new HistoryEntry(
        new InetSocketAddress(Addresses.parse(text), 65_535),
        Addresses.parse(text),
        Collections.nCopies(20, 999_999_999L),
        999_999_999,
        999_999_999,
        0,
        0,
        Cause.UNREACHABLE,
        0);
  }

  @Test
  void aDirectoryThatIsMissingIsToldOnce() {
    HistoryFile file = new HistoryFile(folder.resolve("no/history"), InstantSource.system());
    for (int i = 0; i < 3; i++) {
      assertThat(file.read("lan")).isEmpty();
      file.write("lan", List.of(GOOD));
    }

    assertThat(warnings()).hasSize(1).first().asString().contains("cannot be written");
  }

  /** Reading a pipe would wait for a writer, and a directory is no file. */
  @Test
  void whatIsNoFileIsLeftAlone() throws IOException {
    Files.createDirectory(path());
    Files.createFile(path().resolve("inside"));
    HistoryFile file = file(WRITTEN);

    assertThat(file.read("lan")).isEmpty();
    file.write("lan", List.of(GOOD));

    assertThat(files()).containsExactly("history");
    assertThat(warnings()).hasSize(1).first().asString().contains("not a regular file");
  }

  /** A program that knows it may be using the file. */
  @Test
  void aNewerVersionIsLeftAlone() throws IOException {
    assertIsLeftAlone("photofinish-history 2\nnetwork lan\nend\n", "its format is version 2");
  }

  /** What was set aside before is not lost to what is damaged now. */
  @Test
  void aDamagedFileIsLeftAloneWhereOneIsSetAsideAlready() throws IOException {
    Files.writeString(folder.resolve("history.damaged"), "the first");
    assertIsLeftAlone(HEAD + LINE, "there is a " + folder.resolve("history.damaged") + " already");

    assertThat(folder.resolve("history.damaged")).hasContent("the first");
  }

  private void assertIsLeftAlone(String content, String reason) throws IOException {
    Files.writeString(path(), content);
    HistoryFile file = file(WRITTEN);
    assertThat(file.read("lan")).isEmpty();
    file.write("lan", List.of(GOOD));

    assertThat(path()).hasContent(content);
    assertThat(warnings())
        .hasSize(1)
        .first()
        .asString()
        .contains(path().toString(), "cannot be read", reason, "name another file");
  }

  /** As when the local network has changed: nobody has read the file before. */
  @Test
  void whatCannotBeReadIsNotReplacedUnreadEither() throws IOException {
    Files.writeString(path(), "photofinish-history 2\n");
    file(WRITTEN).write("lan", List.of(GOOD));

    assertThat(path()).hasContent("photofinish-history 2\n");
    assertThat(warnings()).hasSize(1);
  }

  /** A half-written file that was put there between our read and our write. */
  @Test
  void whatWasDamagedSinceItWasReadIsSetAside() throws IOException {
    HistoryFile file = file(WRITTEN);
    file.write("lan", List.of(GOOD));
    assertThat(file.read("lan")).containsExactly(GOOD);
    Files.writeString(path(), HEAD + LINE);
    file.write("lan", List.of(BAD));

    assertThat(folder.resolve("history.damaged")).hasContent(HEAD + LINE);
    assertThat(file.read("lan")).containsExactly(BAD);
    assertThat(warnings()).hasSize(1);
  }

  /** For all but root, who may read everything. */
  @Test
  void whatMayNotBeReadIsLeftAlone() throws IOException {
    file(WRITTEN).write("lan", List.of(BAD));
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(path()), "root may read every file");
    HistoryFile file = file(WRITTEN);
    assertThat(file.read("lan")).isEmpty();
    file.write("lan", List.of(GOOD));

    assertThat(warnings()).hasSize(1).first().asString().contains("permission denied");
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-------"));
    assertThat(file(WRITTEN).read("lan")).containsExactly(BAD);
  }

  @Test
  void anEmptyFileHasNothingToLose() throws IOException {
    Files.createFile(path());
    HistoryFile file = file(WRITTEN);
    assertThat(file.read("lan")).isEmpty();
    file.write("lan", List.of(GOOD));

    assertThat(file.read("lan")).containsExactly(GOOD);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aLinkToNothingIsLeftAlone() throws IOException {
    Files.createSymbolicLink(path(), folder.resolve("nowhere"));
    HistoryFile file = file(WRITTEN);
    assertThat(file.read("lan")).isEmpty();
    file.write("lan", List.of(GOOD));

    assertThat(path()).isSymbolicLink();
    assertThat(files()).containsExactly("history");
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void aLinkStaysOne() throws IOException {
    Path target = Files.createFile(folder.resolve("target"));
    Files.createSymbolicLink(path(), target);
    file(WRITTEN).write("lan", List.of(GOOD));

    assertThat(path()).isSymbolicLink();
    assertThat(Files.readString(target)).startsWith(HEAD);
  }

  /** Each reader finds one whole file or another, while four write. */
  @Test
  void severalWritersDoNotMixTheirLines() {
    List<List<HistoryEntry>> contents =
        List.of(List.of(GOOD), List.of(BAD), List.of(GOOD, BAD), List.of(BAD, GOOD));
    file(WRITTEN).write("lan", contents.get(0));
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (List<HistoryEntry> content : contents) {
      HistoryFile own = file(WRITTEN);
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  own.write("lan", content);
                }
              }));
    }
    for (int i = 0; i < 200; i++) {
      assertThat(contents).contains(file(WRITTEN).read("lan"));
    }
    over.set(true);
    writers.forEach(CompletableFuture::join);
    assertThat(warnings()).isEmpty();
  }

  private List<String> warnings() {
    return log.at(Level.WARN);
  }
}
