package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.media.input.MediaReader;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RecordingTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path folder;

  private final TestClock clock = new TestClock();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private RecordingOptions options;

  /** The host's clock at the time of the last frame. */
  private static final class TestClock extends Clock {
    private volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final RecordingListener listener =
      new RecordingListener() {
        @Override
        public void started(Path file) {
          events.add("started " + relative(file));
        }

        @Override
        public void finished(Path file, RecordedFile what) {
          events.add("finished " + relative(file) + " of " + what.frames() + " frames");
        }

        @Override
        public void removed(Path file) {
          events.add("removed " + relative(file));
        }

        @Override
        public void notRemoved(Path file, IOException cause) {
          String why = String.valueOf(cause.getMessage());
          events.add("cannot remove " + relative(file) + why.substring(file.toString().length()));
        }

        @Override
        public void gap(Gap gap) {
          events.add("gap of " + gap.length().toMillis() + " ms: " + gap.cause());
        }

        @Override
        public void tooSlow(long frames) {
          events.add("too slow");
        }

        @Override
        public void failed(IOException cause) {
          events.add("failed: " + cause.getMessage());
        }

        @Override
        public void recovered() {
          events.add("recovered");
        }
      };

  @BeforeEach
  void options() {
    options =
        RecordingOptions.in(folder)
            .withPattern("%Y/%m-%d/%H-%M-%S")
            .withSegment(Duration.ofSeconds(2))
            .withMedias(1)
            .withClock(clock, ZoneOffset.UTC);
  }

  private String relative(Path file) {
    return folder.relativize(file).toString();
  }

  private Recording start() throws IOException {
    return Recording.start(options, listener);
  }

  /** Pictures each 100 ms from one time to another, each tenth a key frame. */
  private void record(Recording recording, int from, int to) {
    for (int millis = from; millis < to; millis += 100) {
      add(recording, Frames.picture(millis, millis % 1000 == 0, 1, 2, 3));
    }
  }

  private void add(Recording recording, Frame frame) {
    clock.now = START.plusNanos(frame.time());
    recording.add(frame);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(this::relative)
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void filesBeginAtKeyFramesAndAreNamedByTheClock() throws Exception {
    Recording recording = start();
    record(recording, 0, 5000);
    recording.close();
    RecordingStatistics statistics = recording.statistics();
    assertThat(files())
        .containsExactly(
            "2026/03-01/10-00-00.mp4",
            "2026/03-01/10-00-02.mp4",
            "2026/03-01/10-00-04.mp4",
            "index.json",
            "index.m3u8");
    assertThat(events)
        .containsExactly(
            "started 2026/03-01/10-00-00.mp4.part",
            "finished 2026/03-01/10-00-00.mp4 of 20 frames",
            "started 2026/03-01/10-00-02.mp4.part",
            "finished 2026/03-01/10-00-02.mp4 of 20 frames",
            "started 2026/03-01/10-00-04.mp4.part",
            "finished 2026/03-01/10-00-04.mp4 of 10 frames");
    assertThat(statistics.frames()).isEqualTo(50);
    assertThat(statistics.files()).isEqualTo(3);
    assertThat(statistics.queuedBytes()).isZero();
    for (String name : files().subList(0, 3)) {
      List<Boxes.Sample> samples = Boxes.samples(Files.readAllBytes(folder.resolve(name)), 1);
      assertThat(samples.get(0).sync()).isTrue();
      assertThat(samples.get(0).time()).isZero();
    }
  }

  /** ISO/IEC 14496-12 sections 8.8.2, 8.8.10 and 8.8.11. */
  @Test
  void aFinishedMp4SaysItsLengthAndItsKeyFrames() throws Exception {
    options = options.withSegment(Duration.ofMinutes(1));
    Recording recording = start();
    record(recording, 0, 3500);
    awaitFrames(recording, 30);
    byte[] growing = Files.readAllBytes(folder.resolve("2026/03-01/10-00-00.mp4.part"));
    recording.close();
    byte[] file = Files.readAllBytes(folder.resolve("2026/03-01/10-00-00.mp4"));
    assertThat(Boxes.paths(growing)).contains("moov/mvex/free").doesNotContain("moov/mvex/mehd");
    assertThat(Boxes.paths(file)).contains("moov/mvex/mehd").doesNotContain("moov/mvex/free");
    assertThat(Boxes.content(file, "mehd")).isEqualTo(bytes("01000000 0000000000000dac")); // 3500
    assertThat(Unpooled.wrappedBuffer(Boxes.content(growing, "mdhd")).getInt(16)).isZero();
    assertThat(Unpooled.wrappedBuffer(Boxes.content(file, "mdhd")).getInt(16)).isEqualTo(315_000);
    ByteBuf keyFrames = Unpooled.wrappedBuffer(Boxes.content(file, "tfra"));
    assertThat(keyFrames.getInt(4)).as("the track").isEqualTo(1);
    assertThat(keyFrames.getInt(12)).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      int at = 16 + 19 * i;
      assertThat(keyFrames.getLong(at)).isEqualTo(90_000L * i);
      int moof = (int) keyFrames.getLong(at + 8);
      assertThat(new String(file, moof + 4, 4, StandardCharsets.US_ASCII)).isEqualTo("moof");
      assertThat(keyFrames.getMedium(at + 16)).isEqualTo(0x010101);
    }
    int size = Unpooled.wrappedBuffer(Boxes.content(file, "mfro")).getInt(4);
    assertThat(new String(file, file.length - size + 4, 4, StandardCharsets.US_ASCII))
        .isEqualTo("mfra");
    assertThat(read("index.json")).contains("\"indexBytes\": " + size + ",");
    int header = indexOf(file, "moof") - 4;
    assertThat(read("index.m3u8"))
        .as("fragments alone")
        .contains("#EXT-X-BYTERANGE:" + (file.length - header - size) + "@" + header);
  }

  private static int indexOf(byte[] file, String type) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(type);
  }

  private static byte[] bytes(String hex) {
    return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
  }

  @Test
  void thePlaylistNamesEachFileWithItsHeaderAndItsTime() throws Exception {
    try (Recording recording = start()) {
      record(recording, 0, 3000);
    }
    List<String> lines = read("index.m3u8").lines().toList();
    assertThat(lines)
        .startsWith(
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            "#EXT-X-TARGETDURATION:2",
            "#EXT-X-MEDIA-SEQUENCE:0",
            "#EXT-X-DISCONTINUITY-SEQUENCE:0",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            "#EXT-X-PROGRAM-DATE-TIME:2026-03-01T10:00:00.000Z")
        .contains("#EXTINF:2.000,", "#EXT-X-DISCONTINUITY", "#EXTINF:1.000,")
        .endsWith("2026/03-01/10-00-02.mp4", "#EXT-X-ENDLIST");
    assertThat(lines)
        .anyMatch(line -> line.startsWith("#EXT-X-MAP:URI=\"2026/03-01/10-00-00.mp4\""));
  }

  @Test
  void aReconnectGoesOnInTheSameFileWithItsGap() throws Exception {
    try (Recording recording = start()) {
      record(recording, 0, 1000);
      Frame again = Frames.picture(1700, true);
      add(recording, again.at(new FrameTime(again.time(), true, null, true)));
      record(recording, 1800, 1900);
    }
    assertThat(events)
        .containsExactly(
            "started 2026/03-01/10-00-00.mp4.part",
            "gap of 700 ms: CAMERA",
            "finished 2026/03-01/10-00-00.mp4 of 12 frames");
    assertThat(read("index.json"))
        .contains(
            "\"gaps\": [{\"begin\": \"2026-03-01T10:00:01Z\", \"seconds\": 0.700, \"cause\":"
                + " \"camera\"}]");
    assertThat(read("index.m3u8"))
        .contains(
            "CLASS=\"dev.photofinish.gap\",START-DATE=\"2026-03-01T10:00:01.000Z\",DURATION=0.700,X-CAUSE=\"camera\"");
    assertThat(
            Boxes.samples(Files.readAllBytes(folder.resolve("2026/03-01/10-00-00.mp4")), 1)
                .get(10)
                .time())
        .isEqualTo(1700 * 90);
  }

  @Test
  void theOldestFilesAreRemovedByAgeAndOthersNever() throws Exception {
    Path others = Files.createDirectories(folder.resolve("2026/03-01")).resolve("09-00-00.mp4");
    Files.writeString(others, "of another");
    options = options.withKeepFor(Duration.ofSeconds(3));
    try (Recording recording = start()) {
      record(recording, 0, 8000);
    }
    assertThat(events)
        .contains("removed 2026/03-01/10-00-00.mp4", "removed 2026/03-01/10-00-02.mp4");
    assertThat(files())
        .containsExactly(
            "2026/03-01/09-00-00.mp4",
            "2026/03-01/10-00-04.mp4",
            "2026/03-01/10-00-06.mp4",
            "index.json",
            "index.m3u8");
    assertThat(read("index.m3u8"))
        .contains("#EXT-X-MEDIA-SEQUENCE:2", "#EXT-X-DISCONTINUITY-SEQUENCE:2");
  }

  @Test
  void theOldestFilesAreRemovedBySizeTheOpenOneIncluded() throws Exception {
    options = options.withPattern("%H-%M-%S/video").withKeepBytes(4000);
    try (Recording recording = start()) {
      record(recording, 0, 8000);
    }
    long bytes = 0;
    List<String> videos = files().stream().filter(name -> name.endsWith(".mp4")).toList();
    for (String name : videos) {
      bytes += Files.size(folder.resolve(name));
    }
    assertThat(bytes).isBetween(1500L, 4000L);
    assertThat(videos).last().isEqualTo("10-00-06/video.mp4");
    assertThat(folder.resolve("10-00-00")).as("an empty folder").doesNotExist();
  }

  private void awaitEvent(String event) {
    await(() -> events.contains(event));
  }

  private static void await(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begun).as("waited").isLessThan(60_000_000_000L);
      Thread.onSpinWait();
    }
  }

  @Test
  void oldFilesAreRemovedWhileTheCameraIsAway() throws Exception {
    options = options.withKeepFor(Duration.ofSeconds(10));
    try (Recording recording = start()) {
      record(recording, 0, 2100);
      awaitEvent("finished 2026/03-01/10-00-00.mp4 of 20 frames");
      clock.now = START.plusSeconds(13);
      awaitEvent("removed 2026/03-01/10-00-00.mp4");
    }
    assertThat(read("index.json")).doesNotContain("10-00-00");
  }

  @Test
  void aFullDiskGetsRoomByWhatIsOld() throws Exception {
    BadDisk disk = new BadDisk();
    options = options.withKeepFor(Duration.ofSeconds(10));
    try (Recording recording = Recording.start(options, listener, disk)) {
      record(recording, 0, 2100);
      awaitFrames(recording, 20);
      disk.full.set(true);
      record(recording, 2100, 14_000);
      awaitEvent("removed 2026/03-01/10-00-00.mp4");
      disk.full.set(false);
    }
  }

  /** A clock that was ahead for a while must not keep all files for so long. */
  @Test
  void aFileFromWhenTheClockWasAheadIsAsOldAsTheNextOne() throws Exception {
    options = options.withKeepFor(Duration.ofSeconds(3));
    try (Recording recording = start()) {
      for (int millis = 0; millis < 8000; millis += 100) {
        clock.now = START.plusMillis(millis).plusSeconds(millis < 2000 ? 86_400 : 0);
        recording.add(Frames.picture(millis, millis % 1000 == 0));
      }
    }
    assertThat(files())
        .containsExactly(
            "2026/03-01/10-00-04.mp4", "2026/03-01/10-00-06.mp4", "index.json", "index.m3u8");
  }

  @Test
  void aFileThatCannotBeRemovedIsSaidOnceAndKeepsNothingFromBeingWritten() throws Exception {
    options = options.withKeepFor(Duration.ofSeconds(3));
    try (Recording recording = start()) {
      record(recording, 0, 2100);
      awaitEvent("finished 2026/03-01/10-00-00.mp4 of 20 frames");
      Path stays = folder.resolve("2026/03-01/10-00-00.mp4");
      Files.delete(stays);
      Files.createDirectories(stays.resolve("of another"));
      record(recording, 2100, 8000);
    }
    assertThat(events)
        .containsOnlyOnce("cannot remove 2026/03-01/10-00-00.mp4: DirectoryNotEmptyException")
        .contains("finished 2026/03-01/10-00-06.mp4 of 20 frames")
        .doesNotContain("removed 2026/03-01/10-00-00.mp4");
  }

  /** The hour that a clock shows twice at the end of summer time. */
  @Test
  void anHourThatComesTwiceHasNamesOfItsOwn() throws Exception {
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    options = options.withPattern("%Y-%m-%d/%H-%M").withClock(clock, ZoneId.of("Europe/Berlin"));
    try (Recording recording = start()) {
      for (int hour = 0; hour < 2; hour++) {
        clock.now = first.plusSeconds(3600L * hour);
        recording.add(Frames.picture(3_600_000L * hour, true));
        awaitEmptyQueue(recording);
      }
    }
    assertThat(files()).contains("2026-10-25/02-30.mp4", "2026-10-25/02b-30.mp4");
  }

  private static void awaitEmptyQueue(Recording recording) {
    await(() -> recording.statistics().queuedBytes() == 0);
  }

  @Test
  void theIndexNamesNoFileThatSomebodyElseRemoved() throws Exception {
    try (Recording recording = start()) {
      record(recording, 0, 6000);
    }
    Files.delete(folder.resolve("2026/03-01/10-00-00.mp4"));
    start().close();
    assertThat(read("index.json"))
        .contains("\"removed\": 1", "10-00-02")
        .doesNotContain("10-00-00");
    assertThat(read("index.m3u8"))
        .contains("#EXT-X-MEDIA-SEQUENCE:1", "10-00-02.mp4")
        .doesNotContain("10-00-00");
  }

  @Test
  void aTakenNameIsNotReplaced() throws Exception {
    Files.writeString(folder.resolve("camera.mp4"), "of another");
    options = options.withPattern("camera");
    try (Recording recording = start()) {
      record(recording, 0, 3000);
    }
    assertThat(files())
        .containsExactly("camera-1.mp4", "camera-2.mp4", "camera.mp4", "index.json", "index.m3u8");
    assertThat(read("camera.mp4")).isEqualTo("of another");
  }

  @Test
  void aRecordingInTheSameFolderGoesOn() throws Exception {
    try (Recording recording = start()) {
      record(recording, 0, 1000);
    }
    try (Recording recording = start()) {
      record(recording, 60_000, 61_000);
    }
    assertThat(read("index.m3u8"))
        .contains("10-00-00.mp4", "10-01-00.mp4")
        .containsOnlyOnce("#EXT-X-ENDLIST");
  }

  /** Of the folder that was there before, a lock keeps nobody out of the new one. */
  @Test
  void theLockComesBackWithAFolderThatWasRemoved() throws Exception {
    options = RecordingOptions.in(folder.resolve("door")).withMedias(1);
    options = options.withSegment(Duration.ofSeconds(2)).withClock(clock, ZoneOffset.UTC);
    try (Recording recording = start()) {
      record(recording, 0, 1100);
      awaitFrames(recording, 10);
      Files.move(folder.resolve("door"), folder.resolve("moved"));
      record(recording, 1100, 5000);
      awaitFrames(recording, 40);
      assertThat(folder.resolve("door/.photofinish.lock")).exists();
      assertThat(lockedByAnotherProcess(folder.resolve("door"))).isFalse();
    }
    assertThat(lockedByAnotherProcess(folder.resolve("door"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "door", "door/10-00-00.mp4.part"})
  void aFileThatIsRemovedWhileItIsWrittenIsFollowedByANewOneAtAKeyFrame(String removed)
      throws Exception {
    Path door = folder.resolve("recordings/door");
    options = RecordingOptions.in(door).withMedias(1).withPattern("%H-%M-%S");
    options = options.withSegment(Duration.ofMinutes(1)).withClock(clock, ZoneOffset.UTC);
    try (Recording recording = start()) {
      record(recording, 0, 1100);
      awaitFrames(recording, 10);
      removeAll(folder.resolve("recordings").resolve(removed));
      record(recording, 1100, 2100);
      awaitDropped(recording, 10);
      record(recording, 2100, 5000);
    }
    assertThat(events)
        .containsExactly(
            "started recordings/door/10-00-00.mp4.part",
            "failed: " + door.resolve("10-00-00.mp4.part") + " was removed while it was written",
            "started recordings/door/10-00-03.mp4.part",
            "recovered",
            "gap of 2000 ms: FAILED_DISK",
            "finished recordings/door/10-00-03.mp4 of 20 frames");
    assertThat(Files.readString(door.resolve("index.json"))).contains("10-00-03.mp4\"");
  }

  @Test
  void anIndexNamesNoFilesThatWereRemovedWithTheirFolder() throws Exception {
    Path door = folder.resolve("door");
    options = RecordingOptions.in(door).withMedias(1).withPattern("%H-%M-%S");
    options = options.withSegment(Duration.ofSeconds(2)).withClock(clock, ZoneOffset.UTC);
    try (Recording recording = start()) {
      record(recording, 0, 4500);
      awaitEvent("finished door/10-00-02.mp4 of 20 frames");
      awaitFrames(recording, 40);
      removeAll(door);
      record(recording, 4500, 7000);
    }
    assertThat(Files.readString(door.resolve("index.json")))
        .contains("\"removed\": 2")
        .doesNotContain("10-00-00.mp4", "10-00-02.mp4");
  }

  private static void removeAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** One that is refused in this process does not open the folder to others. */
  @Test
  void aRecordingThatIsRefusedLeavesTheLockAlone() throws Exception {
    try (Recording first = start()) {
      assertThatThrownBy(this::start).hasMessageStartingWith("another recording");
      assertThat(lockedByAnotherProcess(folder)).isFalse();
      first.add(Frames.picture(0, true));
    }
    start().close();
  }

  /** Locks the file of a folder from outside. */
  static final class Locker {
    public static void main(String... arguments) throws Exception {
      Path lock = Path.of(arguments[0]).resolve(".photofinish.lock");
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        System.out.println(channel.tryLock() != null);
      }
    }
  }

  private static boolean lockedByAnotherProcess(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Locker.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return Boolean.parseBoolean(process.inputReader().readLine());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void twoRecordingsInOneFolderAreRefused() throws Exception {
    try (Recording first = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(IOException.class)
          .hasMessage("another recording is written into " + folder);
      assertThat(first.statistics().error()).isEmpty();
    }
  }

  @Test
  void anIndexThatIsNoneIsLeftAlone() throws Exception {
    Files.writeString(folder.resolve("index.json"), "{\"version\": 1, \"files\": [");
    assertThatThrownBy(this::start).hasMessageContaining("move it away or repair it");
    assertThat(read("index.json")).isEqualTo("{\"version\": 1, \"files\": [");
  }

  @Test
  void anIndexThatNamesAFileOutsideIsRefused() throws Exception {
    Files.writeString(
        folder.resolve("index.json"),
        "{\"version\":1,\"open\":\"../other.mp4\",\"openedAt\":\"2026-03-01T10:00:00Z\",\"removed\":0,\"files\":[]}");
    assertThatThrownBy(this::start).hasMessageContaining("no plain relative path");
  }

  @Test
  void oneFileHasNothingBesideIt() throws Exception {
    options =
        RecordingOptions.to(folder.resolve("50% done.ts"))
            .withMedias(1)
            .withClock(clock, ZoneOffset.UTC);
    try (Recording recording = start()) {
      record(recording, 0, 5000);
    }
    assertThat(folder.toFile().list()).containsExactly("50% done.ts");
    assertThat(events).first().isEqualTo("started 50% done.ts.part");
  }

  @Test
  void oneFileHasAnEndThatSaysItsContainer() {
    assertThatThrownBy(() -> RecordingOptions.to(Path.of("door.avi")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name \"door.avi\" must end in .mp4 or .ts");
  }

  /** Killed while it wrote: the files are those of that moment, cut at many bytes. */
  @Test
  void aFileOfAKilledProcessIsFinishedUpToItsLastWholePart() throws Exception {
    options = options.withSegment(Duration.ofMinutes(1));
    try (Recording recording = start()) {
      record(recording, 0, 3000);
    }
    byte[] whole = Files.readAllBytes(folder.resolve("2026/03-01/10-00-00.mp4"));
    byte[] index =
        "{\"version\":1,\"open\":\"2026/03-01/10-00-00.mp4\",\"openedAt\":\"2026-03-01T10:00:00Z\",\"removed\":0,\"files\":[]}"
            .getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("2026/03-01/10-00-00.mp4");
    Path part = folder.resolve("2026/03-01/10-00-00.mp4.part");
    for (int length = 0; length <= whole.length; length += 1 + length % 13) {
      byte[] torn = Arrays.copyOf(whole, length);
      Files.deleteIfExists(file);
      Files.write(part, torn);
      Files.setLastModifiedTime(part, FileTime.from(START.plusSeconds(2)));
      Files.write(folder.resolve("index.json"), index);
      RecordingFolder.open(RecordingOptions.in(folder)).close();
      assertThat(part).doesNotExist();
      List<Boxes.Sample> samples = Boxes.samples(torn, 1);
      if (samples.isEmpty()) {
        assertThat(file).doesNotExist();
        continue;
      }
      byte[] finished = Files.readAllBytes(file);
      assertThat(Boxes.samples(finished, 1)).hasSameSizeAs(samples);
      assertThat(Boxes.paths(finished)).last().isEqualTo("mfra");
      assertThat(read("index.m3u8")).contains("#EXTINF:2.000,", "10-00-00.mp4");
    }
  }

  private static List<String> frames(Path file) throws IOException {
    List<String> frames = new ArrayList<>();
    try (MediaReader reader = MediaReader.open(file)) {
      for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
        frames.add(ByteBufUtil.hexDump(next.get().content()));
        next.get().release();
      }
    }
    return frames;
  }

  /** As before, with the zeros that a loss of power leaves too. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1000})
  void aTransportStreamOfAKilledProcessEndsWithAWholeFrame(int zeros) throws Exception {
    options = options.withSegment(Duration.ofMinutes(1)).withContainer(RecordingContainer.TS);
    try (Recording recording = start()) {
      for (int millis = 0; millis < 3000; millis += 100) {
        int[] slice = new int[300 + millis / 10];
        Arrays.fill(slice, 0x80 + millis / 100);
        add(recording, Frames.picture(millis, millis % 1000 == 0, slice));
      }
    }
    Path file = folder.resolve("2026/03-01/10-00-00.ts");
    byte[] whole = Files.readAllBytes(file);
    List<String> all = frames(file);
    assertThat(all).hasSize(30);
    int most = 0;
    for (int length = 2000; length <= whole.length; length += length < 12_000 ? 47 : 188) {
      Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, length), length + zeros));
      Leftover.Good good = Leftover.cut(file, RecordingContainer.TS);
      assertThat(good.whole()).isEqualTo(Files.size(file)).isLessThanOrEqualTo(length);
      List<String> left = frames(file);
      assertThat(all).as("%s bytes", length).startsWith(left.toArray(String[]::new));
      assertThat(left.size()).isGreaterThanOrEqualTo(most);
      most = left.size();
    }
    assertThat(most).isGreaterThan(25);
    Files.write(file, whole);
    assertThat(Leftover.cut(file, RecordingContainer.TS).whole()).isEqualTo(whole.length);
  }

  /** The file has its length, and of one block no content. */
  @Test
  void aLossOfPowerCutsAnMp4BeforeItsFirstLostBlock() throws Exception {
    options = options.withSegment(Duration.ofMinutes(1));
    try (Recording recording = start()) {
      for (int millis = 0; millis < 5000; millis += 100) {
        int[] slice = new int[2000];
        Arrays.fill(slice, 0x80);
        add(recording, Frames.picture(millis, millis % 1000 == 0, slice));
      }
    }
    Path file = folder.resolve("2026/03-01/10-00-00.mp4");
    byte[] finished = Files.readAllBytes(file);
    List<String> all = frames(file);
    Leftover.Good still = Leftover.cut(file, RecordingContainer.MP4);
    assertThat(still.whole() + still.index()).isEqualTo(finished.length);
    assertThat(Files.readAllBytes(file)).as("the same index").isEqualTo(finished);
    byte[] whole = Arrays.copyOf(finished, (int) still.whole());
    for (int block = 1; block <= whole.length / 4096; block++) {
      int from = block * 4096;
      byte[] lost = whole.clone();
      Arrays.fill(lost, from, Math.min(from + 4096, whole.length), (byte) 0);
      Files.write(file, lost);
      Leftover.Good good = Leftover.cut(file, RecordingContainer.MP4);
      int second = whole.length / 5 + 1000;
      assertThat(good.whole() + good.index()).isEqualTo(Files.size(file));
      assertThat(good.whole()).isBetween(from - (long) second, (long) from);
      List<String> left = good.isUseful() ? frames(file) : List.of();
      assertThat(left).hasSizeLessThan(all.size()).isEqualTo(all.subList(0, left.size()));
    }
  }

  @Test
  void silenceOfUncompressedAudioIsNoLossOfPower() throws Exception {
    options = options.withSegment(Duration.ofMinutes(1)).withMedias(2);
    FrameFormat samples = FrameFormat.audio(Codec.L16, 48_000, 48_000, 2);
    try (Recording recording = start()) {
      for (int millis = 0; millis < 3000; millis += 100) {
        add(recording, Frames.picture(millis, millis % 1000 == 0, 1, 2, 3));
        ByteBuf silence = Unpooled.buffer().writeZero(19_200);
        Frame sound = Frame.of(1, samples, silence, new int[0], 4800, RandomAccess.IDR, false);
        add(recording, sound.at(new FrameTime(millis * 1_000_000L, true, null, false)));
      }
    }
    Path file = folder.resolve("2026/03-01/10-00-00.mp4");
    long size = Files.size(file);
    assertThat(size).isGreaterThan(500_000);
    Leftover.Good good = Leftover.cut(file, RecordingContainer.MP4);
    assertThat(good.whole() + good.index()).isEqualTo(Files.size(file)).isEqualTo(size);
  }

  @Test
  void aSilentCameraLeavesNothingUnwritten() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    RecordingListener begun =
        new RecordingListener() {
          @Override
          public void started(Path file) {
            started.countDown();
          }
        };
    try (Recording recording = Recording.start(options, begun)) {
      record(recording, 0, 500);
      started.await();
      assertThat(files()).contains("2026/03-01/10-00-00.mp4.part");
    }
  }

  /** A disk that fails, and one that hangs, when a test says so. */
  private static final class BadDisk implements Disk {
    private final AtomicBoolean full = new AtomicBoolean();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private boolean slow;
    private boolean roomForHeaders;

    @Override
    public Output create(Path path) throws IOException {
      Output file = Disk.FILES.create(path);
      return new Output() {
        private boolean header = roomForHeaders;

        @Override
        public void write(ByteBuf content) throws IOException {
          if (header) {
            header = false;
            file.write(content);
            return;
          }
          if (slow) {
            hangs.countDown();
            try {
              goesOn.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          if (full.get()) {
            file.write(content.slice(content.readerIndex(), content.readableBytes() / 2));
            throw new IOException("No space left on device");
          }
          file.write(content);
        }

        @Override
        public void overwrite(ByteBuf content, long at) throws IOException {
          file.overwrite(content, at);
        }

        @Override
        public void truncate(long size) throws IOException {
          file.truncate(size);
        }

        @Override
        public void force() throws IOException {
          file.force();
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }

  @Test
  void aFullDiskIsSaidOnceAndRecordingGoesOnWhenThereIsRoom() throws Exception {
    BadDisk disk = new BadDisk();
    options = options.withSegment(Duration.ofMinutes(1));
    Recording recording = Recording.start(options, listener, disk);
    record(recording, 0, 3000);
    awaitFrames(recording, 20);
    disk.full.set(true);
    record(recording, 3000, 13_000);
    awaitDropped(recording, 90);
    assertThat(recording.statistics().error()).contains("No space left on device");
    disk.full.set(false);
    record(recording, 13_000, 22_000);
    recording.close();
    assertThat(recording.statistics().error()).isEmpty();
    assertThat(recording.statistics().queuedBytes()).isZero();
    assertThat(events).containsOnlyOnce("failed: No space left on device");
    assertThat(events).containsOnlyOnce("recovered");
    assertThat(events)
        .filteredOn(event -> event.startsWith("gap"))
        .singleElement()
        .asString()
        .endsWith("FAILED_DISK");
    List<String> videos = files().stream().filter(name -> name.contains("mp4")).toList();
    assertThat(videos).hasSize(2).allMatch(name -> name.endsWith(".mp4"));
    List<String> ends = new ArrayList<>();
    for (String name : videos) {
      List<String> boxes = Boxes.paths(Files.readAllBytes(folder.resolve(name)));
      ends.add(boxes.get(boxes.size() - 1));
    }
    assertThat(ends).as("no room for the index of the first").containsExactly("mdat", "mfra");
  }

  @Test
  void aFileThatHasItsHeaderAloneBecauseTheDiskIsFullHasNotBegun() throws Exception {
    BadDisk disk = new BadDisk();
    disk.roomForHeaders = true;
    disk.full.set(true);
    Recording recording = Recording.start(options, listener, disk);
    record(recording, 0, 13_000);
    awaitDropped(recording, 120);
    disk.full.set(false);
    record(recording, 13_000, 14_000);
    recording.close();
    assertThat(events)
        .containsExactly(
            "failed: No space left on device",
            "started 2026/03-01/10-00-12.mp4.part",
            "recovered",
            "finished 2026/03-01/10-00-12.mp4 of 20 frames");
  }

  @Test
  void aFileIsSaidToBeFinishedThoughTheIndexCannotBeWritten() throws Exception {
    try (Recording recording = start()) {
      record(recording, 0, 1500);
      awaitFrames(recording, 10);
      Files.createDirectory(folder.resolve("index.json.tmp"));
      record(recording, 1500, 3000);
    }
    assertThat(events).contains("finished 2026/03-01/10-00-00.mp4 of 20 frames");
    assertThat(events)
        .filteredOn(event -> event.startsWith("failed"))
        .singleElement()
        .asString()
        .contains("index.json.tmp: Is a directory");
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidInASentence() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    options = RecordingOptions.in(file);
    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": is no folder");
  }

  private static void awaitFrames(Recording recording, long frames) {
    await(() -> recording.statistics().frames() >= frames);
  }

  private static void awaitDropped(Recording recording, long frames) {
    await(() -> recording.statistics().droppedFrames() >= frames);
  }

  @Test
  void aSlowDiskCostsFramesUpToTheNextKeyFrameAndNobodyWaits() throws Exception {
    BadDisk disk = new BadDisk();
    disk.slow = true;
    options = options.withQueueBytes(3000).withSegment(Duration.ofMinutes(1));
    try (Recording recording = Recording.start(options, listener, disk)) {
      record(recording, 0, 1100);
      disk.hangs.await();
      record(recording, 1100, 9000);
      assertThat(recording.statistics().queuedBytes()).isBetween(1L, 3000L);
      assertThat(recording.statistics().droppedFrames()).isPositive();
      disk.goesOn.countDown();
      awaitEmptyQueue(recording);
      record(recording, 9500, 10_500);
    }
    assertThat(events).containsOnlyOnce("too slow");
    assertThat(events)
        .filteredOn(event -> event.startsWith("gap"))
        .singleElement()
        .asString()
        .endsWith("SLOW_DISK");
    List<Boxes.Sample> samples =
        Boxes.samples(Files.readAllBytes(folder.resolve("2026/03-01/10-00-00.mp4")), 1);
    int later = 0;
    while (samples.get(later).time() < 9000 * 90) {
      later++;
    }
    assertThat(samples.get(later).time()).isEqualTo(10_000 * 90);
    assertThat(samples.get(later).sync()).isTrue();
  }

  @Test
  void framesAfterTheEndAreLetGo() throws Exception {
    Recording recording = start();
    recording.close();
    Frame late = Frames.picture(0, true);
    recording.add(late);
    assertThat(late.refCnt()).isZero();
    assertThat(recording.statistics().droppedFrames()).isZero();
  }
}
